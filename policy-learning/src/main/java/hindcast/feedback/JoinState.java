package hindcast.feedback;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What {@link ImpressionJoin} remembers about one impression id: two times, and the ids of the
 * rewards seen.
 *
 * <p>New state means that nothing was seen. State that was written and read back behaves
 * identically.
 */
public final class JoinState {
  enum Phase {
    /** No impression yet; rewards may wait. */
    WAITING,
    /** The impression is held until its window closes. */
    OPEN,
    /** The outcome was emitted: a tombstone. */
    CLOSED,
    /** The impression came too late and emitted nothing: a tombstone. */
    REFUSED
  }

  record HeldReward(long timeMicros, double value) {}

  private static final int FORMAT = 1;

  Phase phase = Phase.WAITING;
  long impressionTimeMicros;
  long forgetMicros = Long.MIN_VALUE;

  /** Rewards that wait for their impression, in arrival order. */
  final Map<String, HeldReward> held = new LinkedHashMap<>();

  /** Rewards that count, in order of id: the sum is the same for every order of arrival. */
  final Map<String, Double> joined = new TreeMap<>();

  /** Ids of rewards that were refused. */
  final TreeSet<String> refused = new TreeSet<>();

  /** Whether nothing was seen, so that there is nothing to store. */
  public boolean isEmpty() {
    return phase == Phase.WAITING && held.isEmpty() && refused.isEmpty();
  }

  /** Whether an impression is held here: 1 in the ledger of impressions. */
  public boolean holdsImpression() {
    return phase == Phase.OPEN;
  }

  /** How many rewards wait here for their impression: held in the ledger of rewards. */
  public int heldRewards() {
    return held.size();
  }

  boolean knows(String rewardId) {
    return held.containsKey(rewardId) || joined.containsKey(rewardId) || refused.contains(rewardId);
  }

  void clear() {
    phase = Phase.WAITING;
    impressionTimeMicros = 0;
    forgetMicros = Long.MIN_VALUE;
    held.clear();
    joined.clear();
    refused.clear();
  }

  /** Writes the complete state. */
  public void write(DataOutput out) throws IOException {
    out.writeByte(FORMAT);
    out.writeUTF(phase.name());
    out.writeLong(impressionTimeMicros);
    out.writeLong(forgetMicros);
    out.writeInt(held.size());
    for (Map.Entry<String, HeldReward> reward : held.entrySet()) {
      out.writeUTF(reward.getKey());
      out.writeLong(reward.getValue().timeMicros());
      out.writeDouble(reward.getValue().value());
    }
    out.writeInt(joined.size());
    for (Map.Entry<String, Double> reward : joined.entrySet()) {
      out.writeUTF(reward.getKey());
      out.writeDouble(reward.getValue());
    }
    out.writeInt(refused.size());
    for (String rewardId : refused) {
      out.writeUTF(rewardId);
    }
  }

  /** Reads state that {@link #write} wrote. */
  public static JoinState read(DataInput in) throws IOException {
    int format = in.readByte();
    if (format != FORMAT) {
      throw new IOException("join state must have format " + FORMAT + ": " + format);
    }
    JoinState state = new JoinState();
    String phase = in.readUTF();
    try {
      state.phase = Phase.valueOf(phase);
    } catch (IllegalArgumentException e) {
      throw new IOException("join state must have a known phase: " + phase, e);
    }
    state.impressionTimeMicros = in.readLong();
    state.forgetMicros = in.readLong();
    for (int k = in.readInt(); k > 0; k--) {
      String rewardId = in.readUTF();
      state.held.put(rewardId, new HeldReward(in.readLong(), in.readDouble()));
    }
    for (int k = in.readInt(); k > 0; k--) {
      String rewardId = in.readUTF();
      state.joined.put(rewardId, in.readDouble());
    }
    for (int k = in.readInt(); k > 0; k--) {
      state.refused.add(in.readUTF());
    }
    return state;
  }
}
