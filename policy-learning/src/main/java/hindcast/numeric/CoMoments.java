package hindcast.numeric;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Count, means and co-moments of a stream of pairs (x, y).
 *
 * <p>{@code Mxx = sum (x - mean x)^2}, {@code Mxy = sum (x - mean x)(y - mean y)}, {@code Myy = sum
 * (y - mean y)^2}; updated and merged as {@link Moments}. Raw sums follow as {@code sum xy = Mxy +
 * n mean x mean y}.
 */
public final class CoMoments {
  private long n;
  private double meanX;
  private double meanY;
  private double mxx;
  private double mxy;
  private double myy;

  /** Adds one pair. */
  public void add(double x, double y) {
    n++;
    double dx = x - meanX;
    double dy = y - meanY;
    meanX += dx / n;
    meanY += dy / n;
    double ry = y - meanY;
    mxx += dx * (x - meanX);
    mxy += dx * ry;
    myy += dy * ry;
  }

  /** Adds all pairs of the other stream. */
  public void merge(CoMoments other) {
    if (other.n == 0) {
      return;
    }
    double n1 = n;
    double n2 = other.n;
    double dx = other.meanX - meanX;
    double dy = other.meanY - meanY;
    n += other.n;
    if (n1 == 0) {
      meanX = other.meanX;
      meanY = other.meanY;
      mxx = other.mxx;
      mxy = other.mxy;
      myy = other.myy;
      return;
    }
    double f = n1 * n2 / n;
    meanX += dx * n2 / n;
    meanY += dy * n2 / n;
    mxx += other.mxx + dx * dx * f;
    mxy += other.mxy + dx * dy * f;
    myy += other.myy + dy * dy * f;
  }

  /** How many pairs. */
  public long n() {
    return n;
  }

  /** Mean of x; 0 when there is no pair. */
  public double meanX() {
    return meanX;
  }

  /** Mean of y; 0 when there is no pair. */
  public double meanY() {
    return meanY;
  }

  /** Sum of squared deviations of x. */
  public double mxx() {
    return mxx;
  }

  /** Sum of products of deviations. */
  public double mxy() {
    return mxy;
  }

  /** Sum of squared deviations of y. */
  public double myy() {
    return myy;
  }

  /** {@code sum x}. */
  public double sumX() {
    return n * meanX;
  }

  /** {@code sum y}. */
  public double sumY() {
    return n * meanY;
  }

  /** {@code sum x^2}. */
  public double sumXX() {
    return mxx + n * meanX * meanX;
  }

  /** {@code sum x y}. */
  public double sumXY() {
    return mxy + n * meanX * meanY;
  }

  /** {@code sum y^2}. */
  public double sumYY() {
    return myy + n * meanY * meanY;
  }

  /** Writes the complete state. */
  public void write(DataOutput out) throws IOException {
    out.writeLong(n);
    out.writeDouble(meanX);
    out.writeDouble(meanY);
    out.writeDouble(mxx);
    out.writeDouble(mxy);
    out.writeDouble(myy);
  }

  /** Replaces the state by one that {@link #write} wrote. */
  public void read(DataInput in) throws IOException {
    n = in.readLong();
    meanX = in.readDouble();
    meanY = in.readDouble();
    mxx = in.readDouble();
    mxy = in.readDouble();
    myy = in.readDouble();
  }
}
