package hindcast.reward;

import hindcast.catalogue.ItemEmbeddings;
import hindcast.feedback.Context;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A bilinear prediction from the context and the item's vector, by stochastic gradient descent:
 *
 * <pre>
 *   ridge:     q = xᵀ Ψ β_a             loss (r − q)²/2
 *   logistic:  q = σ(xᵀ Ψ β_a)          loss −r ln q − (1 − r) ln(1 − q)
 *   Ψ ← Ψ + α ((r − q) x ⊗ β_a − λ₂ Ψ)  for both
 * </pre>
 *
 * <p>A constant feature in the context serves as the intercept of the item side. Updating costs d
 * L. A step whose error is not finite or above {@value #LARGEST_ERROR} (the learning rate is too
 * large for the features) is refused and counted, and Ψ stays as it is; a prediction that is not
 * finite is an {@link ArithmeticException}.
 *
 * <p>Source: baselines 2.3 and 3.
 */
public final class BilinearRewardModel implements RewardModel {
  private static final double LARGEST_ERROR = 1e100;

  private final ItemEmbeddings embeddings;
  private final int contextDimension;
  private final Link link;
  private final double learningRate;
  private final double l2;
  private final double[] psi;
  private final double[] h;
  private final double[] vector;
  private long refused;

  /** How the bilinear form becomes a reward. */
  public enum Link {
    /** As it is. */
    RIDGE,
    /** Through σ(z) = 1/(1 + e^{−z}). */
    LOGISTIC
  }

  /**
   * A model at Ψ = 0.
   *
   * @param embeddings the items
   * @param contextDimension d
   * @param link ridge or logistic
   * @param learningRate α, above 0
   * @param l2 λ₂, at least 0
   */
  public BilinearRewardModel(
      ItemEmbeddings embeddings, int contextDimension, Link link, double learningRate, double l2) {
    if (!(learningRate > 0 && l2 >= 0)) {
      throw new IllegalArgumentException(
          "learning rate must be above 0 and l2 at least 0: " + learningRate + ", " + l2);
    }
    this.embeddings = embeddings;
    this.contextDimension = contextDimension;
    this.link = link;
    this.learningRate = learningRate;
    this.l2 = l2;
    this.psi = new double[contextDimension * embeddings.dimension()];
    this.h = new double[embeddings.dimension()];
    this.vector = new double[embeddings.dimension()];
  }

  @Override
  public double predict(String segment, Context context, int item) {
    double q = raw(context, item);
    if (!(Math.abs(q) < Double.POSITIVE_INFINITY)) {
      throw new ArithmeticException(
          "predicted reward must be finite: "
              + q
              + " (item "
              + item
              + "); lower the learning rate");
    }
    return q;
  }

  private double raw(Context context, int item) {
    context.project(psi, h.length, h);
    double z = embeddings.score(item, h);
    return link == Link.RIDGE ? z : 1 / (1 + Math.exp(-z));
  }

  @Override
  public void update(String segment, Context context, int item, double reward) {
    if (!(reward >= -LARGEST_ERROR && reward <= LARGEST_ERROR)) {
      throw new IllegalArgumentException("reward must be finite: " + reward);
    }
    double error = reward - raw(context, item);
    if (!(Math.abs(error) <= LARGEST_ERROR)) {
      refused++;
      return;
    }
    for (int k = 0; k < psi.length; k++) {
      psi[k] -= learningRate * l2 * psi[k];
    }
    java.util.Arrays.fill(vector, 0);
    embeddings.addScaled(item, 1, vector);
    context.addOuter(learningRate * error, vector, psi);
  }

  /** Steps that were refused. */
  public long refused() {
    return refused;
  }

  @Override
  public BilinearRewardModel freeze() {
    BilinearRewardModel copy =
        new BilinearRewardModel(embeddings, contextDimension, link, learningRate, l2);
    System.arraycopy(psi, 0, copy.psi, 0, psi.length);
    copy.refused = refused;
    return copy;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeLong(refused);
    for (double value : psi) {
      out.writeDouble(value);
    }
  }

  @Override
  public void read(DataInput in) throws IOException {
    refused = in.readLong();
    for (int k = 0; k < psi.length; k++) {
      psi[k] = in.readDouble();
    }
  }
}
