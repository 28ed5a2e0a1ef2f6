package hindcast.simulation;

import hindcast.catalogue.ItemEmbeddings;

/**
 * One vector h(x) of length L for every context of the world, row by row, of mean length 1 when it
 * is drawn. A score is h(x) · β_a.
 */
final class UserVectors {
  private final int count;
  private final int dimension;
  private final double[] rows;

  private UserVectors(int count, int dimension, double[] rows) {
    this.count = count;
    this.dimension = dimension;
    this.rows = rows;
  }

  /** h(x) = Θᵀx with Θ drawn from the standard normal. */
  static UserVectors linear(double[][] inputs, int dimension, SeededRandom random) {
    int width = inputs[0].length;
    double[][] theta = gaussian(width, dimension, random);
    double[] rows = new double[inputs.length * dimension];
    for (int m = 0; m < inputs.length; m++) {
      for (int i = 0; i < width; i++) {
        for (int l = 0; l < dimension; l++) {
          rows[m * dimension + l] += inputs[m][i] * theta[i][l];
        }
      }
    }
    return new UserVectors(inputs.length, dimension, rows).ofMeanLengthOne();
  }

  /** h(x) = Bᵀ tanh(Aᵀx): what no linear map of the context can say. */
  static UserVectors bent(double[][] inputs, int dimension, SeededRandom random) {
    int width = inputs[0].length;
    double[][] inner = gaussian(width, width, random);
    double[][] hidden = new double[inputs.length][width];
    for (int m = 0; m < inputs.length; m++) {
      for (int j = 0; j < width; j++) {
        double sum = 0;
        for (int i = 0; i < width; i++) {
          sum += inputs[m][i] * inner[i][j];
        }
        hidden[m][j] = Math.tanh(sum);
      }
    }
    return linear(hidden, dimension, random);
  }

  /** share · this + √(1 − share²) · other. */
  UserVectors blend(double share, UserVectors other) {
    double[] blend = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      blend[i] = share * rows[i] + Math.sqrt(1 - share * share) * other.rows[i];
    }
    return new UserVectors(count, dimension, blend);
  }

  /** Rescaled so that the score of a uniform item in a uniform context has this deviation. */
  UserVectors withScoreDeviation(double deviation, ItemEmbeddings embeddings) {
    double mean = meanScore(embeddings);
    double[] scores = new double[embeddings.size()];
    double[] h = new double[dimension];
    double sum = 0;
    for (int m = 0; m < count; m++) {
      copy(m, h);
      embeddings.scores(h, scores);
      for (double score : scores) {
        sum += (score - mean) * (score - mean);
      }
    }
    return scaled(deviation / Math.sqrt(sum / ((double) count * scores.length)));
  }

  /** The score of a uniform item in a uniform context. */
  double meanScore(ItemEmbeddings embeddings) {
    double[] weights = new double[embeddings.size()];
    java.util.Arrays.fill(weights, 1.0 / weights.length);
    double[] meanItem = new double[dimension];
    embeddings.weightedSum(weights, meanItem);
    double sum = 0;
    for (int i = 0; i < rows.length; i++) {
      sum += rows[i] * meanItem[i % dimension];
    }
    return sum / count;
  }

  /** h of context m. */
  void copy(int m, double[] h) {
    System.arraycopy(rows, m * dimension, h, 0, dimension);
  }

  private UserVectors ofMeanLengthOne() {
    double total = 0;
    for (int m = 0; m < count; m++) {
      double square = 0;
      for (int l = 0; l < dimension; l++) {
        square += rows[m * dimension + l] * rows[m * dimension + l];
      }
      total += Math.sqrt(square);
    }
    return scaled(count / total);
  }

  private UserVectors scaled(double factor) {
    double[] scaled = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      scaled[i] = factor * rows[i];
    }
    return new UserVectors(count, dimension, scaled);
  }

  private static double[][] gaussian(int rows, int columns, SeededRandom random) {
    double[][] matrix = new double[rows][columns];
    for (double[] row : matrix) {
      for (int j = 0; j < columns; j++) {
        row[j] = random.nextGaussian();
      }
    }
    return matrix;
  }
}
