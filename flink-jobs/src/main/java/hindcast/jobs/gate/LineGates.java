package hindcast.jobs.gate;

import hindcast.avro.GateResult;
import hindcast.avro.GateVerdict;
import hindcast.evaluation.EvaluatedSlice;
import hindcast.evaluation.ScoredOutcome;
import hindcast.gate.GateRule;
import hindcast.gate.PromotionEvidence;
import hindcast.jobs.state.StateBytes;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The candidates of one policy line at its gates. A version of a learned line is a candidate from
 * its first outcome; a policy without versions is one candidate, version 0. Candidates of a gate
 * are counted in that order and the count is never taken back, for each has spent its part of the
 * error budget. Outcomes enter as they stood when their window closed: later corrections do not
 * change an interval that was looked at.
 */
public final class LineGates {
  private static final int FORMAT = 1;

  private final GateSettings settings;
  private final GateRule rule;
  private final boolean learned;
  private final TreeMap<EvaluatedSlice, PromotionEvidence> candidates = new TreeMap<>();
  private final TreeMap<String, Long> counts = new TreeMap<>();
  private final TreeMap<String, Long> commanded = new TreeMap<>();

  /**
   * The gates of a line, without candidates.
   *
   * @param policies the names of the line under each of its forms
   * @param learned whether it has versions
   */
  public LineGates(GateSettings settings, List<String> policies, boolean learned) {
    this.settings = settings;
    this.learned = learned;
    this.rule = policies.stream().anyMatch(settings::covers) ? settings.rule() : null;
  }

  /** Whether some form of the line has a gate. */
  public boolean isEnabled() {
    return rule != null;
  }

  /** Takes an outcome in order of impression time. */
  public void add(EvaluatedSlice slice, ScoredOutcome outcome) {
    if (!isEnabled()
        || !slice.segment().equals(EvaluatedSlice.ALL)
        || learned == (slice.version() == 0)
        || !settings.covers(slice.policy())) {
      return;
    }
    candidates
        .computeIfAbsent(slice, this::next)
        .add(
            outcome.eventTimeMicros(),
            outcome.segment(),
            outcome.itemId(),
            outcome.scored().weight(),
            outcome.scored().reward());
  }

  private PromotionEvidence next(EvaluatedSlice slice) {
    return new PromotionEvidence(rule, counts.merge(slice.policy(), 1L, Long::sum));
  }

  /**
   * The verdicts on all candidates, by policy and version.
   *
   * @param findings names of the critical findings that stand on a slice
   */
  public List<GateVerdict> verdicts(
      long nowMicros, Function<EvaluatedSlice, List<String>> findings) {
    List<GateVerdict> verdicts = new ArrayList<>();
    candidates.forEach(
        (slice, evidence) ->
            verdicts.add(
                GateVerdicts.record(
                    settings,
                    slice,
                    nowMicros,
                    evidence.decide(nowMicros, findings.apply(slice)))));
    return verdicts;
  }

  /**
   * Whether a verdict's promotion is to be commanded now: once for each candidate, and never an
   * older version after a newer one.
   */
  public boolean isToBeCommanded(GateVerdict verdict) {
    if (!settings.automatic() || verdict.getVerdict() != GateResult.PROMOTE) {
      return false;
    }
    Long last = commanded.get(verdict.getPolicy());
    if (last != null && last >= verdict.getVersion()) {
      return false;
    }
    commanded.put(verdict.getPolicy(), verdict.getVersion());
    return true;
  }

  /** A version is not scored any more: its last verdict stands. */
  public void close(long version) {
    candidates.keySet().removeIf(slice -> slice.version() == version);
  }

  /** Writes the complete state. */
  public void write(DataOutput out) throws IOException {
    out.writeByte(FORMAT);
    write(counts, out);
    write(commanded, out);
    out.writeInt(candidates.size());
    for (Map.Entry<EvaluatedSlice, PromotionEvidence> candidate : candidates.entrySet()) {
      out.writeUTF(candidate.getKey().text());
      out.writeLong(candidate.getValue().candidate());
      candidate.getValue().write(out);
    }
  }

  /** Replaces the state by one that {@link #write} wrote. */
  public void read(DataInput in) throws IOException {
    StateBytes.requireFormat(FORMAT, in.readByte(), "gate");
    candidates.clear();
    read(counts, in);
    read(commanded, in);
    for (int k = in.readInt(); k > 0; k--) {
      EvaluatedSlice slice = EvaluatedSlice.parse(in.readUTF());
      PromotionEvidence evidence = new PromotionEvidence(settings.rule(), in.readLong());
      evidence.read(in);
      if (isEnabled() && settings.covers(slice.policy())) {
        candidates.put(slice, evidence);
      }
    }
  }

  private static void write(Map<String, Long> numbers, DataOutput out) throws IOException {
    out.writeInt(numbers.size());
    for (Map.Entry<String, Long> number : numbers.entrySet()) {
      out.writeUTF(number.getKey());
      out.writeLong(number.getValue());
    }
  }

  private static void read(Map<String, Long> numbers, DataInput in) throws IOException {
    numbers.clear();
    for (int k = in.readInt(); k > 0; k--) {
      numbers.put(in.readUTF(), in.readLong());
    }
  }
}
