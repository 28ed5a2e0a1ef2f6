package hindcast.bench;

import hindcast.gradient.ItemFunction;
import hindcast.gradient.MinibatchScoreGradient;
import hindcast.gradient.SoftmaxStatistics;
import java.util.Arrays;

/**
 * The gradient in Θ of a minibatch's mean reward, (1/n) Σ x_i ⊗ v_i, from an estimator of the
 * softmax.
 *
 * <p>{@code asPublished}: rewards are sums over the estimator's draws alone, as in the FOPO paper's
 * Algorithm 1 and in Reinforce. Otherwise the estimator knows where a reward is not 0, and π of the
 * logged item is its own.
 */
final class ThetaGradient {
  private final MinibatchScoreGradient softmax;
  private final boolean asPublished;
  private final ItemFunction dense;
  private final double[] latent;
  private SessionBatch batch;

  /**
   * A workspace.
   *
   * @param softmax the estimator
   * @param dense the reward of every item; null if it is not asked for
   * @param dimension L
   */
  ThetaGradient(MinibatchScoreGradient softmax, boolean asPublished, float[] dense, int dimension) {
    this.softmax = softmax;
    this.asPublished = asPublished;
    this.dense = dense == null ? null : ItemFunction.shared(dense);
    this.latent = new double[dimension];
  }

  MinibatchScoreGradient softmax() {
    return softmax;
  }

  /** Estimates the softmax of a minibatch. */
  void fit(double[] theta, SessionBatch minibatch, long key) {
    batch = minibatch;
    softmax.fit(theta, minibatch.events(!asPublished, key));
  }

  /** The gradient of the fitted minibatch into {@code out}, d x L; returns the mean reward. */
  double of(Reward reward, double[] out) {
    Arrays.fill(out, 0);
    double mean = 0;
    for (int i = 0; i < batch.size(); i++) {
      mean += latent(reward, i, softmax.at(i)) / batch.size();
      batch.contexts()[i].addOuter(1.0 / batch.size(), latent, out);
    }
    return mean;
  }

  private double latent(Reward reward, int i, SoftmaxStatistics event) {
    int logged = batch.logged()[i];
    return switch (reward) {
      case SPARSE -> event.covariance(held(batch.held()[i]), latent);
      case DENSE -> event.covariance(dense, latent);
      case LOGGED_ITEM ->
          asPublished
              ? event.covariance(a -> a == logged ? 1 : 0, latent)
              : scaledDirection(Math.exp(event.logProbability()), event);
      case PWLL -> {
        event.direction(latent);
        yield event.logProbability();
      }
    };
  }

  private ItemFunction held(int[] items) {
    ItemFunction isHeld = a -> Arrays.binarySearch(items, a) >= 0 ? 1 : 0;
    return asPublished ? isHeld : ItemFunction.within(items, isHeld);
  }

  private double scaledDirection(double probability, SoftmaxStatistics event) {
    event.direction(latent);
    for (int l = 0; l < latent.length; l++) {
      latent[l] *= probability;
    }
    return probability;
  }
}
