package hindcast.numeric;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Exponential decay of sums without touching them on each event.
 *
 * <p>An event at time t weighs {@code d = 2^(-(T - t) / H)} at query time T, H the half-life. Sums
 * are kept at a reference time L as {@code sum 2^((t - L) / H) x}, which only adds; a query
 * multiplies by {@code 2^(-(T - L) / H)}. When an event lies more than {@value #LIMIT} half-lives
 * after L, the reference moves by a whole number k of half-lives and the owner of the sums scales
 * them by {@code 2^-k}: a power of two, so nothing is ever rounded by moving.
 *
 * <p>Late events are small weights. A query before the latest event is answered as of the latest
 * event. Without a half-life every weight is 1.
 *
 * <p>Cormode, Shkapenyuk, Srivastava, Xu, Forward Decay, ICDE 2009.
 */
public final class ForwardDecay {
  /** Half-lives after which the reference moves. */
  static final int LIMIT = 64;

  private final double halfLifeMicros;
  private boolean started;
  private long referenceMicros;
  private long latestMicros;

  /**
   * @param halfLifeMicros H, a whole number of microseconds of at least 1, or infinity for none
   */
  public ForwardDecay(double halfLifeMicros) {
    if (!(halfLifeMicros >= 1 && (halfLifeMicros == Math.rint(halfLifeMicros)))) {
      throw new IllegalArgumentException(
          "half-life must be a whole number of microseconds of at least 1, or infinity for none: "
              + halfLifeMicros);
    }
    this.halfLifeMicros = halfLifeMicros;
  }

  /** H in microseconds; infinity for no decay. */
  public double halfLifeMicros() {
    return halfLifeMicros;
  }

  /** Whether an event was seen. */
  public boolean started() {
    return started;
  }

  /** Time of the latest event. */
  public long latestMicros() {
    return latestMicros;
  }

  /**
   * Announces an event at time t.
   *
   * @return k: scale sums of weights by {@code 2^-k} and sums of squared weights by {@code 2^-2k}
   *     before adding the event; nearly always 0
   */
  public int advance(long timeMicros) {
    if (!started) {
      started = true;
      referenceMicros = timeMicros;
      latestMicros = timeMicros;
      return 0;
    }
    latestMicros = Math.max(latestMicros, timeMicros);
    double halfLives = (timeMicros - referenceMicros) / halfLifeMicros;
    if (halfLives < LIMIT) {
      return 0;
    }
    double k = Math.floor(halfLives);
    referenceMicros += (long) (k * halfLifeMicros);
    return (int) Math.min(k, 10_000);
  }

  /** Weight of an event at time t in the stored sums, after {@link #advance}. */
  public double weight(long timeMicros) {
    return Math.pow(2, (timeMicros - referenceMicros) / halfLifeMicros);
  }

  /** Factor from stored sums to sums at the query time. */
  public double factor(long queryMicros) {
    return started
        ? Math.pow(2, -(Math.max(queryMicros, latestMicros) - referenceMicros) / halfLifeMicros)
        : 1;
  }

  /**
   * Takes over the later reference of the two and the later latest time.
   *
   * @return factors that bring this side's and the other side's sums of weights to it; squared for
   *     sums of squared weights
   */
  public Factors merge(ForwardDecay other) {
    if (other.halfLifeMicros != halfLifeMicros) {
      throw new IllegalArgumentException(
          "half-lives must be equal to merge: " + halfLifeMicros + " and " + other.halfLifeMicros);
    }
    if (!other.started) {
      return new Factors(1, 0);
    }
    if (!started) {
      started = true;
      referenceMicros = other.referenceMicros;
      latestMicros = other.latestMicros;
      return new Factors(0, 1);
    }
    double halfLives = (other.referenceMicros - referenceMicros) / halfLifeMicros;
    latestMicros = Math.max(latestMicros, other.latestMicros);
    if (halfLives > 0) {
      referenceMicros = other.referenceMicros;
      return new Factors(Math.pow(2, -halfLives), 1);
    }
    return new Factors(1, Math.pow(2, halfLives));
  }

  /** The factors of a merge. */
  public record Factors(double mine, double theirs) {}

  /** Writes the complete state. */
  public void write(DataOutput out) throws IOException {
    out.writeBoolean(started);
    out.writeLong(referenceMicros);
    out.writeLong(latestMicros);
  }

  /** Replaces the state by one that {@link #write} wrote. */
  public void read(DataInput in) throws IOException {
    started = in.readBoolean();
    referenceMicros = in.readLong();
    latestMicros = in.readLong();
  }
}
