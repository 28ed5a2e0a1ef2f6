package hindcast.gradient;

import hindcast.catalogue.ItemEmbeddings;
import hindcast.feedback.Context;
import java.util.Arrays;

/** The logged item, counted exactly and first, and a weighted sample beside it. */
final class SampledSoftmax implements SoftmaxStatistics {
  private final ItemEmbeddings embeddings;
  private final WeightedItems items;
  private final double[] h;
  private int item;
  private double loggedScore;

  SampledSoftmax(ItemEmbeddings embeddings) {
    this.embeddings = embeddings;
    this.items = new WeightedItems(embeddings);
    this.h = new double[embeddings.dimension()];
  }

  /** Starts an event with the logged item alone; returns h. */
  double[] begin(double[] theta, Context context, int loggedItem) {
    beginEmpty(theta, context, loggedItem);
    items.add(loggedItem, loggedScore, loggedScore);
    return h;
  }

  /** Starts an event without any item; returns h. */
  double[] beginEmpty(double[] theta, Context context, int loggedItem) {
    context.project(theta, h.length, h);
    item = loggedItem;
    loggedScore = embeddings.score(loggedItem, h);
    items.clear();
    return h;
  }

  void add(int sampled, double score, double logWeight) {
    items.add(sampled, score, logWeight);
  }

  void end() {
    items.normalise();
  }

  void sumExactly(double[] theta, Context context, int loggedItem, int[] eligible) {
    begin(theta, context, loggedItem);
    for (int b : eligible) {
      if (b != loggedItem) {
        double score = embeddings.score(b, h);
        add(b, score, score);
      }
    }
    end();
  }

  WeightedItems items() {
    return items;
  }

  @Override
  public double logProbability() {
    return Math.min(0, loggedScore - items.logZ());
  }

  @Override
  public double logZ() {
    return items.logZ();
  }

  @Override
  public double entropy() {
    return items.entropy();
  }

  /** ln of the share of the entries that are the logged item. */
  double logShare() {
    double share = 0;
    for (int j = 0; j < items.count(); j++) {
      share += items.item(j) == item ? items.share(j) : 0;
    }
    return Math.min(0, Math.log(share));
  }

  @Override
  public void direction(double[] out) {
    items.meanEmbedding(out);
    for (int l = 0; l < out.length; l++) {
      out[l] = -out[l];
    }
    embeddings.addScaled(item, 1, out);
  }

  @Override
  public double covariance(ItemFunction q, double[] out) {
    return items.covariance(q, out);
  }

  @Override
  public String toString() {
    return "SampledSoftmax" + Arrays.toString(h);
  }
}
