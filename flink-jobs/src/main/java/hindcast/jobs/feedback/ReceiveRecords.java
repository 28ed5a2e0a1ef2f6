package hindcast.jobs.feedback;

import hindcast.avro.InputStream;
import hindcast.connectors.kafka.RawRecord;
import hindcast.feedback.Reject;
import hindcast.feedback.RewardFormula;
import hindcast.jobs.state.Ledger;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Receives impressions or rewards: counts every record in, lets the valid ones through and sends
 * the others to the dead letters with the rule they broke. Time markers have done their work in the
 * source and end here.
 */
public final class ReceiveRecords extends ProcessFunction<RawRecord, RawRecord>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1L;

  private final InputStream stream;
  private final RewardFormula formula;
  private final long futureToleranceMicros;
  private final double propensityFloor;

  private transient FeedbackCheck check;
  private transient Ledger ledger;

  /**
   * @param stream {@code IMPRESSIONS} or {@code REWARDS}
   * @param formula which rewards there are
   * @param futureToleranceMicros how far an event time may lie after the append time
   * @param propensityFloor smallest accepted propensity
   */
  public ReceiveRecords(
      InputStream stream,
      RewardFormula formula,
      long futureToleranceMicros,
      double propensityFloor) {
    this.stream = stream;
    this.formula = formula;
    this.futureToleranceMicros = futureToleranceMicros;
    this.propensityFloor = propensityFloor;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    ledger =
        Ledger.open(
            stream == InputStream.IMPRESSIONS ? "impressions" : "rewards",
            context.getOperatorStateStore(),
            getRuntimeContext().getMetricGroup());
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    ledger.snapshot();
  }

  @Override
  public void open(OpenContext context) {
    check = new FeedbackCheck(formula, futureToleranceMicros, propensityFloor);
  }

  @Override
  public void processElement(RawRecord record, Context context, Collector<RawRecord> out) {
    if (record.kind() == RawRecord.Kind.MARKER || record.kind() == RawRecord.Kind.CLOSING) {
      return;
    }
    ledger.in();
    Reject reject = record.isData() ? check.check(record) : record.reject();
    if (reject == null) {
      out.collect(record);
    } else {
      ledger.deadLettered(reject.reason().name());
      context.output(DeadLetterOutput.TAG, DeadLetterOutput.of(record, reject));
    }
  }
}
