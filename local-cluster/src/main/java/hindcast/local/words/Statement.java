package hindcast.local.words;

/**
 * What is said of one policy against the logging policy.
 *
 * @param policy its name
 * @param kind what the log can say
 * @param text one to three sentences, of which the name is the subject
 */
public record Statement(String policy, Kind kind, String text) {
  /** What the log can say, best first. */
  public enum Kind {
    /** The whole interval of the difference is above 0. */
    BETTER("better"),
    /** 0 is inside. */
    OPEN("not told apart"),
    /** The whole interval is below 0. */
    WORSE("worse"),
    /** The log shows too little of what the policy does. */
    UNSUPPORTED("too little support"),
    /** The log contradicts itself. */
    UNRELIABLE("unreliable");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /** As it is printed. */
    public String words() {
      return words;
    }
  }
}
