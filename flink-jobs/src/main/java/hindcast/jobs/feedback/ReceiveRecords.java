package hindcast.jobs.feedback;

import hindcast.avro.Impression;
import hindcast.avro.InputStream;
import hindcast.avro.Reward;
import hindcast.connectors.avro.AvroMapping;
import hindcast.connectors.kafka.RawRecord;
import hindcast.feedback.FeedbackValidator;
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

  private transient FeedbackValidator validator;
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
    validator = new FeedbackValidator(formula, futureToleranceMicros, propensityFloor);
  }

  @Override
  public void processElement(RawRecord record, Context context, Collector<RawRecord> out) {
    if (record.kind() == RawRecord.Kind.MARKER || record.kind() == RawRecord.Kind.CLOSING) {
      return;
    }
    ledger.in();
    Reject reject = record.isData() ? check(record) : record.reject();
    if (reject == null) {
      out.collect(record);
    } else {
      ledger.deadLettered(reject.reason().name());
      context.output(DeadLetterOutput.TAG, DeadLetterOutput.of(record, reject));
    }
  }

  private Reject check(RawRecord record) {
    long appendTime =
        record.appendTimeMillis() < 0
            ? FeedbackValidator.NO_APPEND_TIME
            : record.appendTimeMillis();
    if (stream == InputStream.REWARDS) {
      Reward reward = record.payload(Reward.class);
      return validator.checkReward(
          reward.getImpressionId(),
          reward.getRewardId(),
          reward.getKind(),
          reward.getEventTimeMicros(),
          appendTime,
          reward.getValue());
    }
    Impression impression = record.payload(Impression.class);
    Reject reject =
        validator.checkImpression(
            impression.getImpressionId(),
            impression.getEventTimeMicros(),
            appendTime,
            impression.getSegment(),
            impression.getItemId(),
            impression.getPosition(),
            impression.getEligibleItemIds(),
            impression.getPropensity(),
            impression.getPolicyId());
    if (reject == null) {
      reject =
          validator.checkPropensityDraws(
              impression.getPropensity(),
              impression.getPropensityDraws(),
              impression.getImpressionId());
    }
    return reject == null ? AvroMapping.checkContext(impression.getContext()) : reject;
  }
}
