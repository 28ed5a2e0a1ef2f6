package hindcast.evaluation;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The outcomes of one window of impression time as they were scored: for each its id, segment,
 * propensity and reward, and what every policy version that was judged on it said. Enough to sum
 * the window again with other rewards, without contexts, catalogues or policies; a version that did
 * not score an impression is not judged on its correction either. An outcome that was not activated
 * in time is scored, and counts from its first revision on.
 *
 * <p>Written, an outcome takes about 50 bytes and its id and segment, and 29 bytes for each version
 * and form that scored it.
 */
public final class ScoredWindow {
  private static final int FORMAT = 2;

  /** Receives every outcome under every slice. */
  @FunctionalInterface
  public interface Sink {
    /** Adds {@code outcome}, which is reused after the call, to the sums of {@code slice}. */
    void add(EvaluatedSlice slice, ScoredOutcome outcome, boolean inForce);
  }

  private static final class Event {
    private final String impressionId;
    private final long timeMicros;
    private final String segment;
    private final double propensity;
    private final double uncertainty;
    private double reward;
    private boolean counts = true;
    private int revision;

    Event(String id, long time, String segment, double p, double u, double reward) {
      this.impressionId = id;
      this.timeMicros = time;
      this.segment = segment;
      this.propensity = p;
      this.uncertainty = u;
      this.reward = reward;
    }

    boolean revise(Revision to) {
      if (to.number() <= revision) {
        return false;
      }
      revision = to.number();
      counts = true;
      reward = to.reward();
      return true;
    }

    static Event of(ScoredOutcome outcome) {
      return new Event(
          outcome.impressionId(),
          outcome.eventTimeMicros(),
          outcome.segment(),
          outcome.scored().propensity(),
          outcome.scored().uncertainty(),
          outcome.scored().reward());
    }

    void write(DataOutput out) throws IOException {
      out.writeUTF(impressionId);
      out.writeLong(timeMicros);
      out.writeUTF(segment);
      out.writeDouble(propensity);
      out.writeDouble(uncertainty);
      out.writeDouble(reward);
      out.writeBoolean(counts);
      out.writeInt(revision);
    }

    static Event read(DataInput in) throws IOException {
      Event event =
          new Event(
              in.readUTF(),
              in.readLong(),
              in.readUTF(),
              in.readDouble(),
              in.readDouble(),
              in.readDouble());
      event.counts = in.readBoolean();
      event.revision = in.readInt();
      return event;
    }
  }

  private record Score(int event, double probability, double bias, double mass, boolean inForce) {
    void write(DataOutput out) throws IOException {
      out.writeInt(event);
      out.writeDouble(probability);
      out.writeDouble(bias);
      out.writeDouble(mass);
      out.writeBoolean(inForce);
    }

    static Score read(DataInput in) throws IOException {
      return new Score(
          in.readInt(), in.readDouble(), in.readDouble(), in.readDouble(), in.readBoolean());
    }
  }

  private final List<Event> events = new ArrayList<>();
  private final Map<String, Integer> indexes = new HashMap<>();
  private final TreeMap<EvaluatedSlice, List<Score>> scores = new TreeMap<>();

  /** Remembers an outcome under a slice of all segments; slices of one segment follow from it. */
  public void add(EvaluatedSlice slice, ScoredOutcome outcome, boolean inForce) {
    if (!slice.segment().equals(EvaluatedSlice.ALL)) {
      return;
    }
    Integer index = indexes.get(outcome.impressionId());
    if (index == null) {
      index = append(Event.of(outcome));
    }
    scores
        .computeIfAbsent(slice, key -> new ArrayList<>())
        .add(
            new Score(
                index,
                outcome.scored().targetProbability(),
                outcome.relativeBias(),
                outcome.newItemMass(),
                inForce));
  }

  /** Remembers an outcome that does not count until it is revised. */
  public void addUnactivated(EvaluatedSlice slice, ScoredOutcome outcome, boolean inForce) {
    add(slice, outcome, inForce);
    Integer index = indexes.get(outcome.impressionId());
    if (index != null) {
      events.get(index).counts = false;
    }
  }

