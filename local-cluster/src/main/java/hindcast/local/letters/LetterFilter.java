package hindcast.local.letters;

import hindcast.feedback.Rejection;
import hindcast.local.LocalStartException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which letters are meant.
 *
 * @param from the earliest time, or null
 * @param to the time behind the latest, or null
 * @param reasons names of {@link Rejection}; empty for all
 */
public record LetterFilter(Instant from, Instant to, Set<String> reasons) {

  /** Takes every letter. */
  public static final LetterFilter ALL = new LetterFilter(null, null, Set.of());

  public LetterFilter {
    if (from != null && to != null && !from.isBefore(to)) {
      throw new LocalStartException("--from must be before --to: " + from + ", " + to);
    }
    reasons = Set.copyOf(reasons);
  }

  /**
   * A filter as a user writes it.
   *
   * @throws LocalStartException for a reason there is not
   */
  public static LetterFilter of(Instant from, Instant to, List<String> reasons) {
    Set<String> names = new TreeSet<>();
    for (String reason : reasons) {
      String name = reason.toUpperCase(Locale.ROOT);
      if (Arrays.stream(Rejection.values()).noneMatch(known -> known.name().equals(name))) {
        throw new LocalStartException(
            "--reason must be one of " + Arrays.toString(Rejection.values()) + ": " + reason);
      }
      names.add(name);
    }
    return new LetterFilter(from, to, names);
  }

  /** Whether a letter is meant; one whose time is not known is in no range of time. */
  public boolean takes(Letter letter) {
    if (!reasons.isEmpty() && !reasons.contains(letter.record().getReason())) {
      return false;
    }
    if (from == null && to == null) {
      return true;
    }
    Instant time = letter.time();
    return time != null
        && (from == null || !time.isBefore(from))
        && (to == null || time.isBefore(to));
  }
}
