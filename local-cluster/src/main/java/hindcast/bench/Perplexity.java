package hindcast.bench;

import hindcast.gradient.MinibatchScoreGradient;
import java.util.List;

/** e to the mean entropy of a policy over some minibatches, summed exactly. */
final class Perplexity {
  private static final int HALVINGS = 40;
  private static final double WIDEST = 1e8;

  private final MinibatchScoreGradient exact;
  private final List<SessionBatch> batches;

  Perplexity(MinibatchScoreGradient exact, List<SessionBatch> batches) {
    this.exact = exact;
    this.batches = batches;
  }

  /** Of the policy with parameters {@code scale} Θ. */
  double of(double[] theta, double scale) {
    double[] scaled = theta.clone();
    for (int k = 0; k < scaled.length; k++) {
      scaled[k] *= scale;
    }
    double entropy = 0;
    int events = 0;
    for (SessionBatch batch : batches) {
      exact.fit(scaled, batch.events(false, 0));
      for (int i = 0; i < batch.size(); i++) {
        entropy += exact.at(i).entropy();
        events++;
      }
    }
    return Math.exp(entropy / events);
  }

  /**
   * The scale at which Θ has a perplexity, within 1 % of it or as near as halving an interval of
   * logarithms comes: it falls from P at scale 0.
   */
  double scaleFor(double[] theta, double target) {
    double low = 0;
    double high = 1;
    while (of(theta, high) > target && high < WIDEST) {
      low = high;
      high *= 4;
    }
    double middle = high;
    for (int i = 0; i < HALVINGS; i++) {
      middle = low == 0 ? high / 8 : Math.sqrt(low * high);
      double perplexity = of(theta, middle);
      if (Math.abs(perplexity / target - 1) < 0.01) {
        return middle;
      }
      if (perplexity > target) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return middle;
  }
}
