package hindcast.gradient;

import hindcast.catalogue.ItemEmbeddings;
import hindcast.feedback.Context;
import java.util.Arrays;

/**
 * The estimator of the FOPO paper: S draws from a {@link MixtureProposal}, self-normalised, and the
 * items of a set D counted exactly beside them.
 *
 * <pre>
 *   Ẑ = Σ_{a ∈ D} e^{f_a} + (1/S) Σ_{s: a_s ∉ D} e^{f_s} / q_s
 * </pre>
 *
 * Draws from D are dropped, the divisor stays S; Ẑ is unbiased, ratios carry a bias of order 1/S.
 *
 * <ul>
 *   <li>{@link Exactly#NOTHING}: Algorithm 1 as published. The reward is seen at the draws only:
 *       π̂(a) = Σ_{s: a_s = a} ω_s, 0 where the logged item was not drawn.
 *   <li>{@link Exactly#LOGGED}: D = {a}. Ẑ ≥ e^{f_a}, so that π̂ ≤ 1.
 *   <li>{@link Exactly#SUPPORT}: D is the logged item and the known support of the reward.
 * </ul>
 *
 * An event with a list of eligible items is summed exactly over the list.
 *
 * <p>Source: FOPO paper, Algorithm 1; methods 4.1 and 4.3.
 */
public final class MixtureScoreGradient implements ScoreGradient {
  /** Which items are counted exactly. */
  public enum Exactly {
    /** None: as published. */
    NOTHING,
    /** The logged item. */
    LOGGED,
    /** The logged item, and every item where the reward can be other than 0. */
    SUPPORT
  }

  private final ItemEmbeddings embeddings;
  private final MixtureProposal proposal;
  private final Exactly exactly;
  private final SampledSoftmax sample;
  private final int[] countedAt;
  private final int[] draws;
  private final double[] scores;
  private int epoch;
  private boolean loggedFromDraws;

  /** A workspace for a catalogue with the logged item counted exactly. */
  public MixtureScoreGradient(ItemEmbeddings embeddings, MixtureProposal proposal) {
    this(embeddings, proposal, Exactly.LOGGED);
  }

  /** A workspace for a catalogue. */
  public MixtureScoreGradient(
      ItemEmbeddings embeddings, MixtureProposal proposal, Exactly exactly) {
    this.embeddings = embeddings;
    this.proposal = proposal;
    this.exactly = exactly;
    this.sample = new SampledSoftmax(embeddings);
    this.countedAt = new int[embeddings.size()];
    this.draws = new int[proposal.samples()];
    this.scores = new double[proposal.samples()];
  }

  @Override
  public void fit(double[] theta, Context context, int item, int[] eligible, long key) {
    fit(theta, context, item, eligible, null, key);
  }

  @Override
  public void fit(
      double[] theta, Context context, int item, int[] eligible, int[] support, long key) {
    loggedFromDraws = eligible == null && exactly == Exactly.NOTHING;
    if (eligible != null) {
      sample.sumExactly(theta, context, item, eligible);
      return;
    }
    startEpoch();
    double[] h =
        loggedFromDraws
            ? sample.beginEmpty(theta, context, item)
            : sample.begin(theta, context, item);
    if (!loggedFromDraws) {
      countedAt[item] = epoch;
    }
    if (exactly == Exactly.SUPPORT && support != null) {
      addExactly(support, h);
    }
    addDraws(h, key);
    sample.end();
  }

  private void startEpoch() {
    if (++epoch == Integer.MAX_VALUE) {
      Arrays.fill(countedAt, 0);
      epoch = 1;
    }
  }

  private void addExactly(int[] items, double[] h) {
    for (int a : items) {
      if (countedAt[a] != epoch) {
        countedAt[a] = epoch;
        double score = embeddings.score(a, h);
        sample.add(a, score, score);
      }
    }
  }

  private void addDraws(double[] h, long key) {
    proposal.fit(h);
    int count = 0;
    for (int s = 0; s < proposal.samples(); s++) {
      int drawn = proposal.draw(key, s);
      if (countedAt[drawn] != epoch) {
        draws[count++] = drawn;
      }
    }
    embeddings.scores(h, draws, count, scores);
    double logSamples = Math.log(proposal.samples());
    for (int j = 0; j < count; j++) {
      double logWeight = scores[j] - Math.log(proposal.probability(draws[j])) - logSamples;
      sample.add(draws[j], scores[j], logWeight);
    }
  }

  /** The sample of the event. */
  public WeightedItems items() {
    return sample.items();
  }

  @Override
  public double logProbability() {
    return loggedFromDraws ? sample.logShare() : sample.logProbability();
  }

  @Override
  public double logZ() {
    return sample.logZ();
  }

  @Override
  public double entropy() {
    return sample.entropy();
  }

  @Override
  public void direction(double[] out) {
    sample.direction(out);
  }

  @Override
  public double covariance(ItemFunction q, double[] out) {
    return sample.covariance(q, out);
  }
}
