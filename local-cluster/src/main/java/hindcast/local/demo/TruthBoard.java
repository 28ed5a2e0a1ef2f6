package hindcast.local.demo;

import hindcast.avro.ValueEstimate;
import hindcast.local.results.ResultBoard;
import hindcast.local.results.Truths;
import hindcast.policy.PolicyForm;
import hindcast.policy.PolicyParameters;
import hindcast.simulation.TrueValue;
import hindcast.simulation.Truth;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * True values of everything that is evaluated in a simulated world.
 *
 * <p>A version's value is exact. A whole line's value is V(line) = Σ_v n_v V(π_v) / Σ_v n_v, n_v
 * the outcomes the line had version v score ({@code lineOutcomes}); it is unknown while a version
 * of positive weight is. {@link #compute()} does the work, for versions that are evaluated only;
 * reads are cheap. Thread-safe.
 */
public final class TruthBoard implements Truths {

  private final Truth truth;
  private final ResultBoard results;
  private final ConcurrentMap<String, TrueValue> fixed = new ConcurrentHashMap<>();
  private final ConcurrentMap<Version, PolicyParameters> parameters = new ConcurrentHashMap<>();
  private final ConcurrentMap<Version, ConcurrentMap<String, TrueValue>> learned =
      new ConcurrentHashMap<>();

  private record Version(String line, long number) {}

  /**
   * @param results whose versions are asked for
   */
  public TruthBoard(Truth truth, ResultBoard results) {
    this.truth = truth;
    this.results = results;
  }

  /** Gives the value of a policy that does not learn. */
  public void put(String policy, TrueValue value) {
    fixed.put(policy, value);
  }

  /** Gives the parameters of a version of a learned line. */
  public void put(String line, long version, PolicyParameters theta) {
    parameters.put(new Version(line, version), theta);
  }

  /** Computes what is evaluated and not known yet. */
  public void compute() {
    for (ValueEstimate estimate : results.estimates()) {
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
      if (estimate.getVersion() != ResultBoard.WHOLE_LINE) {
        compute(estimate.getPolicy(), estimate.getVersion());
      }
    }
  }

  @Override
  public OptionalDouble of(String policy, long version, String segment) {
    TrueValue known = fixed.get(policy);
    if (known != null) {
      return inSegment(known, segment);
    }
    return version == ResultBoard.WHOLE_LINE
        ? ofLine(policy, segment)
        : ofVersion(policy, version, segment);
  }

  private void compute(String policy, long number) {
    PolicyName name = PolicyName.parse(policy);
    Version version = new Version(name.line(), number);
    PolicyParameters theta = parameters.get(version);
    Optional<PolicyForm> form = name.form();
    if (theta == null || form.isEmpty()) {
      return;
    }
    learned
        .computeIfAbsent(version, key -> new ConcurrentHashMap<>())
        .computeIfAbsent(policy, key -> truth.of(theta, form.get()));
  }

  private OptionalDouble ofVersion(String policy, long number, String segment) {
    Map<String, TrueValue> forms =
        learned.get(new Version(PolicyName.parse(policy).line(), number));
    TrueValue value = forms == null ? null : forms.get(policy);
    return value == null ? OptionalDouble.empty() : inSegment(value, segment);
  }

  private OptionalDouble ofLine(String policy, String segment) {
    Map<Long, Long> outcomes = new TreeMap<>();
    for (ValueEstimate estimate : results.estimates()) {
      if (estimate.getVersion() != ResultBoard.WHOLE_LINE
          && estimate.getPolicy().equals(policy)
          && estimate.getSegment().equals(segment)) {
        outcomes.merge(estimate.getVersion(), estimate.getLineOutcomes(), Math::max);
      }
    }
    double sum = 0;
    long n = 0;
    for (Map.Entry<Long, Long> version : outcomes.entrySet()) {
      if (version.getValue() > 0) {
        OptionalDouble value = ofVersion(policy, version.getKey(), segment);
        if (value.isEmpty()) {
          return OptionalDouble.empty();
        }
        sum += version.getValue() * value.getAsDouble();
        n += version.getValue();
      }
    }
    return n == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / n);
  }

  private OptionalDouble inSegment(TrueValue value, String segment) {
    if (segment.equals(ResultBoard.ALL_SEGMENTS)) {
      return OptionalDouble.of(value.value());
    }
    Double known = value.bySegment().get(segment);
    return known == null ? OptionalDouble.empty() : OptionalDouble.of(known);
  }
}
