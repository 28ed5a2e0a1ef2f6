package hindcast.local.cluster;

import java.time.Duration;
import java.util.Locale;

/**
 * What a link does with what it carries: {@code open}, {@code cut}, {@code held} or {@code slow
 * 200}, milliseconds.
 *
 * @param delay of every piece; zero unless slow
 */
public record LinkMode(Kind kind, Duration delay) {
  /** Carries everything. */
  public static final LinkMode OPEN = new LinkMode(Kind.OPEN, Duration.ZERO);

  /** Closes everything. */
  public static final LinkMode CUT = new LinkMode(Kind.CUT, Duration.ZERO);

  /** Keeps everything, carries nothing. */
  public static final LinkMode HELD = new LinkMode(Kind.HELD, Duration.ZERO);

  /** What happens to connections. */
  public enum Kind {
    /** They work. */
    OPEN,
    /** They are closed. */
    CUT,
    /** They carry nothing. */
    HELD,
    /** They carry slowly. */
    SLOW
  }

  public LinkMode {
    if (delay.isNegative() || (kind == Kind.SLOW) == delay.isZero()) {
      throw new IllegalArgumentException(
          "only a slow link has a delay, which is above 0: " + kind + " " + delay);
    }
  }

  /** Every piece waits that long. */
  public static LinkMode slow(Duration delay) {
    return new LinkMode(Kind.SLOW, delay);
  }

  /** As {@link #toString} writes it. */
  static LinkMode parse(String text) {
    String[] words = text.strip().split(" ");
    Kind kind = Kind.valueOf(words[0].toUpperCase(Locale.ROOT));
    return new LinkMode(
        kind, words.length > 1 ? Duration.ofMillis(Long.parseLong(words[1])) : Duration.ZERO);
  }

  @Override
  public String toString() {
    String word = kind.name().toLowerCase(Locale.ROOT);
    return kind == Kind.SLOW ? word + " " + delay.toMillis() : word;
  }
}
