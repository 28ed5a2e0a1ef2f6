package hindcast.jobs.control;

import hindcast.avro.DeadLetter;
import hindcast.avro.PolicyControl;
import hindcast.avro.internal.FeedbackBlock;
import hindcast.connectors.kafka.RawRecord;
import hindcast.jobs.config.PipelineConfig;
import hindcast.jobs.feedback.DeadLetterOutput;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * CONTROL: commands in; out, each once, those that are obeyed, ahead of the window in which they
 * take effect.
 *
 * <pre>
 *   commands ────────────┐
 *                        ├─ receive: check, once by id, window ─ commands
 *   blocks (time only) ──┘
 * </pre>
 */
public final class ControlTopology {
  private ControlTopology() {}

  /**
   * What comes out.
   *
   * @param controls what is obeyed, see {@link PolicyControls}
   * @param deadLetters what is refused
   */
  public record Output(DataStream<PolicyControl> controls, DataStream<DeadLetter> deadLetters) {}

  /** Builds the topology. */
  public static Output build(
      PipelineConfig config, DataStream<RawRecord> commands, DataStream<FeedbackBlock> blocks) {
    DataStream<FeedbackBlock> time =
        blocks
            .filter(block -> false)
            .uid("time-of-feedback")
            .name("time of feedback")
            .setParallelism(1);
    SingleOutputStreamOperator<PolicyControl> controls =
        commands
            .connect(time)
            .process(new ReceiveControls(ControlSettings.of(config)))
            .returns(new AvroTypeInfo<>(PolicyControl.class))
            .uid("receive-controls")
            .name("receive commands")
            .setParallelism(1);
    return new Output(controls, controls.getSideOutput(DeadLetterOutput.TAG));
  }
}
