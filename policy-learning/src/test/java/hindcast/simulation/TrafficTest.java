package hindcast.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import hindcast.feedback.LoggedFeedback;
import hindcast.simulation.TrafficKind.Stream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TrafficTest {
  private static final long START = 1_700_000_000_000_000L;
  private static final int IMPRESSIONS = 40_000;
  private static final TrafficSettings SETTINGS =
      TrafficSettings.of(11, 1000).withMissingPropensities(.1);

  private final SyntheticWorld world =
      new SyntheticWorld(new WorldSettings(7, 300, 8, 6, 20, List.of("north", "south")));

  @Test
  void theSeedDecidesEveryMessage() {
    assertThat(messages(SETTINGS, 2000)).isEqualTo(messages(SETTINGS, 2000));
    assertThat(messages(TrafficSettings.of(12, 1000), 100))
        .isNotEqualTo(messages(TrafficSettings.of(11, 1000), 100));
  }

  @Test
  void messagesComeInOrderOfArrivalAndKeepTheMarkersPromise() {
    Traffic traffic = new Traffic(world, SETTINGS, START, IMPRESSIONS);
    long arrival = START;
    while (traffic.hasNext()) {
      long marker = traffic.markerMicros();
      TrafficMessage message = traffic.next();
      assertThat(message.arrivalMicros()).isGreaterThanOrEqualTo(arrival);
      arrival = message.arrivalMicros();
      long time = eventTime(message);
      assertThat(time).isBetween(marker, arrival);
      assertThat(arrival - time).isLessThanOrEqualTo(SETTINGS.maxDisorderMicros());
    }
  }

  @Test
  void everyMessageIsWhatItsKindSays() {
    Map<String, SimulatedImpression> impressions = new HashMap<>();
    Map<String, SimulatedReward> rewards = new HashMap<>();
    Set<String> early = new HashSet<>();
    long silent = 0;
    Map<TrafficKind, Long> seen = new HashMap<>();
    Traffic traffic = new Traffic(world, SETTINGS, START, IMPRESSIONS);
    while (traffic.hasNext()) {
      TrafficMessage message = traffic.next();
      seen.merge(message.kind(), 1L, Long::sum);
      switch (message.kind()) {
        case IMPRESSION -> {
          SimulatedImpression impression = (SimulatedImpression) message;
          assertThat(impressions.put(impression.impressionId(), impression)).isNull();
          silent += impression.propensity().isEmpty() ? 1 : 0;
        }
        case IMPRESSION_COPY -> {
          SimulatedImpression copy = (SimulatedImpression) message;
          SimulatedImpression first = impressions.get(copy.impressionId());
          assertThat(copy.eventTimeMicros()).isEqualTo(first.eventTimeMicros());
          assertThat(copy.itemId()).isEqualTo(first.itemId());
        }
        case REWARD, REWARD_AFTER_WINDOW -> {
          SimulatedReward reward = (SimulatedReward) message;
          assertThat(rewards.put(reward.impressionId(), reward)).isNull();
          if (!impressions.containsKey(reward.impressionId())) {
            early.add(reward.impressionId());
          }
        }
        case REWARD_COPY ->
            assertThat(rewards).containsKey(((SimulatedReward) message).impressionId());
        case INVALID_PROPENSITY -> {
          double propensity = ((SimulatedImpression) message).propensity().orElseThrow();
          assertThat(propensity > 0 && propensity <= 1).isFalse();
        }
        case INVALID_CONTEXT -> {
          float[] features = ((SimulatedImpression) message).features();
          float sum = 0;
          for (float feature : features) {
            sum += feature;
          }
          assertThat(sum).isNaN();
        }
        case INVALID_REWARD -> assertThat(((SimulatedReward) message).value()).isNaN();
        case ORPHAN_REWARD -> assertThat(((SimulatedReward) message).value()).isEqualTo(1);
        case GARBAGE_IMPRESSION, GARBAGE_REWARD ->
            assertThat(((BrokenRecord) message).bytes()).isNotEmpty();
      }
    }
    rewards.forEach(
        (id, reward) -> {
          long delay = reward.eventTimeMicros() - impressions.get(id).eventTimeMicros();
          assertThat(delay).isGreaterThanOrEqualTo(0);
          assertThat(delay < SETTINGS.rewardWindowMicros())
              .isEqualTo(reward.kind() == TrafficKind.REWARD);
        });

    TrafficCounts counts = traffic.counts();
    assertThat(counts.byKind()).isEqualTo(seen);
    assertThat(seen).containsOnlyKeys(TrafficKind.values());
    assertThat(counts.of(TrafficKind.IMPRESSION)).isEqualTo(IMPRESSIONS);
    assertThat(counts.rewardsBeforeImpression()).isEqualTo(early.size());
    assertThat(counts.withoutPropensity()).isEqualTo(silent);
    assertThat(counts.of(Stream.IMPRESSIONS) - counts.broken(Stream.IMPRESSIONS))
        .isEqualTo(IMPRESSIONS + counts.of(TrafficKind.IMPRESSION_COPY));
    assertShare(counts.of(TrafficKind.IMPRESSION_COPY), IMPRESSIONS, .005);
    assertShare(silent, IMPRESSIONS, .1);
    assertShare(counts.of(TrafficKind.REWARD_AFTER_WINDOW), rewards.size(), .01);
    assertShare(counts.of(TrafficKind.REWARD_COPY), counts.of(TrafficKind.REWARD), .005);
    assertShare(
        counts.broken(Stream.IMPRESSIONS) + counts.broken(Stream.REWARDS), IMPRESSIONS, .001);
  }

  @Test
  void theJoinedLogIsWhatTheTrafficMeans() {
    Set<String> rewarded = new HashSet<>();
    List<SimulatedImpression> shown = new ArrayList<>();
    for (TrafficMessage message : messages(SETTINGS, 5000)) {
      if (message.kind() == TrafficKind.REWARD) {
        rewarded.add(((SimulatedReward) message).impressionId());
      } else if (message.kind() == TrafficKind.IMPRESSION) {
        shown.add((SimulatedImpression) message);
      }
    }
    shown.sort(java.util.Comparator.comparing(SimulatedImpression::impressionId));
    JoinedLog log = new JoinedLog(world, SETTINGS, START);
    for (SimulatedImpression impression : shown) {
      LoggedFeedback feedback = log.next();
      assertThat(feedback.impressionId()).isEqualTo(impression.impressionId());
      assertThat(feedback.eventTimeMicros()).isEqualTo(impression.eventTimeMicros());
      assertThat(feedback.itemId()).isEqualTo(impression.itemId());
      assertThat(feedback.context().values()).isEqualTo(impression.features());
      assertThat(feedback.reward()).isEqualTo(rewarded.contains(feedback.impressionId()) ? 1 : 0);
      impression
          .propensity()
          .ifPresent(p -> assertThat(feedback.propensity().value()).isEqualTo(p));
    }
  }

  @Test
  void undisturbedTrafficHasTheSameDecisionsAndNoAccidents() {
    Traffic traffic = new Traffic(world, SETTINGS.undisturbed(), START, 5000);
    JoinedLog log = new JoinedLog(world, SETTINGS, START);
    while (traffic.hasNext()) {
      TrafficMessage message = traffic.next();
      assertThat(message.kind())
          .isIn(TrafficKind.IMPRESSION, TrafficKind.REWARD, TrafficKind.REWARD_AFTER_WINDOW);
      assertThat(message.arrivalMicros()).isEqualTo(eventTime(message));
      if (message instanceof SimulatedImpression impression) {
        assertThat(log.next().itemId()).isEqualTo(impression.itemId());
      }
    }
    assertThat(traffic.counts().of(TrafficKind.IMPRESSION)).isEqualTo(5000);
    assertThat(traffic.counts().rewardsBeforeImpression()).isZero();
  }

  @Test
  void impressionsComeAtTheRate() {
    JoinedLog log = new JoinedLog(world, SETTINGS, START);
    long last = 0;
    for (int i = 0; i < IMPRESSIONS; i++) {
      last = log.next().eventTimeMicros();
    }
    assertThat((last - START) / 1e6).isCloseTo(40, within(4 * Math.sqrt(IMPRESSIONS) / 1000));
  }

  @Test
  void aStoppedTrafficStillDeliversWhatIsOnItsWay() {
    Traffic traffic = new Traffic(world, SETTINGS, START, Long.MAX_VALUE);
    for (int i = 0; i < 1000; i++) {
      traffic.next();
    }
    traffic.stop();
    Set<String> shown = new HashSet<>();
    while (traffic.hasNext()) {
      if (traffic.next() instanceof SimulatedImpression impression) {
        shown.add(impression.impressionId());
      }
    }
    assertThat(shown).isNotEmpty();
    assertThatThrownBy(traffic::next).hasMessageContaining("the traffic has ended");
  }

  @Test
  void refusesSettingsThatCannotBe() {
    assertThatThrownBy(() -> TrafficSettings.of(1, 0)).hasMessageContaining("above 0: 0.0");
    assertThatThrownBy(() -> SETTINGS.withMissingPropensities(1.5))
        .hasMessageContaining("missing propensity share must be in [0, 1]: 1.5");
    assertThatThrownBy(() -> SETTINGS.withRewardWindow(1_000_000))
        .hasMessageContaining("early rewards need a disorder");
    assertThat(SETTINGS.withRewardWindow(5_000_000).meanRewardDelayMicros()).isEqualTo(1_000_000);
  }

  private List<TrafficMessage> messages(TrafficSettings settings, int impressions) {
    List<TrafficMessage> messages = new ArrayList<>();
    new Traffic(world, settings, START, impressions).forEachRemaining(messages::add);
    return messages;
  }

  private static long eventTime(TrafficMessage message) {
    if (message instanceof SimulatedImpression impression) {
      return impression.eventTimeMicros();
    }
    return message instanceof SimulatedReward reward
        ? reward.eventTimeMicros()
        : message.arrivalMicros();
  }

  private static void assertShare(long count, long of, double share) {
    assertThat((double) count)
        .isCloseTo(of * share, within(4.5 * Math.sqrt(of * share * (1 - share))));
  }
}
