package hindcast.evaluation;

import hindcast.feedback.FeedbackValidator;

/**
 * What one set of estimates is about.
 *
 * @param policy the policy line and, after a slash, its form: {@code clpi}, {@code clpi/greedy}
 * @param version a version, or 0 for the whole line and for policies without versions
 * @param segment a segment, or {@link #ALL}
 */
public record EvaluatedSlice(String policy, long version, String segment)
    implements Comparable<EvaluatedSlice> {
  /** The segment that stands for all segments. */
  public static final String ALL = FeedbackValidator.ALL_SEGMENTS;

  /** The same policy and version in a segment. */
  public EvaluatedSlice inSegment(String one) {
    return new EvaluatedSlice(policy, version, one);
  }

  /** A text {@link #parse} reads: version, length of the policy's name, policy and segment. */
  public String text() {
    return version + ":" + policy.length() + ":" + policy + segment;
  }

  /** Reads what {@link #text} wrote. */
  public static EvaluatedSlice parse(String text) {
    int first = text.indexOf(':');
    int second = text.indexOf(':', first + 1);
    if (first < 0 || second < 0) {
      throw new IllegalArgumentException("not the text of an evaluated slice: " + text);
    }
    int policyEnd = second + 1 + Integer.parseInt(text.substring(first + 1, second));
    return new EvaluatedSlice(
        text.substring(second + 1, policyEnd),
        Long.parseLong(text.substring(0, first)),
        text.substring(policyEnd));
  }

  @Override
  public int compareTo(EvaluatedSlice other) {
    int order = policy.compareTo(other.policy);
    if (order == 0) {
      order = Long.compare(version, other.version);
    }
    return order == 0 ? segment.compareTo(other.segment) : order;
  }
}
