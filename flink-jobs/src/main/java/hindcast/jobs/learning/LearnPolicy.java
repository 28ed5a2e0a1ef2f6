package hindcast.jobs.learning;

import hindcast.avro.CatalogueManifest;
import hindcast.avro.Feedback;
import hindcast.avro.PolicyCheckpoint;
import hindcast.avro.PolicyControl;
import hindcast.avro.internal.FeedbackBlock;
import hindcast.avro.internal.LearningInput;
import hindcast.catalogue.CatalogueIndexes;
import hindcast.catalogue.IndexKind;
import hindcast.catalogue.ItemEmbeddings;
import hindcast.connectors.avro.AvroMapping;
import hindcast.connectors.checkpoint.PolicyCheckpointCodec;
import hindcast.connectors.checkpoint.PolicyCheckpointContent;
import hindcast.gradient.MinibatchScoreGradient;
import hindcast.jobs.catalogue.SharedCatalogue;
import hindcast.jobs.control.PolicyControls;
import hindcast.jobs.state.CatalogueManifests;
import hindcast.jobs.state.MaturityTime;
import hindcast.jobs.state.StateBytes;
import hindcast.jobs.state.UntilWatermark;
import hindcast.training.MinibatchTrainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns the training of the policies whose key falls to it: takes their blocks window by window,
 * fills minibatches across block and window borders, makes one step for each, and emits a
 * checkpoint every so many steps, all before the window's watermark goes on. At the end of the
 * stream the rest is trained as a smaller minibatch. A rollback takes effect before the window it
 * carries: the policy goes on from the version that came with it, and feedback that waits for its
 * minibatch stays.
 *
 * <p>A learner lives in memory from window to window; its state is written after each window in
 * which it made a step, and read after a restart and when another catalogue comes into force.
 */
