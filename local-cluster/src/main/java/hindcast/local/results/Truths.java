package hindcast.local.results;

import java.util.OptionalDouble;

/** True policy values, known only where the traffic is simulated. */
@FunctionalInterface
public interface Truths {

  /** Nothing is known: a real log. */
  Truths UNKNOWN = (policy, version, segment) -> OptionalDouble.empty();

  /**
   * The true value of a policy in the user's unit, empty while it is not computed or not known.
   *
   * @param version a version of a learned policy, or {@link ResultBoard#WHOLE_LINE}
   * @param segment a segment, or {@link ResultBoard#ALL_SEGMENTS}
   */
  OptionalDouble of(String policy, long version, String segment);
}