  private int append(Event event) {
    indexes.put(event.impressionId, events.size());
    events.add(event);
    return events.size() - 1;
  }

  /**
   * A later reward of an outcome.
   *
   * @param impressionId the impression
   * @param number 1, 2, ...; one that is not above the last is not taken in
   * @param reward in [0, 1]
   */
  public record Revision(String impressionId, int number, double reward) {}

  /**
   * Corrects the rewards of outcomes.
   *
   * @param bySegment whether slices of one segment are counted too
   * @return how many corrections each slice takes in; a correction of an impression that no version
   *     has scored is in none
   */
  public Map<EvaluatedSlice, Long> revise(List<Revision> revisions, boolean bySegment) {
    Map<Integer, Long> taken = new HashMap<>();
    for (Revision revision : revisions) {
      Integer index = indexes.get(revision.impressionId());
      if (index != null && events.get(index).revise(revision)) {
        taken.merge(index, 1L, Long::sum);
      }
    }
    Map<EvaluatedSlice, Long> counts = new TreeMap<>();
    scores.forEach(
        (slice, list) -> {
          for (Score score : list) {
            Long count = taken.get(score.event());
            if (count != null) {
              counts.merge(slice, count, Long::sum);
              if (bySegment) {
                counts.merge(slice.inSegment(events.get(score.event()).segment), count, Long::sum);
              }
            }
          }
        });
    return counts;
  }

  /** Whether an impression was scored by some version. */
  public boolean holds(String impressionId) {
    return indexes.containsKey(impressionId);
  }

  /**
   * The slices outcomes were judged under, also of those that do not count.
   *
   * @param bySegment whether also those of one segment
   */
  public Set<EvaluatedSlice> slices(boolean bySegment) {
    Set<EvaluatedSlice> slices = new TreeSet<>(scores.keySet());
    if (bySegment) {
      scores.forEach(
          (slice, list) ->
              list.forEach(
                  score -> slices.add(slice.inSegment(events.get(score.event()).segment))));
    }
    return slices;
  }

  /**
   * Hands on every outcome that counts under every slice it was judged under; in each slice in the
   * order they were added.
   *
   * @param bySegment whether also under the slice of its segment
   */
  public void replay(boolean bySegment, Sink sink) {
    ScoredOutcome outcome = new ScoredOutcome();
    scores.forEach(
        (slice, list) -> {
          for (Score score : list) {
            Event event = events.get(score.event());
            if (!event.counts) {
              continue;
            }
            outcome.of(event.impressionId, event.timeMicros, event.segment);
            outcome.score(score.probability(), event.propensity, event.uncertainty, event.reward);
            outcome.quality(score.bias(), score.mass());
            sink.add(slice, outcome, score.inForce());
            if (bySegment) {
              sink.add(slice.inSegment(event.segment), outcome, score.inForce());
            }
          }
        });
  }

  /** Writes the complete state. */
  public void write(DataOutput out) throws IOException {
    out.writeByte(FORMAT);
    out.writeInt(events.size());
    for (Event event : events) {
      event.write(out);
    }
    out.writeInt(scores.size());
    for (Map.Entry<EvaluatedSlice, List<Score>> entry : scores.entrySet()) {
      out.writeUTF(entry.getKey().text());
      out.writeInt(entry.getValue().size());
      for (Score score : entry.getValue()) {
        score.write(out);
      }
    }
  }

  /** Reads what {@link #write} wrote. */
  public static ScoredWindow read(DataInput in) throws IOException {
    int format = in.readByte();
    if (format != FORMAT) {
      throw new IOException("scored window must have format " + FORMAT + ": " + format);
    }
    ScoredWindow window = new ScoredWindow();
    for (int k = in.readInt(); k > 0; k--) {
      window.append(Event.read(in));
    }
    for (int k = in.readInt(); k > 0; k--) {
      EvaluatedSlice slice = EvaluatedSlice.parse(in.readUTF());
      List<Score> list = new ArrayList<>();
      for (int l = in.readInt(); l > 0; l--) {
        list.add(Score.read(in));
      }
      window.scores.put(slice, list);
    }
    return window;
  }
}
