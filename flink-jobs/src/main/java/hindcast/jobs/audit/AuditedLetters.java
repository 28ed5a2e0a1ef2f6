package hindcast.jobs.audit;

import hindcast.audit.JoinCounts;
import hindcast.audit.LogAudit;
import hindcast.avro.DeadLetter;
import hindcast.avro.InputStream;
import hindcast.avro.Reward;
import hindcast.connectors.avro.WireFormat;
import hindcast.connectors.deadletter.DeadLetters;
import hindcast.feedback.Rejection;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.MapFunction;

/**
 * Dead letters of impressions and rewards, counted by the look that is the first to know of them.
 *
 * <p>Rewards after their window or their outcome are late, rewards without an impression are
 * orphans, impressions that were not activated are no fault; every other letter is a refused
 * record. A reward after its window counts at its own event time, however its impression and it
 * came; other letters at the time of the record or the timer that refused them. Letters without a
 * time (what could not be decoded) count in the next look.
 */
final class AuditedLetters {
  /** What an audit makes of a dead letter. */
  enum Fate {
    LATE_REWARD,
    ORPHAN_REWARD,
    REFUSED,
    NO_FAULT
  }

  /**
   * A dead letter as the name of its fate or, where it was refused, of its reason; with the event
   * time, milliseconds, of a reward after its window.
   */
  static final class Read implements MapFunction<DeadLetter, String> {
    private static final long serialVersionUID = 1L;

    @Override
    public String map(DeadLetter letter) {
      Rejection reason = Rejection.valueOf(letter.getReason());
      Fate fate = fate(letter.getStream(), reason);
      String name = fate == Fate.REFUSED ? reason.name() : fate.name();
      return reason == Rejection.AFTER_WINDOW ? name + ownTime(letter) : name;
    }

    private static String ownTime(DeadLetter letter) {
      return WireFormat.ofThread().decode(DeadLetters.raw(letter)).record() instanceof Reward reward
          ? "@" + Math.floorDiv(reward.getEventTimeMicros(), 1000L)
          : "";
    }
  }

  /** The fate or reason a letter was read as. */
  static String name(String letter) {
    int at = letter.indexOf('@');
    return at < 0 ? letter : letter.substring(0, at);
  }

  /** The time a letter counts at: its own if it is after that of what refused it. */
  static long timestamp(String letter, long refused) {
    int at = letter.indexOf('@');
    return at < 0 ? refused : Math.max(refused, Long.parseLong(letter.substring(at + 1)));
  }

  private final TreeMap<Long, Map<String, Long>> byLook = new TreeMap<>();
  private final Map<String, Long> untimed = new TreeMap<>();
  private final EnumMap<Fate, Long> rewards = new EnumMap<>(Fate.class);

  static Fate fate(InputStream stream, Rejection reason) {
    return switch (reason) {
      case NOT_ACTIVATED -> Fate.NO_FAULT;
      case NO_IMPRESSION -> Fate.ORPHAN_REWARD;
      case AFTER_WINDOW -> Fate.LATE_REWARD;
      case LATE -> stream == InputStream.REWARDS ? Fate.LATE_REWARD : Fate.REFUSED;
      default -> Fate.REFUSED;
    };
  }

  /** Takes a letter for a look. */
  void add(long look, String letter) {
    byLook.computeIfAbsent(look, key -> new TreeMap<>()).merge(letter, 1L, Long::sum);
  }

  /** Takes a letter for whatever look comes next. */
  void addUntimed(String letter) {
    untimed.merge(letter, 1L, Long::sum);
  }

  /** The first look that has letters; {@link Long#MAX_VALUE} if there is none. */
  long firstLook() {
    return byLook.isEmpty() ? Long.MAX_VALUE : byLook.firstKey();
  }

  boolean isEmpty() {
    return byLook.isEmpty() && untimed.isEmpty();
  }

  /** Tells the audit of all letters of looks until {@code look}, and of the join so far. */
  void tell(LogAudit audit, long look, long joinedRewards) {
    while (!byLook.isEmpty() && byLook.firstKey() <= look) {
      tell(audit, byLook.pollFirstEntry().getValue());
    }
    tell(audit, untimed);
    untimed.clear();
    audit.join(
        new JoinCounts(
            0, 0, 0, 0, joinedRewards, count(Fate.LATE_REWARD), count(Fate.ORPHAN_REWARD)));
  }

  private long count(Fate fate) {
    return rewards.getOrDefault(fate, 0L);
  }

  private void tell(LogAudit audit, Map<String, Long> letters) {
    letters.forEach(
        (letter, count) -> {
          switch (letter) {
            case "NO_FAULT" -> {}
            case "LATE_REWARD", "ORPHAN_REWARD" ->
                rewards.merge(Fate.valueOf(letter), count, Long::sum);
            default -> audit.reject(Rejection.valueOf(letter), count);
          }
        });
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(byLook.size());
    for (Map.Entry<Long, Map<String, Long>> look : byLook.entrySet()) {
      out.writeLong(look.getKey());
      write(look.getValue(), out);
    }
    write(untimed, out);
    out.writeLong(count(Fate.LATE_REWARD));
    out.writeLong(count(Fate.ORPHAN_REWARD));
  }

  private static void write(Map<String, Long> letters, DataOutput out) throws IOException {
    out.writeInt(letters.size());
    for (Map.Entry<String, Long> letter : letters.entrySet()) {
      out.writeUTF(letter.getKey());
      out.writeLong(letter.getValue());
    }
  }

  void read(DataInput in) throws IOException {
    for (int k = in.readInt(); k > 0; k--) {
      read(byLook.computeIfAbsent(in.readLong(), key -> new TreeMap<>()), in);
    }
    read(untimed, in);
    rewards.put(Fate.LATE_REWARD, in.readLong());
    rewards.put(Fate.ORPHAN_REWARD, in.readLong());
  }

  private static void read(Map<String, Long> letters, DataInput in) throws IOException {
    for (int k = in.readInt(); k > 0; k--) {
      letters.put(in.readUTF(), in.readLong());
    }
  }
}
