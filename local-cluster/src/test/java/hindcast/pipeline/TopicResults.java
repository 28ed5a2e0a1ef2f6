package hindcast.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import hindcast.avro.DeadLetter;
import hindcast.avro.Feedback;
import hindcast.avro.PolicyCheckpoint;
import hindcast.avro.ValueEstimate;
import hindcast.connectors.kafka.KafkaSettings;
import hindcast.local.CommittedRecords;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What readers of committed records find in the output topics: every outcome and every checkpoint
 * exactly once, the last estimate of each key, dead letters by stream, partition and offset.
 */
final class TopicResults {
  final Map<String, Feedback> feedback = new TreeMap<>();
  final Map<String, PolicyCheckpoint> checkpoints = new TreeMap<>();
  final Map<String, ValueEstimate> estimates = new HashMap<>();
  final Set<String> deadLetters = new HashSet<>();

  TopicResults(KafkaSettings kafka) {
    CommittedRecords committed = new CommittedRecords(kafka);
    for (Feedback record : committed.of(kafka.topics().feedback(), Feedback.class)) {
      assertThat(feedback.put(record.getImpressionId(), record))
          .as("outcome twice: %s", record.getImpressionId())
          .isNull();
    }
    for (PolicyCheckpoint record :
        committed.of(kafka.topics().policyCheckpoints(), PolicyCheckpoint.class)) {
      String key = "%s/%09d".formatted(record.getPolicyId(), record.getVersion());
      assertThat(checkpoints.put(key, record)).as("checkpoint twice: %s", key).isNull();
    }
    for (ValueEstimate record :
        committed.of(kafka.topics().valueEstimates(), ValueEstimate.class)) {
      estimates.merge(
          PipelineRun.key(record),
          record,
          (one, other) -> one.getEventTimeMicros() > other.getEventTimeMicros() ? one : other);
    }
    for (DeadLetter record : committed.of(kafka.topics().deadLetters(), DeadLetter.class)) {
      deadLetters.add(
          "%s/%s/%d/%d/%s"
              .formatted(
                  record.getStream(),
                  record.getTopic(),
                  record.getPartition(),
                  record.getOffset(),
                  record.getReason()));
    }
  }

  /** The same outcomes, checkpoints and estimates, and as many dead letters. */
  void requireEqual(PipelineRun undisturbed) {
    assertThat(feedback).isEqualTo(undisturbed.feedback);
    assertThat(checkpoints).isEqualTo(undisturbed.checkpoints);
    assertThat(estimates).isEqualTo(undisturbed.estimates);
    assertThat(deadLetters).hasSize(undisturbed.deadLetters.size());
  }
}
