package hindcast.audit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Something an audit found.
 *
 * @param kind what was found
 * @param severity how much it matters
 * @param segment the segment it concerns; {@code ""} for the whole log
 * @param item the item it concerns; {@code ""} for none in particular
 * @param policy the policy it concerns, {@code id} or {@code id@version}; {@code ""} for all
 * @param evidence named finite numbers, most telling first
 */
public record Finding(
    FindingKind kind,
    Severity severity,
    String segment,
    String item,
    String policy,
    Map<String, Double> evidence) {

  public Finding {
    Objects.requireNonNull(kind, "a finding needs a kind");
    Objects.requireNonNull(severity, "a finding needs a severity");
    Objects.requireNonNull(segment, "segment must be \"\" for the whole log");
    Objects.requireNonNull(item, "item must be \"\" for none in particular");
    Objects.requireNonNull(policy, "policy must be \"\" for all");
    evidence = Collections.unmodifiableMap(new LinkedHashMap<>(evidence));
    evidence.forEach(
        (name, value) -> {
          if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(
                "evidence must be finite: " + name + " = " + value + " (" + kind + ")");
          }
        });
  }

  /** A finding about the whole log. */
  public static Finding of(FindingKind kind, Severity severity, Map<String, Double> evidence) {
    return new Finding(kind, severity, "", "", "", evidence);
  }

  /** Name of the kind. */
  public String name() {
    return kind.name();
  }

  /** What usually causes it. */
  public List<String> causes() {
    return kind.causes();
  }

  /** What to do. */
  public String action() {
    return kind.remedy();
  }

  /** Whether estimates are unreliable while it stands. */
  public boolean isCritical() {
    return severity == Severity.CRITICAL;
  }
}
