package hindcast.audit;

import hindcast.feedback.Context;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Whether items in equal contexts follow the logged propensities: the weight {@code q(a) / p} of
 * the shares q of items in the same context under the same policy version so far, whose mean is at
 * most 1.
 *
 * <p>Contexts lie in {@value #SLOTS} slots by hash; one that comes again and again displaces one
 * that does not (majority vote). Of a context up to {@value #ITEMS} items are counted. Where no
 * context comes twice there is nothing to see.
 */
final class ContextCalibration implements Check {
  private static final int SLOTS = 4096;
  private static final int ITEMS = 16;
  private static final int START = 3;

  private final Family family;
  private final long[] owner = new long[SLOTS];
  private final int[] votes = new int[SLOTS];
  private final int[] seen = new int[SLOTS];
  private final long[][] item = new long[SLOTS][];
  private final int[][] shown = new int[SLOTS][];
  private final GridEValue evidence = new GridEValue();
  private long repeated;
  private double weights;

  ContextCalibration(Family family) {
    this.family = family;
  }

  @Override
  public void add(AuditedFeedback event) {
    if (!event.hasLoggedPropensity()) {
      return;
    }
    long context = context(event);
    int slot = (int) Math.floorMod(context, (long) SLOTS);
    if (votes[slot] == 0) {
      owner[slot] = context;
      seen[slot] = 0;
      item[slot] = new long[ITEMS];
      shown[slot] = new int[ITEMS];
    }
    if (owner[slot] != context) {
      votes[slot]--;
      return;
    }
    votes[slot]++;
    long id = Hashes.of(event.feedback().itemId());
    int place = place(slot, id);
    if (seen[slot] >= START) {
      double q = place < 0 ? 0 : shown[slot][place] / (seen[slot] + 1.0);
      repeated++;
      weights += q / event.propensity();
      evidence.add(q / event.propensity());
    }
    seen[slot]++;
    if (place >= 0) {
      item[slot][place] = id;
      shown[slot][place]++;
    }
  }

  /** Where the item is counted or can be; -1 when there is no room. */
  private int place(int slot, long id) {
    for (int k = 0; k < ITEMS; k++) {
      if (shown[slot][k] == 0 || item[slot][k] == id) {
        return k;
      }
    }
    return -1;
  }

  private static long context(AuditedFeedback event) {
    Context context = event.feedback().context();
    long hash = Hashes.of(event.servedBy());
    hash = Hashes.mix(hash ^ Hashes.of(event.feedback().segment()));
    hash = Hashes.mix(hash + context.dimension());
    float[] values = context.values();
    int[] indices = context.indices();
    for (int k = 0; k < values.length; k++) {
      if (values[k] != 0) {
        hash = Hashes.mix(hash ^ (indices == null ? k : indices[k]));
        hash = Hashes.mix(hash + Float.floatToIntBits(values[k]));
      }
    }
    List<String> eligible = event.feedback().eligibleItemIds();
    return eligible == null ? hash : Hashes.mix(hash ^ eligible.size());
  }

  @Override
  public void findings(List<Finding> into) {
    double logE = evidence.logE();
    double threshold = family.threshold(1);
    if (logE >= threshold) {
      into.add(
          Finding.of(
              FindingKind.CONTEXT_CALIBRATION,
              Severity.CRITICAL,
              Evidence.of("logE", logE)
                  .and("threshold", threshold)
                  .and("meanWeight", weights / repeated)
                  .and("records", repeated)
                  .numbers()));
    }
  }

  @Override
  public void write(DataOutput out) throws IOException {
    evidence.write(out);
    out.writeLong(repeated);
    out.writeDouble(weights);
    for (int slot = 0; slot < SLOTS; slot++) {
      out.writeInt(votes[slot]);
      if (votes[slot] > 0) {
        out.writeLong(owner[slot]);
        out.writeInt(seen[slot]);
        for (int k = 0; k < ITEMS; k++) {
          out.writeLong(item[slot][k]);
          out.writeInt(shown[slot][k]);
        }
      }
    }
  }

  @Override
  public void read(DataInput in) throws IOException {
    evidence.read(in);
    repeated = in.readLong();
    weights = in.readDouble();
    Arrays.fill(owner, 0);
    Arrays.fill(seen, 0);
    for (int slot = 0; slot < SLOTS; slot++) {
      votes[slot] = in.readInt();
      if (votes[slot] > 0) {
        owner[slot] = in.readLong();
        seen[slot] = in.readInt();
        item[slot] = new long[ITEMS];
        shown[slot] = new int[ITEMS];
        for (int k = 0; k < ITEMS; k++) {
          item[slot][k] = in.readLong();
          shown[slot][k] = in.readInt();
        }
      }
    }
  }
}
