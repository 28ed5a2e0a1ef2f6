package hindcast.jobs.evaluation;

import hindcast.avro.Alert;
import hindcast.avro.AuditFinding;
import hindcast.avro.CatalogueManifest;
import hindcast.avro.Feedback;
import hindcast.avro.GateVerdict;
import hindcast.avro.PolicyCheckpoint;
import hindcast.avro.PolicyControl;
import hindcast.avro.ValueEstimate;
import hindcast.avro.ValueWindow;
import hindcast.avro.internal.EvaluationInput;
import hindcast.avro.internal.FeedbackBlock;
import hindcast.avro.internal.ScoredBlock;
import hindcast.connectors.avro.AvroMapping;
import hindcast.connectors.avro.ControlMapping;
import hindcast.control.ControlAction;
import hindcast.control.ControlCommand;
import hindcast.control.DeploymentHistory;
import hindcast.evaluation.EvaluatedSlice;
import hindcast.evaluation.ProgressiveValidation;
import hindcast.evaluation.ScoredWindow;
import hindcast.feedback.LoggedFeedback;
import hindcast.jobs.audit.AuditOptions;
import hindcast.jobs.catalogue.SharedCatalogue;
import hindcast.jobs.control.PolicyControls;
import hindcast.jobs.gate.GateSettings;
import hindcast.jobs.gate.PromotionCommands;
import hindcast.jobs.state.CatalogueManifests;
import hindcast.jobs.state.ImpressionTimeWindows;
import hindcast.jobs.state.MaturityTime;
import hindcast.jobs.state.StateBytes;
import hindcast.jobs.state.UntilWatermark;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns the evaluation of the policy lines whose key falls to it. It handles a window once both its
 * feedback and the checkpoints cut in it have arrived: opens versions, scores the window's outcomes
 * in order under every open version whose cut precedes them, and reports the estimates every so
 * often and at the end of the stream. Inside the correction horizon it keeps how each outcome was
 * scored, those that were not activated in time among them, and sums a window again when a
 * correction of one of its outcomes arrives. A verdict of the audit marks every report from its
 * event time on; a critical finding about the weights of a policy, looked at with each report,
 * marks that policy's.
 *
 * <p>A command takes effect before the outcomes of its window are scored: a version is opened
 * whatever else is open, or closed with its final estimate; a rollback closes the versions it left.
 */
