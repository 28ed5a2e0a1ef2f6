package hindcast.catalogue;

import java.util.Arrays;

/** Item a is the unit vector e_a: L = P, scores are h itself, nothing is stored. */
public final class OneHotEmbeddings implements ItemEmbeddings {
  private final int size;

  /** Unit vectors for {@code size} items. */
  public OneHotEmbeddings(int size) {
    Shapes.require(size, 1, size);
    this.size = size;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int dimension() {
    return size;
  }

  @Override
  public void scores(double[] h, double[] out) {
    System.arraycopy(h, 0, out, 0, size);
  }

  @Override
  public double score(int item, double[] h) {
    return h[item];
  }

  @Override
  public void addScaled(int item, double scale, double[] out) {
    out[item] += scale;
  }

  @Override
  public void weightedSum(double[] weights, double[] out) {
    System.arraycopy(weights, 0, out, 0, size);
  }

  @Override
  public void weightedSum(int[] items, int count, double[] weights, double[] out) {
    Arrays.fill(out, 0);
    for (int j = 0; j < count; j++) {
      out[items[j]] += weights[j];
    }
  }
}
