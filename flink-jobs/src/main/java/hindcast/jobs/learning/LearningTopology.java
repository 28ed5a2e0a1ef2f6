package hindcast.jobs.learning;

import hindcast.avro.CatalogueManifest;
import hindcast.avro.Feedback;
import hindcast.avro.PolicyCheckpoint;
import hindcast.avro.internal.FeedbackBlock;
import hindcast.jobs.config.LearningPolicyConfig;
import hindcast.jobs.config.PipelineConfig;
import hindcast.jobs.state.CatalogueManifests;
import hindcast.jobs.state.ImpressionTimeWindows;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * LEARNING: feedback in, policy checkpoints out.
 *
 * <pre>
 *   feedback ─ sequence (once, in order) ─ blocks for each owner ─ learn, one owner for each policy ─ checkpoints
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
      DataStream<CatalogueManifest> manifests) {
    List<LearningPolicyConfig> policies = config.learning().policies();
    Set<String> learners =
        policies.stream().map(LearningPolicyConfig::id).collect(Collectors.toSet());
    return blocks
        .filter(new OwnedBy(learners))
        .uid("blocks-of-learners")
        .name("blocks of learners")
        .setParallelism(1)
        .keyBy(FeedbackBlock::getOwner, Types.STRING)
        .connect(manifests.broadcast(CatalogueManifests.STATE))
        .process(
            new LearnPolicy(
                new ArrayList<>(policies.stream().map(LearnerSpec::of).toList()),
                config.checkpointStore().directory(),
                RecallSettings.of(config.catalogue())))
        .returns(new AvroTypeInfo<>(PolicyCheckpoint.class))
        .uid("learn-policies")
        .name("learn policies");
  }
}