public final class EvaluatePolicy
    extends KeyedBroadcastProcessFunction<
        String, EvaluationInput, CatalogueManifest, ValueEstimate> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(EvaluatePolicy.class);

  /** Side output of alerts. */
  public static final OutputTag<Alert> ALERTS =
      new OutputTag<>("alerts", new AvroTypeInfo<>(Alert.class));

  /** Side output of findings about a policy's weights, when they begin, change or end. */
  public static final OutputTag<AuditFinding> FINDINGS =
      new OutputTag<>("findings-of-policies", new AvroTypeInfo<>(AuditFinding.class));

  /** Side output of the windows that are to be stored. */
  public static final OutputTag<ValueWindow> WINDOWS =
      new OutputTag<>("value-windows", new AvroTypeInfo<>(ValueWindow.class));

  /** Side output of the verdicts of gates, with each report. */
  public static final OutputTag<GateVerdict> VERDICTS =
      new OutputTag<>("verdicts", new AvroTypeInfo<>(GateVerdict.class));

  /** Side output of the promotions that gates command. */
  public static final OutputTag<PolicyControl> PROMOTIONS =
      new OutputTag<>("promotions", new AvroTypeInfo<>(PolicyControl.class));

  /** Side output of the weights of every version on every block, while something is deployed. */
  public static final OutputTag<ScoredBlock> WEIGHTS =
      new OutputTag<>("weights", new AvroTypeInfo<>(ScoredBlock.class));

  private final EvaluationSettings settings;
  private final AuditOptions audit;
  private final GateSettings gates;

  private transient UntilWatermark<EvaluationInput> inputs;
  private transient MapState<String, byte[]> estimates;
  private transient ScoredWindows scoredWindows;
  private transient MapState<Long, PolicyCheckpoint> openVersions;
  private transient ValueState<Long> evaluatedUntilMicros;
  private transient ListState<String> unreliable;
  private transient ValueState<byte[]> auditedWeights;
  private transient ValueState<byte[]> candidates;
  private transient ValueState<byte[]> deployments;
  private transient Map<String, LineEvaluation> lines;
  private transient ScorerFactory scorers;
  private transient EstimateMetrics metrics;

  /**
   * Evaluates as {@code settings} say.
   *
   * @param audit how weights are audited; null for not at all
   * @param gates what candidates are asked
   */
  public EvaluatePolicy(EvaluationSettings settings, AuditOptions audit, GateSettings gates) {
    this.settings = settings;
    this.audit = audit;
    this.gates = gates;
  }

  @Override
  public void open(OpenContext context) {
    inputs =
        new UntilWatermark<>(
            getRuntimeContext()
                .getMapState(
                    UntilWatermark.descriptor(
                        "inputs", new AvroTypeInfo<>(EvaluationInput.class))));
    estimates =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "estimates",
                    Types.STRING,
                    PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    scoredWindows = new ScoredWindows(settings, getRuntimeContext());
    openVersions =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "open-versions", Types.LONG, new AvroTypeInfo<>(PolicyCheckpoint.class)));
    evaluatedUntilMicros =
        getRuntimeContext().getState(new ValueStateDescriptor<>("evaluated-until", Types.LONG));
    unreliable =
        getRuntimeContext().getListState(new ListStateDescriptor<>("unreliable", Types.STRING));
    auditedWeights =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>(
                    "audited-weights", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    candidates =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>(
                    "candidates", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    deployments =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>(
                    "deployments", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    lines = new HashMap<>();
    metrics = new EstimateMetrics(getRuntimeContext().getMetricGroup());
    scorers =
        new ScorerFactory(
            new SharedCatalogue(getRuntimeContext().getMetricGroup(), ScorerFactory::indexes));
  }

  @Override
  public void close() {
    if (scorers != null) {
      scorers.close();
    }
  }

  @Override
  public void processBroadcastElement(
      CatalogueManifest manifest, Context context, Collector<ValueEstimate> out) throws Exception {
    BroadcastState<Long, CatalogueManifest> manifests =
        context.getBroadcastState(CatalogueManifests.STATE);
    CatalogueManifests.add(manifests, manifest);
    scorers.announced(manifest, manifests);
  }

  @Override
  public void processElement(
      EvaluationInput input, ReadOnlyContext context, Collector<ValueEstimate> out)
      throws Exception {
    if (!scorers.hasBegun() && input.getCheckpoint() != null) {
      scorers.prepare(
          context.getBroadcastState(CatalogueManifests.STATE),
          input.getCheckpoint().getDataCutMicros());
    }
    long due = due(input, context);
    inputs.add(input, due, context.timerService());
    context.timerService().registerEventTimeTimer(Long.MAX_VALUE);
    long reportEvery = settings.reportEveryMillis();
    if (reportEvery > 0 && due < Long.MAX_VALUE) {
      MaturityTime maturity = settings.maturity();
      long impressionTime = maturity.impressionTime(due);
      long boundary = MaturityTime.nextBoundary(impressionTime, reportEvery);
      context.timerService().registerEventTimeTimer(maturity.of(boundary) - 1);
    }
  }

  private long due(EvaluationInput input, ReadOnlyContext context) {
    if (input.getCorrection() != null) {
      return scoredWindows.due(input.getCorrection(), context.timerService().currentWatermark());
    }
    return input.getControl() == null
        ? context.timestamp()
        : PolicyControls.dueMillis(
            input.getControl(), settings.maturity(), settings.learningWindowMillis());
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<ValueEstimate> out)
      throws Exception {
    List<EvaluationInput> window = inputs.take(timestamp);
    scorers.know(context.getBroadcastState(CatalogueManifests.STATE));
    LineEvaluation line = line(context.getCurrentKey());
    if (!window.isEmpty()) {
      mark(line, window);
      obey(line, window, out);
      openVersions(line, window, out);
      score(line, window, timestamp, context);
      line.takeClosed().forEach(closed -> context.output(WEIGHTS, closed));
      scoredWindows.revise(line, window);
      keepUsedCatalogues(line);
      if (scorers.hasBegun()) {
        scorers.prepare(
            context.getBroadcastState(CatalogueManifests.STATE), line.evaluatedUntilMicros());
      }
    }
    boolean settled = scoredWindows.settle(line, timestamp);
    if (settled) {
      line.reportClosed().forEach(out::collect);
    }
    if (isReportTime(timestamp)) {
      line.audit()
          .look(line.evaluatedUntilMicros())
          .forEach(finding -> context.output(FINDINGS, finding));
      for (ValueEstimate estimate : line.report()) {
        metrics.show(estimate);
        out.collect(estimate);
      }
      judge(line, context);
    }
    line.windows(timestamp == Long.MAX_VALUE).forEach(stored -> context.output(WINDOWS, stored));
    if (settled || !window.isEmpty()) {
      forgetSettled(line);
    }
    write(line);
  }

  private void judge(LineEvaluation line, OnTimerContext context) throws Exception {
    for (GateVerdict verdict : line.verdicts()) {
      context.output(VERDICTS, verdict);
      if (line.gates().isToBeCommanded(verdict)) {
        context.output(
            PROMOTIONS,
            PromotionCommands.of(
                line.line().id(), verdict, openVersions.get(verdict.getVersion())));
      }
    }
  }

  private boolean isReportTime(long timestamp) {
    if (timestamp == Long.MAX_VALUE) {
      return true;
    }
    long reportEvery = settings.reportEveryMillis();
    return reportEvery > 0
        && Math.floorMod(settings.maturity().impressionTime(timestamp + 1), reportEvery) == 0;
  }

  private LineEvaluation line(String key) throws Exception {
    LineEvaluation line = lines.get(key);
    if (line == null) {
      line = restore(key);
      lines.put(key, line);
      MetricGroup group =
          getRuntimeContext().getMetricGroup().addGroup("hindcast").addGroup("policy", key);
      group.gauge("notScoredFeedback", (Gauge<Long>) line::refused);
      group.gauge("notScoredCorrections", (Gauge<Long>) line::revisionsNotScored);
    }
    return line;
  }

  private LineEvaluation restore(String key) throws Exception {
    LineEvaluation line = new LineEvaluation(settings, settings.line(key), audit, gates);
    if (line.line().kind() != EvaluationSettings.Kind.LEARNED) {
      line.open(0, Long.MIN_VALUE, scorers.fixed(line.line()));
    }
    if (deployments.value() != null) {
      List<Long> unused =
          line.follow(StateBytes.parse(deployments.value(), DeploymentHistory::read));
    }
    for (Map.Entry<Long, PolicyCheckpoint> version : openVersions.entries()) {
      PolicyCheckpoint checkpoint = version.getValue();
      line.open(
          version.getKey(),
          checkpoint.getDataCutMicros(),
          scorers.learned(line.line(), checkpoint));
    }
    for (Map.Entry<String, byte[]> entry : estimates.entries()) {
      StateBytes.read(entry.getValue(), line.slice(EvaluatedSlice.parse(entry.getKey()))::read);
    }
    scoredWindows.restore(line);
    if (auditedWeights.value() != null) {
      StateBytes.read(auditedWeights.value(), line.audit()::read);
    }
    if (candidates.value() != null) {
      StateBytes.read(candidates.value(), line.gates()::read);
    }
    List<String> names = new ArrayList<>();
    unreliable.get().forEach(names::add);
    line.unreliable(names);
    if (evaluatedUntilMicros.value() != null) {
      line.evaluatedUntil(evaluatedUntilMicros.value());
    }
    return line;
  }

  private void openVersions(
      LineEvaluation line, List<EvaluationInput> window, Collector<ValueEstimate> out)
      throws Exception {
    List<PolicyCheckpoint> checkpoints =
        window.stream()
            .map(EvaluationInput::getCheckpoint)
            .filter(Objects::nonNull)
            .filter(checkpoint -> ProgressiveValidation.isOpened(checkpoint.getVersion()))
            .sorted(Comparator.comparingLong(PolicyCheckpoint::getVersion))
            .toList();
    for (PolicyCheckpoint checkpoint : checkpoints) {
      open(line, checkpoint, out);
    }
  }

  private void open(LineEvaluation line, PolicyCheckpoint checkpoint, Collector<ValueEstimate> out)
      throws Exception {
    long version = checkpoint.getVersion();
    if (line.isOpen(version)) {
      return;
    }
    openVersions.put(version, checkpoint);
    List<Long> closed =
        line.open(version, checkpoint.getDataCutMicros(), scorers.learned(line.line(), checkpoint));
    for (long old : closed) {
      close(line, old, "there is no room beside newer versions", out);
    }
  }

  private void close(LineEvaluation line, long version, String why, Collector<ValueEstimate> out)
      throws Exception {
    line.report(version).forEach(out::collect);
    openVersions.remove(version);
    line.close(version);
    LOG.info(
        "{} version {} is closed with its final estimate at event time {} us: {}",
        line.line().id(),
        version,
        line.evaluatedUntilMicros(),
        why);
  }

  private void obey(LineEvaluation line, List<EvaluationInput> window, Collector<ValueEstimate> out)
      throws Exception {
    List<PolicyControl> controls =
        window.stream().map(EvaluationInput::getControl).filter(Objects::nonNull).toList();
    for (PolicyControl control : controls) {
      ControlCommand command = ControlMapping.command(control);
      DeploymentHistory history = line.deployments();
      history.add(command);
      List<Long> left = line.follow(history);
      if (command.target().line().equals(line.line().id())) {
        obey(line, control, command.action(), out);
      }
      for (long version : left) {
        if (line.isOpen(version)) {
          close(line, version, "a rollback left it", out);
        }
      }
      deployments.update(StateBytes.write(history::write));
    }
  }

  private void obey(
      LineEvaluation line,
      PolicyControl control,
      ControlAction action,
      Collector<ValueEstimate> out)
      throws Exception {
    if (action != ControlAction.CLOSE && control.getCheckpoint() != null) {
      open(line, control.getCheckpoint(), out);
    } else if (action == ControlAction.CLOSE && line.isOpen(control.getVersion())) {
      close(line, control.getVersion(), control.getRequestedBy() + " closed it", out);
    }
  }

  private void mark(LineEvaluation line, List<EvaluationInput> window) throws Exception {
    for (EvaluationInput input : window) {
      if (input.getVerdict() != null) {
        unreliable.update(input.getVerdict().getUnreliable());
        line.unreliable(input.getVerdict().getUnreliable());
      }
    }
  }

  private void forgetSettled(LineEvaluation line) throws Exception {
    for (EvaluatedSlice slice : line.forgetSettled()) {
      estimates.remove(slice.text());
    }
  }

  private void keepUsedCatalogues(LineEvaluation line) throws Exception {
    Set<Long> open = new HashSet<>();
    openVersions.keys().forEach(open::add);
    open.add(0L);
    scorers.keepOnly(line.line().id(), open);
  }

  private void score(
      LineEvaluation line, List<EvaluationInput> window, long timestamp, OnTimerContext context)
      throws Exception {
    List<FeedbackBlock> blocks = new ArrayList<>();
    window.stream().map(EvaluationInput::getBlock).filter(Objects::nonNull).forEach(blocks::add);
    if (blocks.isEmpty()) {
      return;
    }
    blocks.sort(Comparator.comparingLong(FeedbackBlock::getNumber));
    ScoredWindow scored = settings.isRevisable() ? new ScoredWindow() : null;
    for (FeedbackBlock block : blocks) {
      line.score(
          outcomes(block),
          unactivated(block),
          block.getWindowEndMicros(),
          scored,
          alert -> context.output(ALERTS, alert));
      line.takeWeights(block.getNumber()).forEach(weights -> context.output(WEIGHTS, weights));
      line.evaluatedUntil(block.getWindowEndMicros());
    }
    if (scored != null) {
      scoredWindows.put(blocks.get(0).getWindowEndMicros(), scored);
      context.timerService().registerEventTimeTimer(timestamp + settings.correctionHorizonMillis());
    }
  }

  private static List<LoggedFeedback> outcomes(FeedbackBlock block) {
    if (block.getUnactivated().isEmpty()) {
      return block.getFeedback().stream().map(AvroMapping::feedback).toList();
    }
    return Stream.concat(block.getFeedback().stream(), block.getUnactivated().stream())
        .sorted(ImpressionTimeWindows.ORDER)
        .map(AvroMapping::feedback)
        .toList();
  }

  private static Set<String> unactivated(FeedbackBlock block) {
    return block.getUnactivated().stream()
        .map(Feedback::getImpressionId)
        .collect(Collectors.toSet());
  }

  private void write(LineEvaluation line) throws Exception {
    for (Map.Entry<EvaluatedSlice, SliceEstimates> slice : line.takeChanged().entrySet()) {
      estimates.put(slice.getKey().text(), StateBytes.write(slice.getValue()::write));
    }
    evaluatedUntilMicros.update(line.evaluatedUntilMicros());
    if (line.audit().isEnabled()) {
      auditedWeights.update(StateBytes.write(line.audit()::write));
    }
    if (line.gates().isEnabled()) {
      candidates.update(StateBytes.write(line.gates()::write));
    }
  }
}
