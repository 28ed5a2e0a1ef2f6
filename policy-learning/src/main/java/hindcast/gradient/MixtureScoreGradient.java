package hindcast.gradient;

import hindcast.catalogue.ItemEmbeddings;
import hindcast.feedback.Context;

/**
 * The sampled softmax of the FOPO paper with the logged item counted exactly.
 *
 * <pre>
 *   Ẑ = e^{f_a} + (1/S) Σ_{s: a_s ≠ a} e^{f_s} / q_s
 * </pre>
 *
 * with S draws from a {@link MixtureProposal}; draws of the logged item are dropped, the divisor
 * stays S. Ẑ is unbiased and at least e^{f_a}, so that π̂ ≤ 1; ratios carry a bias of order 1/S. An
 * event with a list of eligible items is summed exactly over the list.
 *
 * <p>Source: FOPO paper; methods 4.3.
 */
public final class MixtureScoreGradient implements ScoreGradient {
  private final ItemEmbeddings embeddings;
  private final MixtureProposal proposal;
  private final SampledSoftmax sample;

  /** A workspace for a catalogue. */
  public MixtureScoreGradient(ItemEmbeddings embeddings, MixtureProposal proposal) {
    this.embeddings = embeddings;
    this.proposal = proposal;
    this.sample = new SampledSoftmax(embeddings);
  }

  @Override
  public void fit(double[] theta, Context context, int item, int[] eligible, long key) {
    if (eligible != null) {
      sample.sumExactly(theta, context, item, eligible);
      return;
    }
    double[] h = sample.begin(theta, context, item);
    proposal.fit(h);
    double logSamples = Math.log(proposal.samples());
    for (int s = 0; s < proposal.samples(); s++) {
      int drawn = proposal.draw(key, s);
      if (drawn != item) {
        double score = embeddings.score(drawn, h);
        sample.add(drawn, score, score - Math.log(proposal.probability(drawn)) - logSamples);
      }
    }
    sample.end();
  }

  /** The sample of the event. */
  public WeightedItems items() {
    return sample.items();
  }

  @Override
  public double logProbability() {
    return sample.logProbability();
  }

  @Override
  public double logZ() {
    return sample.items().logZ();
  }

  @Override
  public double entropy() {
    return sample.items().entropy();
  }

  @Override
  public void direction(double[] out) {
    sample.direction(out);
  }

  @Override
  public double covariance(ItemFunction q, double[] out) {
    return sample.items().covariance(q, out);
  }
}
