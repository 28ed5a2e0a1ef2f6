package hindcast.audit;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Records of one version, or of all, against the estimate of another, over all segments.
 *
 * <p>Over all versions, a record's weight is the mean of its weights under the others: where
 * versions run side by side and some servers are behind, evidence from both adds up.
 */
final class VersionPair {
  /**
   * Which versions.
   *
   * @param servedBy {@code id@version} that the records name
   * @param other {@code id@version} they are compared with
   */
  record Key(String servedBy, String other) {}

  final long index;
  private final GridEValue other = new GridEValue();
  private final GridEValue own = new GridEValue();
  private long n;

  /** Of all versions. */
  static final Key ALL = new Key("", "");

  VersionPair(long index) {
    this.index = index;
  }

  /** Adds the importance weights of the other version's estimate and of the own one. */
  void add(double otherWeight, double ownWeight) {
    n++;
    other.add(otherWeight);
    own.add(ownWeight);
  }

  /**
   * A finding where the other version fits better than the propensities and than the own estimate.
   */
  Finding finding(Key key, double threshold) {
    double logE = other.logE();
    if (logE < threshold || logE <= own.logE()) {
      return null;
    }
    Evidence evidence = Evidence.of("logE", logE).and("threshold", threshold);
    if (!key.equals(ALL)) {
      evidence.and("otherVersion", CellEvidence.version(key.other()));
    }
    evidence.and("records", n);
    return new Finding(
        FindingKind.VERSION_SKEW, Severity.CRITICAL, "", "", key.servedBy(), evidence.numbers());
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(index);
    out.writeLong(n);
    other.write(out);
    own.write(out);
  }

  static VersionPair read(DataInput in) throws IOException {
    VersionPair pair = new VersionPair(in.readLong());
    pair.n = in.readLong();
    pair.other.read(in);
    pair.own.read(in);
    return pair;
  }
}
