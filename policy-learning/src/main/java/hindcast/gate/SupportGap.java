package hindcast.gate;

/**
 * A segment or an item in which the policy is judged on few outcomes.
 *
 * @param name segment or item; {@link SupportShares#OTHERS} for those not counted one by one
 * @param n outcomes of the log in it
 * @param logged share of the log's outcomes
 * @param played share of the policy's traffic that falls on it, Σ_here w / n: for a segment equal
 *     to {@code logged} when the log shows all that the policy plays
 * @param effectiveSampleSize (Σ_here w)² / Σ_here w²
 * @param shareOfSpread share in Σw²: what holds the effective sample size down
 */
public record SupportGap(
    String name,
    long n,
    double logged,
    double played,
    double effectiveSampleSize,
    double shareOfSpread) {}
