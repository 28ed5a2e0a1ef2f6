package hindcast.connectors.logs;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** The order of item ids: as numbers if every one is an integer, else as strings. */
final class IdOrder {
  private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,18}");

  private IdOrder() {}

  static List<String> sorted(Collection<String> ids) {
    return ids.stream().sorted(comparator(ids)).toList();
  }

  private static Comparator<String> comparator(Collection<String> ids) {
    boolean integers = ids.stream().allMatch(id -> INTEGER.matcher(id).matches());
    return integers
        ? Comparator.<String>comparingLong(Long::parseLong).thenComparing(Comparator.naturalOrder())
        : Comparator.naturalOrder();
  }
}
