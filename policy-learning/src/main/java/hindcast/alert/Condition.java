package hindcast.alert;

import hindcast.audit.Severity;
import hindcast.regression.Contributions;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Something an alert is raised for, as it is now.
 *
 * @param kind what it is
 * @param severity how urgent it is
 * @param subject what it is about
 * @param n events in the evidence; 0 where it does not rest on events
 * @param logEvidence ln E; 0 where there is no e-value
 * @param threshold what the evidence had to reach; 0 where there is no e-value
 * @param evidence named finite numbers, most telling first
 * @param explanation what contributes most, largest first
 * @param message one sentence for a person
 */
public record Condition(
    AlertKind kind,
    Severity severity,
    Subject subject,
    long n,
    double logEvidence,
    double threshold,
    Map<String, Double> evidence,
    List<Contribution> explanation,
    String message) {

  /**
   * What a condition is about.
   *
   * @param policy the policy; {@code ""} for none in particular
   * @param version its version; 0 for none in particular
   * @param segment the segment; {@code "*"} for all
   * @param detail what tells conditions of a kind apart, such as the id of a finding; mostly {@code
   *     ""}
   */
  public record Subject(String policy, long version, String segment, String detail) {
    public Subject {
      Objects.requireNonNull(policy, "policy must be \"\" for none in particular");
      Objects.requireNonNull(segment, "segment must be \"*\" for all");
      Objects.requireNonNull(detail, "detail must be \"\" for none");
    }

    /** A policy version in all segments. */
    public static Subject of(String policy, long version) {
      return new Subject(policy, version, "*", "");
    }
  }

  /**
   * A part of a drop.
   *
   * @param dimension {@code segment}, {@code item} or {@code hour}
   * @param part its name and what it contributes; over all parts of a dimension they sum to the
   *     drop
   */
  public record Contribution(String dimension, Contributions.Part part) {}

  public Condition {
    Objects.requireNonNull(kind, "a condition needs a kind");
    Objects.requireNonNull(severity, "a condition needs a severity");
    Objects.requireNonNull(subject, "a condition needs a subject");
    Objects.requireNonNull(message, "a condition needs a message");
    evidence = Collections.unmodifiableMap(new LinkedHashMap<>(evidence));
    explanation = List.copyOf(explanation);
    evidence.forEach(
        (name, value) -> {
          if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(
                "evidence must be finite: " + name + " = " + value + " (" + kind + ")");
          }
        });
  }

  /** {@code name/policy/version/segment}, and the detail if there is one: the same alert always. */
  public String id() {
    String id =
        String.join(
            "/",
            kind.name(),
            subject.policy().isEmpty() ? "*" : subject.policy(),
            Long.toString(subject.version()),
            subject.segment());
    return subject.detail().isEmpty() ? id : id + "/" + subject.detail();
  }

  /** Writes it. */
  public void write(DataOutput out) throws IOException {
    ConditionState.write(this, out);
  }

  /** Reads what {@link #write} wrote. */
  public static Condition read(DataInput in) throws IOException {
    return ConditionState.read(in);
  }
}
