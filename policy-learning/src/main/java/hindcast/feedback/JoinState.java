package hindcast.feedback;

import hindcast.feedback.RewardFunction.Given;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What {@link ImpressionJoin} remembers about one impression id: two times, the rewards that count,
 * and the ids of the others seen.
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
    /** The window closed without an activation: held until its correction horizon ends. */
    UNACTIVATED,
    /** The outcome was emitted: a tombstone. */
    CLOSED,
    /** The impression came too late and emitted nothing: a tombstone. */
    REFUSED,
    /** No activation came in time or inside the horizon, and nothing counts: a tombstone. */
    NOT_ACTIVATED
  }

  private static final int FORMAT = 2;

  Phase phase = Phase.WAITING;
  long impressionTimeMicros;
  long forgetMicros = Long.MIN_VALUE;

  /** How often the outcome was corrected. */
  int revision;

  /** Rewards that wait for their impression or its activation, in arrival order. */
  final Map<String, Given> held = new LinkedHashMap<>();

  /** Rewards that count, in order of id. */
  final Map<String, Given> joined = new TreeMap<>();

  /** Ids of rewards that were refused. */
  final TreeSet<String> refused = new TreeSet<>();

  /** Whether nothing was seen, so that there is nothing to store. */
  public boolean isEmpty() {
    return phase == Phase.WAITING && held.isEmpty() && refused.isEmpty();
  }

  /** Whether an impression is held here: 1 in the ledger of impressions. */
  public boolean holdsImpression() {
    return phase == Phase.OPEN || phase == Phase.UNACTIVATED;
  }

  /** How many rewards wait here for impression or activation: held in the ledger of rewards. */
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
    revision = 0;
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
    out.writeInt(revision);
    write(held, out);
    write(joined, out);
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
    state.revision = in.readInt();
    read(state.held, in);
    read(state.joined, in);
    for (int k = in.readInt(); k > 0; k--) {
      state.refused.add(in.readUTF());
    }
    return state;
  }

  private static void write(Map<String, Given> rewards, DataOutput out) throws IOException {
    out.writeInt(rewards.size());
    for (Given reward : rewards.values()) {
      reward.write(out);
    }
  }

  private static void read(Map<String, Given> rewards, DataInput in) throws IOException {
    for (int k = in.readInt(); k > 0; k--) {
      Given reward = Given.read(in);
      rewards.put(reward.id(), reward);
    }
  }
}
