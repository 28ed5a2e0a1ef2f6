package hindcast.gradient;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a gradient did since it was made. Reports of several gradients merge: counts add up, errors
 * keep the largest, decisions keep the latest {@value #KEPT}.
 *
 * @param estimator what is in use, such as {@code partition E=500 N=2048}
 * @param minibatches minibatches fitted
 * @param events events fitted
 * @param alarms events in whose Ẑ one tail weight held more than its share
 * @param audits minibatches that were summed exactly as well, to compare
 * @param failedAudits audits that broke a limit
 * @param lastAuditError root mean square relative error of Ẑ at the last audit; 0 before any
 * @param largestAuditError the largest of these
 * @param escalations steps to a more careful estimator
 * @param relaxations steps to a faster estimator
 * @param decisions the latest changes of the estimator, oldest first
 */
public record GradientReport(
    String estimator,
    long minibatches,
    long events,
    long alarms,
    long audits,
    long failedAudits,
    double lastAuditError,
    double largestAuditError,
    long escalations,
    long relaxations,
    List<GradientDecision> decisions) {

  /** Decisions a report holds at most. */
  public static final int KEPT = 20;

  public GradientReport {
    decisions =
        List.copyOf(decisions.subList(Math.max(0, decisions.size() - KEPT), decisions.size()));
  }

  /** The report of an estimator that watches nothing. */
  public static GradientReport unwatched(String estimator, long minibatches, long events) {
    return new GradientReport(estimator, minibatches, events, 0, 0, 0, 0, 0, 0, 0, List.of());
  }

  /** Both together; the estimator is this one's, and the other's if it differs. */
  public GradientReport merge(GradientReport other) {
    List<GradientDecision> both = new ArrayList<>(decisions);
    both.addAll(other.decisions);
    return new GradientReport(
        estimator.equals(other.estimator) ? estimator : estimator + ", " + other.estimator,
        minibatches + other.minibatches,
        events + other.events,
        alarms + other.alarms,
        audits + other.audits,
        failedAudits + other.failedAudits,
        Math.max(lastAuditError, other.lastAuditError),
        Math.max(largestAuditError, other.largestAuditError),
        escalations + other.escalations,
        relaxations + other.relaxations,
        both);
  }

  /** Writes the report. */
  public void write(DataOutput out) throws IOException {
    out.writeUTF(estimator);
    for (long count : new long[] {minibatches, events, alarms, audits, failedAudits}) {
      out.writeLong(count);
    }
    out.writeDouble(lastAuditError);
    out.writeDouble(largestAuditError);
    out.writeLong(escalations);
    out.writeLong(relaxations);
    out.writeInt(decisions.size());
    for (GradientDecision decision : decisions) {
      out.writeLong(decision.minibatch());
      out.writeUTF(decision.from());
      out.writeUTF(decision.to());
      out.writeUTF(decision.reason());
    }
  }

  /** Reads what {@link #write} wrote. */
  public static GradientReport read(DataInput in) throws IOException {
    String estimator = in.readUTF();
    long[] counts = new long[5];
    for (int k = 0; k < counts.length; k++) {
      counts[k] = in.readLong();
    }
    double lastAuditError = in.readDouble();
    double largestAuditError = in.readDouble();
    long escalations = in.readLong();
    long relaxations = in.readLong();
    List<GradientDecision> decisions = new ArrayList<>();
    for (int k = in.readInt(); k > 0; k--) {
      decisions.add(new GradientDecision(in.readLong(), in.readUTF(), in.readUTF(), in.readUTF()));
    }
    return new GradientReport(
        estimator,
        counts[0],
        counts[1],
        counts[2],
        counts[3],
        counts[4],
        lastAuditError,
        largestAuditError,
        escalations,
        relaxations,
        decisions);
  }
}
