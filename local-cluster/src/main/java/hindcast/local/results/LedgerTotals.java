package hindcast.local.results;

import hindcast.local.LocalMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One conservation equation summed over all subtasks.
 *
 * <pre>
 *   impressions: in = outcomes + duplicates + dead letters + held
 *   rewards:     in = joined   + duplicates + dead letters + held + corrections
 * </pre>
 *
 * @param name {@code impressions} or {@code rewards}
 * @param accounts counts by account, of what came in too; an account nobody has counted on is
 *     absent
 * @param deadLetters dead letters by reason
 */
public record LedgerTotals(
    String name, SortedMap<String, Long> accounts, SortedMap<String, Long> deadLetters) {

  private static final String EVENTS = "events";
  private static final String DEAD_LETTERED = "deadLettered";

  public LedgerTotals {
    accounts = new TreeMap<>(accounts);
    deadLetters = new TreeMap<>(deadLetters);
  }

  /** The ledger as the running operators report it. */
  public static LedgerTotals read(String name, LocalMetrics metrics) {
    return new LedgerTotals(
        name,
        metrics.sumBy("account", EVENTS, Map.of("ledger", name)),
        metrics.sumBy("reason", EVENTS, Map.of("ledger", name, "account", DEAD_LETTERED)));
  }

  /**
   * The ledger as a cluster in other processes reports it.
   *
   * @param metrics names, as far as they begin behind the name of an operator, and values summed
   *     over subtasks
   */
  public static LedgerTotals of(String name, Map<String, Long> metrics) {
    String prefix = "hindcast.ledger." + name + ".account.";
    SortedMap<String, Long> accounts = new TreeMap<>();
    SortedMap<String, Long> reasons = new TreeMap<>();
    metrics.forEach(
        (metric, count) -> {
          if (metric.startsWith(prefix) && metric.endsWith("." + EVENTS)) {
            String[] labels =
                metric
                    .substring(prefix.length(), metric.length() - EVENTS.length() - 1)
                    .split("\\.");
            accounts.merge(labels[0], count, Long::sum);
            if (labels.length == 3) {
              reasons.merge(labels[2], count, Long::sum);
            }
          }
        });
    return new LedgerTotals(name, accounts, reasons);
  }

  /** A ledger on which nothing has been counted. */
  public static LedgerTotals empty(String name) {
    return new LedgerTotals(name, new TreeMap<>(), new TreeMap<>());
  }

  public long in() {
    return account("in");
  }

  public long duplicates() {
    return account("duplicates");
  }

  public long held() {
    return account("held");
  }

  public long deadLettered() {
    return account(DEAD_LETTERED);
  }

  /** Count on one account, 0 where there is none. */
  public long account(String account) {
    return accounts.getOrDefault(account, 0L);
  }

  /**
   * What came in less everything that is accounted for: records on their way between operators
   * while the job runs, and 0 at its end if nothing was lost.
   */
  public long gap() {
    return in() - parts().stream().mapToLong(this::account).sum();
  }

  /** The equation with its numbers, for example {@code impressions 6 = 5 outcomes + ...; gap 0}. */
  public String equation() {
    StringBuilder text = new StringBuilder();
    text.append("%s %,d = ".formatted(name, in()));
    List<String> terms = new ArrayList<>();
    for (String part : parts()) {
      String word = part.equals(DEAD_LETTERED) ? "dead letters" : part;
      terms.add("%,d %s".formatted(account(part), word));
    }
    return text.append(String.join(" + ", terms)).append("; gap %,d".formatted(gap())).toString();
  }

  private List<String> parts() {
    return name.equals("rewards")
        ? List.of("joined", "duplicates", DEAD_LETTERED, "held", "corrections")
        : List.of("outcomes", "duplicates", DEAD_LETTERED, "held");
  }
}
