package hindcast.simulation;

import hindcast.feedback.Context;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * Rows of a labelled data set: numbers, and the class of each row. Classes are in the order of
 * their names.
 *
 * <p>Contexts are x = (1, z_1, ..., z_D), z the numbers with mean 0 and standard deviation 1 over
 * the rows that were read, 0 where a column is constant. {@link #split} keeps that scale.
 *
 * <p>Errors: {@link IllegalArgumentException} naming the row, for a row that is not as long as the
 * first, a number that is none or not finite, or fewer than two classes. Immutable.
 */
public final class LabelledRows {
  private final String[] classes;
  private final int[] labels;
  private final float[][] contexts;

  private LabelledRows(String[] classes, int[] labels, float[][] contexts) {
    this.classes = classes;
    this.labels = labels;
    this.contexts = contexts;
  }

  /**
   * Reads rows of text, split at commas.
   *
   * @param column the label's, from 0; -1 for the last
   */
  public static LabelledRows parse(List<String> lines, int column) {
    List<String> names = new ArrayList<>();
    List<double[]> numbers = new ArrayList<>();
    for (int row = 0; row < lines.size(); row++) {
      if (lines.get(row).isBlank()) {
        continue;
      }
      String[] cells = lines.get(row).split(",", -1);
      int label = column < 0 ? cells.length - 1 : column;
      if (label >= cells.length || cells.length < 2) {
        throw new IllegalArgumentException(
            "row " + (row + 1) + " must have a label and numbers: it has " + cells.length);
      }
      names.add(cells[label].strip());
      numbers.add(numbers(cells, label, row));
      if (numbers.get(0).length != cells.length - 1) {
        throw new IllegalArgumentException(
            "row %d must have %d columns as the first: it has %d"
                .formatted(row + 1, numbers.get(0).length + 1, cells.length));
      }
    }
    String[] classes = new TreeSet<>(names).toArray(String[]::new);
    if (classes.length < 2) {
      throw new IllegalArgumentException(
          "rows must have two classes or more: they have " + classes.length);
    }
    int[] labels = names.stream().mapToInt(name -> Arrays.binarySearch(classes, name)).toArray();
    return new LabelledRows(classes, labels, scaled(numbers));
  }

  private static double[] numbers(String[] cells, int label, int row) {
    double[] numbers = new double[cells.length - 1];
    for (int k = 0, l = 0; k < cells.length; k++) {
      if (k == label) {
        continue;
      }
      try {
        numbers[l] = Double.parseDouble(cells[k]);
      } catch (NumberFormatException e) {
        numbers[l] = Double.NaN;
      }
      if (!Double.isFinite(numbers[l])) {
        throw new IllegalArgumentException(
            "row %d, column %d must be a number: %s".formatted(row + 1, k + 1, cells[k]));
      }
      l++;
    }
    return numbers;
  }

  private static float[][] scaled(List<double[]> numbers) {
    int d = numbers.get(0).length;
    int n = numbers.size();
    float[][] contexts = new float[n][1 + d];
    for (int l = 0; l < d; l++) {
      double mean = 0;
      boolean constant = true;
      for (double[] row : numbers) {
        mean += row[l] / n;
        constant &= row[l] == numbers.get(0)[l];
      }
      double variance = 0;
      for (double[] row : numbers) {
        variance += (row[l] - mean) * (row[l] - mean) / n;
      }
      double sd = Math.sqrt(variance);
      for (int i = 0; i < n; i++) {
        contexts[i][1 + l] = constant ? 0 : (float) ((numbers.get(i)[l] - mean) / sd);
      }
    }
    for (float[] context : contexts) {
      context[0] = 1;
    }
    return contexts;
  }

  /**
   * Parts the rows at random.
   *
   * @param heldOut rows of the second part, above 0 and below all
   * @return the others, and those
   */
  public List<LabelledRows> split(int heldOut, long seed) {
    if (heldOut < 1 || heldOut >= size()) {
      throw new IllegalArgumentException(
          "held-out rows must be at least 1 and fewer than " + size() + ": " + heldOut);
    }
    int[] order = new int[size()];
    Arrays.setAll(order, i -> i);
    SeededRandom random = new SeededRandom(seed, "held-out");
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int moved = order[i];
      order[i] = order[j];
      order[j] = moved;
    }
    int kept = size() - heldOut;
    return List.of(part(order, 0, kept), part(order, kept, size()));
  }

  private LabelledRows part(int[] order, int from, int to) {
    int[] labelsOf = new int[to - from];
    float[][] contextsOf = new float[to - from][];
    for (int i = from; i < to; i++) {
      labelsOf[i - from] = labels[order[i]];
      contextsOf[i - from] = contexts[order[i]];
    }
    return new LabelledRows(classes, labelsOf, contextsOf);
  }

  /** Rows. */
  public int size() {
    return labels.length;
  }

  /** Classes. */
  public int classCount() {
    return classes.length;
  }

  /** d of the contexts. */
  public int contextDimension() {
    return contexts[0].length;
  }

  /** The name of a class. */
  public String className(int index) {
    return classes[index];
  }

  /** The class of a row. */
  public int label(int row) {
    return labels[row];
  }

  /** x of a row. */
  public Context context(int row) {
    return Context.dense(contexts[row]);
  }
}
