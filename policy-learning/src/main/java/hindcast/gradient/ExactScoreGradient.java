package hindcast.gradient;

import hindcast.catalogue.ItemEmbeddings;
import hindcast.feedback.Context;
import hindcast.policy.SoftmaxDistribution;
import java.util.Arrays;

/** The softmax summed over every eligible item: O(P L) an event. */
public final class ExactScoreGradient implements ScoreGradient {
  private final ItemEmbeddings embeddings;
  private final SoftmaxDistribution softmax;
  private final double[] meanEmbedding;
  private int item;
  private boolean hasMean;

  /** A workspace for a catalogue. */
  public ExactScoreGradient(ItemEmbeddings embeddings) {
    this.embeddings = embeddings;
    this.softmax = new SoftmaxDistribution(embeddings);
    this.meanEmbedding = new double[embeddings.dimension()];
  }

  @Override
  public void fit(double[] theta, Context context, int loggedItem, int[] eligible, long key) {
    softmax.fit(theta, context, eligible);
    item = loggedItem;
    hasMean = false;
  }

  /** The distribution of the event. */
  public SoftmaxDistribution softmax() {
    return softmax;
  }

  @Override
  public double logProbability() {
    return softmax.logProbability(item);
  }

  @Override
  public double logZ() {
    return softmax.logZ();
  }

  @Override
  public double entropy() {
    return softmax.entropy();
  }

  @Override
  public void direction(double[] out) {
    double[] mean = meanEmbedding();
    for (int l = 0; l < mean.length; l++) {
      out[l] = -mean[l];
    }
    embeddings.addScaled(item, 1, out);
  }

  @Override
  public double covariance(ItemFunction q, double[] out) {
    double[] weights = softmax.weights();
    double total = softmax.weightSum();
    double mean = 0;
    for (int j = 0; j < softmax.count(); j++) {
      if (weights[j] != 0) {
        mean += weights[j] * q.at(softmax.item(j));
      }
    }
    mean /= total;
    Arrays.fill(out, 0);
    for (int j = 0; j < softmax.count(); j++) {
      double share = weights[j] / total;
      if (share != 0) {
        int b = softmax.item(j);
        double scale = share * (q.at(b) - mean);
        if (scale != 0) {
          embeddings.addScaled(b, scale, out);
        }
      }
    }
    return mean;
  }

  private double[] meanEmbedding() {
    if (!hasMean) {
      softmax.meanEmbedding(meanEmbedding);
      hasMean = true;
    }
    return meanEmbedding;
  }
}
