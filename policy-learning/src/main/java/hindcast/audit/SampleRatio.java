package hindcast.audit;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.numbers.gamma.LogGamma;

/**
 * Whether segments have the shares of traffic they were given, valid at all times at once.
 *
 * <pre>
 * E = B(A share + n) / B(A share) / prod of share_s^n_s      B: multivariate beta function, A = 1000
 * </pre>
 *
 * <p>the Bayes factor of a Dirichlet prior around the configured shares against the shares
 * themselves, a martingale if they hold. Segments that were given no share are one, with what is
 * left, but at least 1e-6.
 *
 * <p>Lindon, Malek, Anytime-Valid Inference for Multinomial Count Data, NeurIPS 2022.
 */
final class SampleRatio implements Check {
  private static final double PRIOR = 1000;
  private static final double LEAST_SHARE = 1e-6;
  private static final String OTHERS = "";

  private final Family family;
  private final TreeMap<String, Double> shares = new TreeMap<>();
  private final TreeMap<String, Long> counts = new TreeMap<>();
  private final boolean known;
  private long n;

  SampleRatio(Family family, Map<String, Double> given) {
    this.family = family;
    known = !given.isEmpty();
    double sum = given.values().stream().mapToDouble(Double::doubleValue).sum();
    double rest = Math.max(1 - sum, LEAST_SHARE);
    given.forEach((segment, share) -> shares.put(segment, share / (sum + rest)));
    shares.merge(OTHERS, rest / (sum + rest), Double::sum);
  }

  @Override
  public void add(AuditedFeedback event) {
    if (known) {
      n++;
      String segment = event.feedback().segment();
      counts.merge(shares.containsKey(segment) ? segment : OTHERS, 1L, Long::sum);
    }
  }

  @Override
  public void findings(List<Finding> into) {
    if (n == 0) {
      return;
    }
    double logE = LogGamma.value(PRIOR) - LogGamma.value(PRIOR + n);
    String worst = OTHERS;
    double worstZ = 0;
    for (Map.Entry<String, Double> entry : shares.entrySet()) {
      double share = entry.getValue();
      long count = counts.getOrDefault(entry.getKey(), 0L);
      logE +=
          LogGamma.value(PRIOR * share + count)
              - LogGamma.value(PRIOR * share)
              - count * Math.log(share);
      double z = (count - n * share) / Math.sqrt(n * share * (1 - share));
      if (Math.abs(z) > Math.abs(worstZ)) {
        worst = entry.getKey();
        worstZ = z;
      }
    }
    double threshold = family.threshold(1);
    if (logE >= threshold) {
      into.add(
          new Finding(
              FindingKind.SAMPLE_RATIO,
              Severity.CRITICAL,
              worst,
              "",
              "",
              Evidence.of("logE", logE)
                  .and("threshold", threshold)
                  .and("share", Shares.of(counts.getOrDefault(worst, 0L), n))
                  .and("expectedShare", shares.get(worst))
                  .and("z", worstZ)
                  .and("records", n)
                  .numbers()));
    }
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeLong(n);
    out.writeInt(counts.size());
    for (Map.Entry<String, Long> entry : counts.entrySet()) {
      out.writeUTF(entry.getKey());
      out.writeLong(entry.getValue());
    }
  }

  @Override
  public void read(DataInput in) throws IOException {
    n = in.readLong();
    counts.clear();
    for (int k = in.readInt(); k > 0; k--) {
      counts.put(in.readUTF(), in.readLong());
    }
  }
}
