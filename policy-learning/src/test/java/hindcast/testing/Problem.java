package hindcast.testing;

import hindcast.catalogue.Float64Embeddings;
import hindcast.catalogue.ItemEmbeddings;
import hindcast.gradient.EventByEvent;
import hindcast.gradient.ExactScoreGradient;
import hindcast.gradient.ScoreGradient;
import hindcast.objective.Objective;
import hindcast.objective.ScoredMinibatch;
import hindcast.training.Example;
import hindcast.training.MinibatchGradient;
import hindcast.training.SideInformation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/** A minibatch with double precision features, for reference numbers and finite differences. */
public final class Problem {
  private final ItemEmbeddings embeddings;
  private final int d;
  private final List<Example> events = new ArrayList<>();

  /** Events over items β (P x L). */
  public Problem(
      double[][] beta,
      double[][] x,
      int[] action,
      double[] r,
      double[] p,
      double[] uncertainty,
      IntFunction<SideInformation> side) {
    embeddings = embeddings(beta);
    d = x[0].length;
    for (int i = 0; i < x.length; i++) {
      events.add(
          new Example(
              ExactContexts.split(x[i]),
              action[i],
              null,
              r[i],
              p == null ? 1 : p[i],
              uncertainty == null ? 0 : uncertainty[i],
              i,
              side.apply(i)));
    }
  }

  /** The batch of a file: theta, beta, x, action, r, p below a path. */
  public static Problem read(Golden golden, String path, IntFunction<SideInformation> side) {
    return new Problem(
        golden.matrix(path + "/beta"),
        golden.matrix(path + "/x"),
        golden.integers(path + "/action"),
        golden.vector(path + "/r"),
        golden.vector(path + "/p"),
        golden.has(path + "/U") ? golden.vector(path + "/U") : null,
        side);
  }

  /** Item vectors from rows. */
  public static ItemEmbeddings embeddings(double[][] beta) {
    double[] rows = Arrays.stream(beta).flatMapToDouble(Arrays::stream).toArray();
    return new Float64Embeddings(rows, beta.length, beta[0].length);
  }

  /** The items. */
  public ItemEmbeddings embeddings() {
    return embeddings;
  }

  /** The events. */
  public List<Example> events() {
    return events;
  }

  /** The numbers of the minibatch. */
  public ScoredMinibatch score(Objective objective, double[][] theta) {
    return gradients(objective, new ExactScoreGradient(embeddings))
        .score(events, ExactContexts.repeat(theta));
  }

  /** The value without L2. */
  public double value(Objective objective, double[][] theta) {
    return objective.value(score(objective, theta));
  }

  /** The coefficients. */
  public double[] coefficients(Objective objective, double[][] theta) {
    double[] c = new double[events.size()];
    objective.coefficients(score(objective, theta), c);
    return c;
  }

  /** The gradient without L2, d x L. */
  public double[][] gradient(Objective objective, double[][] theta) {
    return gradient(objective, theta, coefficients(objective, theta));
  }

  /** The gradient of given coefficients. */
  public double[][] gradient(Objective objective, double[][] theta, double[] c) {
    return gradient(objective, theta, c, new ExactScoreGradient(embeddings));
  }

  /** The gradient of given coefficients and directions. */
  public double[][] gradient(
      Objective objective, double[][] theta, double[] c, ScoreGradient scores) {
    MinibatchGradient gradients = gradients(objective, scores);
    double[] repeated = ExactContexts.repeat(theta);
    double[] sum = new double[repeated.length];
    gradients.score(events, repeated);
    gradients.add(events, c, sum);
    return ExactContexts.collapse(sum, d, embeddings.dimension());
  }

  private MinibatchGradient gradients(Objective objective, ScoreGradient scores) {
    return new MinibatchGradient(objective, new EventByEvent("", scores), embeddings);
  }

  /** {@code a - scale * b}. */
  public static double[][] minus(double[][] a, double scale, double[][] b) {
    double[][] out = new double[a.length][a[0].length];
    for (int i = 0; i < a.length; i++) {
      for (int l = 0; l < a[0].length; l++) {
        out[i][l] = a[i][l] - scale * b[i][l];
      }
    }
    return out;
  }

  /** |theta|². */
  public static double squaredNorm(double[][] theta) {
    return Arrays.stream(theta).flatMapToDouble(Arrays::stream).map(v -> v * v).sum();
  }
}
