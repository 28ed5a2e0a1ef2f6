package hindcast.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hindcast.testing.Golden;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Golden 13: arrival-ordered records with the watermark below every window end, then closing. */
class ImpressionJoinGoldenTest {
  private static final long SECOND = 1_000_000;
  private static final Map<Rejection, String> NAMES =
      Map.of(
          Rejection.AFTER_WINDOW, "at_or_after_window_end",
          Rejection.BEFORE_IMPRESSION, "before_impression_time",
          Rejection.NO_IMPRESSION, "never_had_impression",
          Rejection.LATE, "late");

  static Stream<Golden> cases() {
    return Golden.whole("13_join");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void outcomesDiscardsAndLedgers(Golden golden) {
    golden.required();
    long window = golden.at("/inputs/window").asLong() * SECOND;
    JoinStream stream = new JoinStream(new ImpressionJoin(window, window, RewardRange.UNIT));
    Map<String, List<String>> discarded = new TreeMap<>();
    for (JsonNode event : golden.at("/inputs/events")) {
      String id = event.get("id").asText();
      long time = event.get("t").asLong() * SECOND;
      boolean impression = event.get("kind").asText().equals("impression");
      String discardId = impression ? id : event.get("rid").asText();
      JoinDecision decision =
          impression
              ? stream.impression(id, time)
              : stream.reward(id, discardId, time, event.get("value").asDouble());
      if (decision.fate() == JoinDecision.Fate.DUPLICATE) {
        add(discarded, impression ? "duplicate_impression" : "duplicate_reward", discardId);
      } else if (decision.fate() == JoinDecision.Fate.REJECTED) {
        add(discarded, NAMES.get(decision.rejection()), discardId);
      }
      addReleased(discarded, decision);
      stream.assertConserved();
    }
    Map<Long, String> checkpoints = new TreeMap<>();
    golden
        .at("/expected/outcomes_at_watermark")
        .fieldNames()
        .forEachRemaining(t -> checkpoints.put(Long.parseLong(t) * SECOND, t));
    checkpoints.forEach(
        (watermark, name) -> {
          stream.advance(watermark).forEach(decision -> addReleased(discarded, decision));
          stream.assertConserved();
          List<String> want = new ArrayList<>();
          golden.at("/expected/outcomes_at_watermark/" + name).forEach(n -> want.add(n.asText()));
          assertThat(stream.outcomes().keySet()).containsExactlyElementsOf(want);
          golden.exercised("/expected/outcomes_at_watermark/" + name);
        });
    Map<String, Long> closes = new LinkedHashMap<>();
    for (long watermark = checkpointsEnd(checkpoints); stream.isActive(); ) {
      watermark = Math.max(watermark, stream.nextTimer());
      long now = watermark;
      int before = stream.outcomes().size();
      stream.advance(watermark).forEach(decision -> addReleased(discarded, decision));
      stream.outcomes().keySet().stream().skip(before).forEach(id -> closes.put(id, now));
      stream.assertConserved();
    }

    int k = 0;
    for (Map.Entry<String, JoinDecision.Outcome> outcome : stream.outcomes().entrySet()) {
      golden.checkExactly("/expected/outcomes/" + k + "/id", outcome.getKey());
      golden.check("/expected/outcomes/" + k + "/r", outcome.getValue().reward());
      golden.check(
          "/expected/outcomes/" + k + "/closes",
          (outcome.getValue().impressionTimeMicros() + window) / (double) SECOND);
      if (closes.containsKey(outcome.getKey())) {
        assertThat(closes.get(outcome.getKey()))
            .isEqualTo(outcome.getValue().impressionTimeMicros() + window);
      }
      k++;
    }
    discarded.forEach(
        (reason, ids) ->
            golden.checkExactly("/expected/discarded/" + reason, String.join(",", ids)));
    golden.assertExercised();
    assertThat(stream.heldImpressions()).isZero();
    assertThat(stream.heldRewards()).isZero();
  }

  private static long checkpointsEnd(Map<Long, String> checkpoints) {
    return checkpoints.keySet().stream().mapToLong(Long::longValue).max().orElse(0);
  }

  private static void addReleased(Map<String, List<String>> discarded, JoinDecision decision) {
    for (JoinDecision.ReleasedReward reward : decision.released()) {
      if (!reward.joined()) {
        add(discarded, NAMES.get(reward.rejection()), reward.rewardId());
      }
    }
  }

  private static void add(Map<String, List<String>> discarded, String reason, String id) {
    discarded.computeIfAbsent(reason, r -> new ArrayList<>()).add(id);
  }
}
