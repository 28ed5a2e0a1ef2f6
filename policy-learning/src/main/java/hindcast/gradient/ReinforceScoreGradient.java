package hindcast.gradient;

import hindcast.catalogue.ItemEmbeddings;
import hindcast.feedback.Context;
import hindcast.numeric.CounterBasedRandom;

/**
 * The baseline trainer of the FOPO paper: covariances from S draws of the exact softmax. The score
 * direction of the logged item is exact (its reward is zero anywhere else, so nothing has to be
 * drawn).
 *
 * <p>Source: FOPO paper, section 3; baselines 4.
 */
public final class ReinforceScoreGradient implements ScoreGradient {
  private final ItemEmbeddings embeddings;
  private final ExactScoreGradient exact;
  private final Reinforce form;
  private final int[] draws;

  /**
   * A workspace for a catalogue.
   *
   * @param embeddings the items
   * @param form which of the five
   * @param samples S, at least 2
   */
  public ReinforceScoreGradient(ItemEmbeddings embeddings, Reinforce form, int samples) {
    if (samples < 2) {
      throw new IllegalArgumentException("samples must be at least 2: " + samples);
    }
    this.embeddings = embeddings;
    this.exact = new ExactScoreGradient(embeddings);
    this.form = form;
    this.draws = new int[samples];
  }

  @Override
  public void fit(double[] theta, Context context, int item, int[] eligible, long key) {
    exact.fit(theta, context, item, eligible, key);
    InverseCdfSampler sampler = new InverseCdfSampler(exact.softmax());
    for (int s = 0; s < draws.length; s++) {
      draws[s] = sampler.draw(CounterBasedRandom.uniform(key, s));
    }
  }

  @Override
  public double logProbability() {
    return exact.logProbability();
  }

  @Override
  public double logZ() {
    return exact.logZ();
  }

  @Override
  public double entropy() {
    return exact.entropy();
  }

  @Override
  public void direction(double[] out) {
    exact.direction(out);
  }

  @Override
  public double covariance(ItemFunction q, double[] out) {
    form.gradient(embeddings, q, draws, exact, out);
    double mean = 0;
    for (int a : draws) {
      mean += q.at(a) / draws.length;
    }
    return mean;
  }
}
