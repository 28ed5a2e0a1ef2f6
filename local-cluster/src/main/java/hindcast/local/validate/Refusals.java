package hindcast.local.validate;

import hindcast.feedback.Reject;
import hindcast.feedback.Rejection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What was refused, by reason, with the first {@value #EXAMPLES} of each. */
final class Refusals {
  private static final int EXAMPLES = 3;
  private static final int LONGEST = 200;

  /**
   * One refused record.
   *
   * @param line its line
   * @param detail what is wrong with it
   */
  record Example(long line, String detail) {}

  /** All records refused for one reason. */
  static final class Count {
    private final List<Example> examples = new ArrayList<>(EXAMPLES);
    private long count;

    long count() {
      return count;
    }

    List<Example> examples() {
      return Collections.unmodifiableList(examples);
    }
  }

  private final Map<Rejection, Count> counts = new EnumMap<>(Rejection.class);

  void add(long line, Reject reject) {
    Count count = counts.computeIfAbsent(reject.reason(), reason -> new Count());
    count.count++;
    if (count.examples.size() < EXAMPLES) {
      String detail = reject.detail().lines().findFirst().orElse("");
      count.examples.add(
          new Example(
              line, detail.length() > LONGEST ? detail.substring(0, LONGEST) + "..." : detail));
    }
  }

  /** In the order of the reasons. */
  Map<Rejection, Count> counts() {
    return Collections.unmodifiableMap(counts);
  }
}
