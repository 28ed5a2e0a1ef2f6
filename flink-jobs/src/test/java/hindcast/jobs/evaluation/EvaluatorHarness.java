package hindcast.jobs.evaluation;

import hindcast.avro.CatalogueManifest;
import hindcast.avro.ValueEstimate;
import hindcast.avro.internal.EvaluationInput;
import hindcast.jobs.audit.AuditOptions;
import hindcast.jobs.config.PipelineConfig;
import hindcast.jobs.evaluation.EvaluationSettings.PolicyLine;
import hindcast.jobs.gate.GateSettings;
import hindcast.jobs.state.CatalogueManifests;
import java.util.List;
import java.util.Queue;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/** The evaluating operator alone, for rewards in [0, 1] and at most four open versions. */
final class EvaluatorHarness {
  static final int MAXIMUM_PARALLELISM = 8;

  private EvaluatorHarness() {}

  /** The operator under the settings that tests vary, see {@link EvaluationSettings}. */
  static KeyedTwoInputStreamOperatorTestHarness<
          String, EvaluationInput, CatalogueManifest, ValueEstimate>
      of(
          List<PolicyLine> lines,
          List<String> estimators,
          long rewardWindowMillis,
          long correctionHorizonMillis,
          long windowMillis,
          long reportEveryMillis,
          boolean bySegment)
          throws Exception {
    return of(
        lines,
        estimators,
        rewardWindowMillis,
        correctionHorizonMillis,
        windowMillis,
        reportEveryMillis,
        bySegment,
        null);
  }

  /** The same with an audit of weights. */
  static KeyedTwoInputStreamOperatorTestHarness<
          String, EvaluationInput, CatalogueManifest, ValueEstimate>
      of(
          List<PolicyLine> lines,
          List<String> estimators,
          long rewardWindowMillis,
          long correctionHorizonMillis,
          long windowMillis,
          long reportEveryMillis,
          boolean bySegment,
          AuditOptions audit)
          throws Exception {
    return of(
        lines,
        estimators,
        rewardWindowMillis,
        correctionHorizonMillis,
        windowMillis,
        reportEveryMillis,
        new EvaluationSettings.Windows(3_600_000, 86_400_000, 7 * 86_400_000L, 6, 60_000),
        bySegment,
        audit,
        1,
        0);
  }

  /** One of several subtasks, with windows of the test's own. */
  static KeyedTwoInputStreamOperatorTestHarness<
          String, EvaluationInput, CatalogueManifest, ValueEstimate>
      of(
          List<PolicyLine> lines,
          List<String> estimators,
          long rewardWindowMillis,
          long correctionHorizonMillis,
          long windowMillis,
          long reportEveryMillis,
          EvaluationSettings.Windows windows,
          boolean bySegment,
          AuditOptions audit,
          int parallelism,
          int subtask)
          throws Exception {
    EvaluationSettings settings =
        new EvaluationSettings(
            lines,
            estimators,
            0,
            1,
            rewardWindowMillis,
            correctionHorizonMillis,
            windowMillis,
            reportEveryMillis,
            windows,
            bySegment,
            4,
            300,
            .05,
            List.of(),
            .05,
            0);
    return new KeyedTwoInputStreamOperatorTestHarness<>(
        new CoBroadcastWithKeyedOperator<>(
            new EvaluatePolicy(settings, audit, GateSettings.of(PipelineConfig.defaults())),
            List.of(CatalogueManifests.STATE)),
        EvaluationInput::getOwner,
        null,
        Types.STRING,
        MAXIMUM_PARALLELISM,
        parallelism,
        subtask);
  }

  /** Hands an input to the operator. */
  static void send(
      KeyedTwoInputStreamOperatorTestHarness<
              String, EvaluationInput, CatalogueManifest, ValueEstimate>
          harness,
      EvaluationInput input,
      long timestamp)
      throws Exception {
    harness.processElement1(new StreamRecord<>(input, timestamp));
  }

  /** What a side output holds. */
  static <T> List<T> sideOutput(
      KeyedTwoInputStreamOperatorTestHarness<?, ?, ?, ?> harness, OutputTag<T> tag) {
    Queue<StreamRecord<T>> records = harness.getSideOutput(tag);
    return records == null ? List.of() : records.stream().map(StreamRecord::getValue).toList();
  }
}
