package hindcast.gradient;

import hindcast.catalogue.PartitionIndex;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A {@link PartitionGradient} that is checked while it is used, and gives way to a more careful
 * one, in the end to exact sums, when it does not stand the check.
 *
 * <ul>
 *   <li>Gate: on the first minibatch with a policy that is not uniform, the recall of head and
 *       chosen clusters among the 256 best items. Below {@value RecallGate#LOWEST} the sums are
 *       exact from then on.
 *   <li>Every minibatch: events in whose Ẑ one tail weight holds more than 1 %. More than 5 % of
 *       512 events: one step up.
 *   <li>Audit, when {@link AuditSchedule} says so (every so many groups of 32 events, whenever the
 *       perplexity has halved, for a bounded share of the work): one group is summed exactly as
 *       well. A root mean square error of Ẑ above 3 %, or one above 20 %: steps up until the group
 *       passes; the minibatch itself is fitted again.
 *   <li>Steps down: after three clean audits, if the faster form keeps half of the limits on the
 *       audited group. Where sums are exact the audit is free, and made every {@value
 *       AuditSchedule#FIRST} groups. Each time a step down does not last, twice as many clean
 *       audits are needed.
 * </ul>
 *
 * <p>Steps: {@link Ladder}. Every change is a {@link GradientDecision} of the report. The state is
 * what has been counted and where the ladder stands, never a clock; read for a catalogue of another
 * size, the watch begins anew but for its counts. A pinned watch audits and reports but stays in
 * its form.
 */
public final class WatchedGradient implements MinibatchScoreGradient {
  private static final int FORMAT = 2;
  private static final int WINDOW = 512;
  private static final double ALARMING = .05;
  private static final int FIRST_CLEAN = 3;
  private static final int MOST_CLEAN = 96;
  private static final double SMOOTHING = .1;

  private final PartitionIndex partition;
  private final PartitionForm pinned;
  private final PartitionGradient gradient;
  private final PartitionedSoftmax exact;
  private final PartitionedSoftmax probe;
  private final AuditSchedule schedule;
  private final List<GradientDecision> decisions = new ArrayList<>();
  private int level = Ladder.STANDARD;
  private boolean gated;
  private boolean barred;
  private long minibatches;
  private long events;
  private double entropy = Double.NaN;
  private int windowEvents;
  private int windowAlarms;
  private int clean;
  private int cleanNeeded = FIRST_CLEAN;
  private long alarms;
  private long audits;
  private long failedAudits;
  private double lastError;
  private double largestError;
  private long escalations;
  private long relaxations;

  /**
   * A watch over a partition.
   *
   * @param partition the items
   * @param pinned the form it stays in; null to choose
   * @param auditEvery groups of 32 events between two audits, at least 1
   */
  public WatchedGradient(PartitionIndex partition, PartitionForm pinned, long auditEvery) {
    this.partition = partition;
    this.pinned = pinned;
    this.gradient = new PartitionGradient(partition, PartitionForm.STANDARD);
    this.exact = new PartitionedSoftmax(partition);
    this.probe = new PartitionedSoftmax(partition);
    this.schedule = new AuditSchedule(auditEvery, partition.size());
  }

  /** Groups of 32 events between audits that cost about 1 % of the time. */
  public static long auditEvery(int items) {
    return Math.max(500, items / 200);
  }

  @Override
  public void fit(double[] theta, MinibatchContexts contexts) {
    gradient.fit(theta, contexts, form());
    if (contexts.size() == 0) {
      return;
    }
    minibatches++;
    events += contexts.size();
    int before = level;
    if (!gated && !gradient.group(0).isUniform()) {
      gate();
    }
    countAlarms(contexts.size());
    countGroups();
    follow();
    if (schedule.isDue(entropy) && (isExact() || schedule.isAffordable())) {
      audit();
    }
    if (level > before) {
      gradient.fit(theta, contexts, form());
    }
  }

  private PartitionForm form() {
    return pinned == null ? Ladder.form(level) : pinned;
  }

  private boolean isExact() {
    return pinned == null && level == Ladder.EXACT;
  }

  /** Items of the head, the centroids, the chosen clusters and the draws. */
  private void countGroups() {
    if (isExact()) {
      schedule.summedExactly(gradient.groups());
    } else {
      PartitionForm form = form();
      schedule.estimated(
          gradient.groups(),
          Math.min(
              partition.size(),
              partition.headSize()
                  + partition.clusters().count()
                  + (double) form.budget()
                  + form.draws()));
    }
  }

  private void gate() {
    gated = true;
    if (pinned == null) {
      double recall = RecallGate.recall(partition, gradient.group(0));
      if (recall < RecallGate.LOWEST) {
        barred = true;
        move(
            Ladder.EXACT,
            String.format(Locale.ROOT, "recall@256 %.2g below %s", recall, RecallGate.LOWEST));
      }
    }
  }

  private void countAlarms(int size) {
    alarms += gradient.lastAlarms();
    windowEvents += size;
    windowAlarms += gradient.lastAlarms();
    if (windowAlarms > ALARMING * WINDOW) {
      if (pinned == null && level < Ladder.EXACT) {
        move(
            level + 1,
            windowAlarms + " of " + windowEvents + " events have a tail weight above 1 % of Z");
      }
      clearWindow();
    } else if (windowEvents >= WINDOW) {
      clearWindow();
    }
  }

  private void clearWindow() {
    windowEvents = 0;
    windowAlarms = 0;
  }

  /** Follows the entropy, smoothed over some ten minibatches. */
  private void follow() {
    double sum = 0;
    PartitionedSoftmax group = gradient.group(0);
    for (int i = 0; i < group.count(); i++) {
      sum += group.logZ(i) - group.meanScore(i);
    }
    double now = sum / group.count();
    entropy = Double.isNaN(entropy) ? now : entropy + SMOOTHING * (now - entropy);
  }

  private void audit() {
    int g = (int) (audits % gradient.groups());
    audits++;
    if (isExact()) {
      schedule.compared(entropy);
      clean++;
      relax(g, gradient.group(g));
      return;
    }
    schedule.audited(entropy);
    gradient.lay(exact, g);
    exact.sumExactly();
    ErrorOfZ error = errorAt(g, form(), exact);
    record(error.isClean());
    if (pinned != null) {
      return;
    }
    if (error.isClean()) {
      clean++;
      relax(g, exact);
    } else {
      climb(g, error);
    }
  }

  private ErrorOfZ errorAt(int g, PartitionForm form, PartitionedSoftmax truth) {
    gradient.lay(probe, g);
    gradient.estimate(probe, g, form);
    ErrorOfZ error = ErrorOfZ.of(probe, truth);
    lastError = error.rootMeanSquare();
    return error;
  }

  private void record(boolean kept) {
    largestError = Math.max(largestError, lastError);
    failedAudits += kept ? 0 : 1;
  }

  private void climb(int g, ErrorOfZ error) {
    int to = level + 1;
    while (to < Ladder.EXACT && !errorAt(g, Ladder.form(to), exact).isClean()) {
      to++;
    }
    move(to, "audit: " + error);
  }

  private void relax(int g, PartitionedSoftmax truth) {
    if (barred || level == 0 || clean < cleanNeeded) {
      return;
    }
    clean = 0;
    ErrorOfZ error = errorAt(g, Ladder.form(level - 1), truth);
    if (error.isVeryClean()) {
      move(level - 1, "audit of the faster form: " + error);
    }
  }

  private void move(int to, String reason) {
    if (to > level) {
      escalations++;
      cleanNeeded = relaxations > 0 ? Math.min(MOST_CLEAN, 2 * cleanNeeded) : cleanNeeded;
    } else {
      relaxations++;
    }
    decisions.add(new GradientDecision(minibatches, Ladder.name(level), Ladder.name(to), reason));
    if (decisions.size() > GradientReport.KEPT) {
      decisions.remove(0);
    }
    level = to;
    clean = 0;
    schedule.changed();
    clearWindow();
  }

  @Override
  public SoftmaxStatistics at(int i) {
    return gradient.at(i);
  }

  @Override
  public GradientReport report() {
    return new GradientReport(
        pinned == null ? Ladder.name(level) : pinned.toString(),
        minibatches,
        events,
        alarms,
        audits,
        failedAudits,
        lastError,
        largestError,
        escalations,
        relaxations,
        decisions);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeByte(FORMAT);
    report().write(out);
    out.writeInt(partition.size());
    out.writeByte(level);
    out.writeBoolean(gated);
    out.writeBoolean(barred);
    schedule.write(out);
    out.writeDouble(entropy);
    out.writeInt(windowEvents);
    out.writeInt(windowAlarms);
    out.writeInt(clean);
    out.writeInt(cleanNeeded);
  }

  @Override
  public void read(DataInput in) throws IOException {
    int format = in.readByte();
    if (format != FORMAT) {
      throw new IOException("state of a watched gradient must have format 2: " + format);
    }
    GradientReport report = GradientReport.read(in);
    minibatches = report.minibatches();
    events = report.events();
    alarms = report.alarms();
    audits = report.audits();
    failedAudits = report.failedAudits();
    lastError = report.lastAuditError();
    largestError = report.largestAuditError();
    escalations = report.escalations();
    relaxations = report.relaxations();
    decisions.clear();
    decisions.addAll(report.decisions());
    boolean sameItems = in.readInt() == partition.size();
    level = in.readByte();
    gated = in.readBoolean();
    barred = in.readBoolean();
    schedule.read(in);
    entropy = in.readDouble();
    windowEvents = in.readInt();
    windowAlarms = in.readInt();
    clean = in.readInt();
    cleanNeeded = in.readInt();
    if (!sameItems) {
      startAnew();
    }
  }

  /** Another catalogue passes the gate and an audit of its own. */
  private void startAnew() {
    gated = false;
    barred = false;
    level = Ladder.STANDARD;
    clean = 0;
    schedule.startAnew();
  }
}
