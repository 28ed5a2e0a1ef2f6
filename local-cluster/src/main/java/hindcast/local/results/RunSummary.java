package hindcast.local.results;

import hindcast.feedback.Rejection;
import java.util.TreeMap;

/**
 * Everything a finished run has to say.
 *
 * @param format {@code simulation}, or the name of the log format
 * @param impressions ledger of the impressions
 * @param rewards ledger of the rewards
 * @param results estimates, checkpoints and alerts
 * @param truths true values, where known
 * @param deterministic whether the same input gives the same numbers again: nothing came late and
 *     no idle time-out fired
 * @param events lines of the log, or impressions sent, in this run alone: a resumed ledger has more
 * @param seconds how long they took
 */
public record RunSummary(
    String format,
    LedgerTotals impressions,
    LedgerTotals rewards,
    ResultBoard results,
    Truths truths,
    boolean deterministic,
    long events,
    double seconds) {

  /** Whether nothing came late and no source gave up waiting, of which order could depend. */
  public static boolean isDeterministic(
      LedgerTotals impressions, LedgerTotals rewards, long idleFallbacks) {
    String late = Rejection.LATE.name();
    return idleFallbacks == 0
        && !impressions.deadLetters().containsKey(late)
        && !rewards.deadLetters().containsKey(late);
  }

  /** Whether both conservation equations hold. */
  public boolean isBalanced() {
    return impressions.gap() == 0 && rewards.gap() == 0;
  }

  /** Dead letters of both streams by reason. */
  public TreeMap<String, Long> deadLetters() {
    TreeMap<String, Long> all = new TreeMap<>(impressions.deadLetters());
    rewards.deadLetters().forEach((reason, count) -> all.merge(reason, count, Long::sum));
    return all;
  }
}