public final class LearnPolicy
    extends KeyedBroadcastProcessFunction<
        String, LearningInput, CatalogueManifest, PolicyCheckpoint> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(LearnPolicy.class);

  private final Map<String, LearnerSpec> policies = new TreeMap<>();
  private final String checkpointDirectory;
  private final RecallSettings recall;
  private final MaturityTime maturity;
  private final long windowMillis;

  private transient UntilWatermark<FeedbackBlock> blocks;
  private transient UntilWatermark<PolicyControl> rollbacks;
  private transient ListState<Feedback> pending;
  private transient ValueState<byte[]> learnerState;
  private transient SharedCatalogue catalogue;
  private transient Map<String, Learner> learners;
  private transient LearnerMetrics metrics;
  private transient Map<String, IndexRecall> recalls;

  /**
   * @param policies the policies to learn
   * @param checkpointDirectory where checkpoints above 512 KB are stored
   * @param recall how the recall of their indexes is watched
   * @param maturity when the rewards of an impression are complete
   * @param windowMillis length of the windows of impression time that arrive at once
   */
  LearnPolicy(
      List<LearnerSpec> policies,
      String checkpointDirectory,
      RecallSettings recall,
      MaturityTime maturity,
      long windowMillis) {
    this.recall = recall;
    this.maturity = maturity;
    this.windowMillis = windowMillis;
    policies.forEach(policy -> this.policies.put(policy.id(), policy));
    this.checkpointDirectory = checkpointDirectory;
  }

  @Override
  public void open(OpenContext context) {
    blocks =
        new UntilWatermark<>(
            getRuntimeContext()
                .getMapState(
                    UntilWatermark.descriptor("blocks", new AvroTypeInfo<>(FeedbackBlock.class))));
    rollbacks =
        new UntilWatermark<>(
            getRuntimeContext()
                .getMapState(
                    UntilWatermark.descriptor(
                        "rollbacks", new AvroTypeInfo<>(PolicyControl.class))));
    pending =
        getRuntimeContext()
            .getListState(new ListStateDescriptor<>("pending", new AvroTypeInfo<>(Feedback.class)));
    learnerState =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>(
                    "learner", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    catalogue = new SharedCatalogue(getRuntimeContext().getMetricGroup(), this::indexes);
    learners = new HashMap<>();
    recalls = new HashMap<>();
    metrics = new LearnerMetrics(getRuntimeContext().getMetricGroup());
  }

  @Override
  public void close() {
    if (catalogue != null) {
      catalogue.close();
    }
  }

  @Override
  public void processBroadcastElement(
      CatalogueManifest manifest, Context context, Collector<PolicyCheckpoint> out)
      throws Exception {
    BroadcastState<Long, CatalogueManifest> manifests =
        context.getBroadcastState(CatalogueManifests.STATE);
    CatalogueManifests.add(manifests, manifest);
    catalogue.announced(manifest, manifests);
  }

  private Set<IndexKind> indexes(ItemEmbeddings embeddings) {
    return policies.values().stream()
        .map(
            policy ->
                MinibatchScoreGradient.indexOf(
                    policy.gradient(), policy.gradientParameters(), embeddings))
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }

  @Override
  public void processElement(
      LearningInput input, ReadOnlyContext context, Collector<PolicyCheckpoint> out)
      throws Exception {
    PolicyControl rollback = input.getControl();
    if (rollback != null) {
      rollbacks.add(
          rollback,
          PolicyControls.dueMillis(rollback, maturity, windowMillis),
          context.timerService());
      return;
    }
    FeedbackBlock block = input.getBlock();
    if (!catalogue.hasBegun() && !block.getFeedback().isEmpty()) {
      catalogue.prepare(
          context.getBroadcastState(CatalogueManifests.STATE),
          block.getFeedback().get(0).getEventTimeMicros());
    }
    blocks.add(block, context.timestamp(), context.timerService());
    context.timerService().registerEventTimeTimer(Long.MAX_VALUE);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<PolicyCheckpoint> out)
      throws Exception {
    boolean endOfStream = timestamp == Long.MAX_VALUE;
    for (PolicyControl rollback : rollbacks.take(timestamp)) {
      rollBack(policies.get(context.getCurrentKey()), rollback, context);
    }
    List<FeedbackBlock> window = new ArrayList<>(blocks.take(timestamp));
    if (window.isEmpty() && !endOfStream) {
      return;
    }
    window.sort(Comparator.comparingLong(FeedbackBlock::getNumber));
    List<Feedback> waiting = new ArrayList<>();
    pending.get().forEach(waiting::add);
    window.forEach(block -> waiting.addAll(block.getFeedback()));

    LearnerSpec policy = policies.get(context.getCurrentKey());
    int size = policy.minibatch();
    boolean due = waiting.size() >= size || (endOfStream && !waiting.isEmpty());
    if (!due && !endOfStream) {
      pending.update(waiting);
      return;
    }
    Learner learner = null;
    int trained = 0;
    while (waiting.size() - trained >= size || (endOfStream && waiting.size() > trained)) {
      int end = Math.min(waiting.size(), trained + size);
      List<Feedback> minibatch = waiting.subList(trained, end);
      learner = learner(policy, minibatch.get(0), context);
      probe(policy, learner, minibatch.get(0));
      learner.train(minibatch, out);
      trained = end;
    }
    if (learner == null) {
      learner = untilNow(policy, context);
    }
    if (learner == null) {
      return;
    }
    if (endOfStream) {
      learner.finish(out);
    }
    if (trained > 0) {
      catalogue.prepare(
          context.getBroadcastState(CatalogueManifests.STATE),
          waiting.get(trained - 1).getEventTimeMicros());
    }
    pending.update(new ArrayList<>(waiting.subList(trained, waiting.size())));
    learnerState.update(StateBytes.write(learner::write));
    metrics.update(policy.id(), learner);
  }

  private void rollBack(LearnerSpec policy, PolicyControl rollback, OnTimerContext context)
      throws Exception {
    PolicyCheckpoint checkpoint = rollback.getCheckpoint();
    PolicyCheckpointContent content = PolicyCheckpointCodec.read(checkpoint);
    long effective = rollback.getEffectiveTimeMicros();
    int dimension = content.parameters().contextDimension();
    Learner known = untilNow(policy, context);
    Learner before =
        known == null ? restore(policy, dimension, manifest(context, effective), null) : known;
    byte[] state =
        StateBytes.write(
            out -> before.writeRolledBack(content, checkpoint.getSha256(), effective, out));
    Learner learner = restore(policy, dimension, before.manifest(), state);
    learnerState.update(StateBytes.write(learner::write));
    metrics.update(policy.id(), learner);
    LOG.info(
        "{} is rolled back to version {} at event time {} us (command {}, {})",
        policy.id(),
        content.version(),
        effective,
        rollback.getCommandId(),
        rollback.getRequestedBy());
  }

  /** Measures the recall of the policy's index, if it has one and a probe is due. */
  private void probe(LearnerSpec policy, Learner learner, Feedback first) throws IOException {
    if (!recall.isDue(learner.trainedOnMicros(), first.getEventTimeMicros())) {
      return;
    }
    CatalogueIndexes indexes = catalogue.indexes(learner.manifest());
    IndexKind kind =
        MinibatchScoreGradient.indexOf(
            policy.gradient(), policy.gradientParameters(), indexes.embeddings());
    hindcast.feedback.Context context = AvroMapping.context(first.getContext());
    if (kind != null && context.dimension() == learner.parameters().contextDimension()) {
      recalls
          .computeIfAbsent(
              policy.id(),
              id ->
                  new IndexRecall(
                      id,
                      recall,
                      getRuntimeContext()
                          .getMetricGroup()
                          .addGroup("hindcast")
                          .addGroup("policy", id)))
          .measure(kind, indexes, learner.parameters(), context);
    }
  }

  /** The policy's learner over the catalogue in force at a minibatch's first event. */
  private Learner learner(LearnerSpec policy, Feedback first, OnTimerContext context)
      throws Exception {
    CatalogueManifest manifest = manifest(context, first.getEventTimeMicros());
    Learner current = learners.get(policy.id());
    if (current != null && current.manifest().equals(manifest)) {
      return current;
    }
    byte[] state = current == null ? learnerState.value() : StateBytes.write(current::write);
    if (state == null && !policy.startsFrom().isEmpty()) {
      state = started(policy, manifest);
    }
    int dimension =
        state == null
            ? AvroMapping.context(first.getContext()).dimension()
            : Learner.contextDimension(state);
    return restore(policy, dimension, manifest, state);
  }

  /** The state of a learner that goes on from the version in a file. */
  private byte[] started(LearnerSpec policy, CatalogueManifest manifest) throws Exception {
    PolicyCheckpoint checkpoint = CheckpointFile.read(Path.of(policy.startsFrom()));
    PolicyCheckpointContent content = PolicyCheckpointCodec.read(checkpoint);
    Learner fresh = restore(policy, content.parameters().contextDimension(), manifest, null);
    LOG.info(
        "{} starts from version {} in {}", policy.id(), content.version(), policy.startsFrom());
    return StateBytes.write(
        out ->
            fresh.writeRolledBack(
                content, checkpoint.getSha256(), content.dataCutMicros() - 1, out));
  }

  /** The policy's learner as the last minibatch left it; null before the first. */
  private Learner untilNow(LearnerSpec policy, OnTimerContext context) throws Exception {
    Learner current = learners.get(policy.id());
    byte[] state = learnerState.value();
    if (current != null || state == null) {
      return current;
    }
    CatalogueManifest manifest = manifest(context, Learner.trainedOnMicros(state));
    return restore(policy, Learner.contextDimension(state), manifest, state);
  }

  private CatalogueManifest manifest(OnTimerContext context, long timeMicros) throws Exception {
    return catalogue.inForce(context.getBroadcastState(CatalogueManifests.STATE), timeMicros);
  }

  private Learner restore(
      LearnerSpec policy, int dimension, CatalogueManifest manifest, byte[] state)
      throws Exception {
    MinibatchTrainer trainer =
        new MinibatchTrainer(
            policy.settings(),
            policy.id(),
            dimension,
            catalogue.get(manifest),
            catalogue.indexes(manifest));
    Learner learner =
        new Learner(policy, manifest, trainer, new PolicyCheckpointCodec(checkpointDirectory));
    StateBytes.read(state, learner::read);
    learners.put(policy.id(), learner);
    catalogue.keepOnly(learners.values().stream().map(Learner::manifest).toList());
    return learner;
  }
}
