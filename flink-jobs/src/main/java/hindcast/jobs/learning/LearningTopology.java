package hindcast.jobs.learning;

import hindcast.avro.CatalogueManifest;
import hindcast.avro.Feedback;
import hindcast.avro.PolicyCheckpoint;
import hindcast.avro.PolicyCommand;
import hindcast.avro.PolicyControl;
import hindcast.avro.internal.FeedbackBlock;
import hindcast.avro.internal.LearningInput;
import hindcast.control.PolicyVersion;
import hindcast.jobs.config.LearningPolicyConfig;
import hindcast.jobs.config.PipelineConfig;
import hindcast.jobs.state.CatalogueManifests;
import hindcast.jobs.state.ImpressionTimeWindows;
import hindcast.jobs.state.MaturityTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * LEARNING: feedback and rollbacks in, policy checkpoints out.
 *
 * <pre>
 *   feedback ─ sequence (once, in order) ─ blocks for each owner ─┐
 *   rollbacks ──────────────────────────────────────────────────┴─ learn, one owner for each policy ─ checkpoints
 * </pre>
 */
public final class LearningTopology {
  private LearningTopology() {}

  /**
   * Orders the feedback once and cuts it into blocks, one copy for each policy line that learns or
   * is evaluated. The sequencer has one subtask: its rate on one core is the ceiling of a job.
   */
  public static DataStream<FeedbackBlock> sequence(
      PipelineConfig config, DataStream<Feedback> feedback, List<String> owners) {
    ImpressionTimeWindows windows =
        new ImpressionTimeWindows(config.learning().window(), config.reward().window());
    return feedback
        .keyBy(record -> 0, Types.INT)
        .window(windows)
        .process(new SequenceFeedback(windows, owners), new AvroTypeInfo<>(FeedbackBlock.class))
        .uid("sequence-feedback")
        .name("sequence feedback")
        .setParallelism(1);
  }

  /** Trains every configured policy on its blocks. */
  public static DataStream<PolicyCheckpoint> build(
      PipelineConfig config,
      DataStream<FeedbackBlock> blocks,
      DataStream<PolicyControl> controls,
      DataStream<CatalogueManifest> manifests) {
    List<LearningPolicyConfig> policies = config.learning().policies();
    Set<String> learners =
        policies.stream().map(LearningPolicyConfig::id).collect(Collectors.toSet());
    AvroTypeInfo<LearningInput> inputType = new AvroTypeInfo<>(LearningInput.class);
    DataStream<LearningInput> toLearn =
        blocks
            .filter(new OwnedBy(learners))
            .uid("blocks-of-learners")
            .name("blocks of learners")
            .setParallelism(1)
            .map(block -> new LearningInput(block.getOwner(), block, null))
            .returns(inputType)
            .uid("blocks-to-learn")
            .name("blocks to learn")
            .setParallelism(1);
    DataStream<LearningInput> toRollBack =
        controls
            .filter(
                control ->
                    control.getCommand() == PolicyCommand.ROLLBACK
                        && control.getCheckpoint() != null)
            .uid("rollbacks-of-learners")
            .name("rollbacks of learners")
            .setParallelism(1)
            .map(
                control ->
                    new LearningInput(
                        new PolicyVersion(control.getPolicy(), control.getVersion()).line(),
                        null,
                        control))
            .returns(inputType)
            .uid("rollbacks-to-learn")
            .name("rollbacks to learn")
            .setParallelism(1);
    return toLearn
        .union(toRollBack)
        .keyBy(LearningInput::getOwner, Types.STRING)
        .connect(manifests.broadcast(CatalogueManifests.STATE))
        .process(
            new LearnPolicy(
                new ArrayList<>(policies.stream().map(LearnerSpec::of).toList()),
                config.checkpointStore().directory(),
                RecallSettings.of(config.catalogue()),
                new MaturityTime(config.reward().window().toMillis()),
                config.learning().window().toMillis()))
        .returns(new AvroTypeInfo<>(PolicyCheckpoint.class))
        .uid("learn-policies")
        .name("learn policies");
  }
}
