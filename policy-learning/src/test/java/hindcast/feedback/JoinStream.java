package hindcast.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A keyed operator in miniature: states by id, stored as bytes between calls, timers, and both
 * ledgers.
 */
final class JoinStream {
  private final ImpressionJoin join;
  private final Map<String, byte[]> states = new TreeMap<>();
  private final Map<String, JoinDecision.Outcome> outcomes = new LinkedHashMap<>();
  private final Map<String, Integer> emissions = new HashMap<>();
  private long watermark = Long.MIN_VALUE;
  private long impressionsIn;
  private long impressionsDuplicate;
  private long impressionsRejected;
  private long rewardsIn;
  private long rewardsJoined;
  private long rewardsDuplicate;
  private long rewardsRejected;
  private long corrections;

  JoinStream(ImpressionJoin join) {
    this.join = join;
  }

  JoinDecision impression(String id, long time) {
    JoinState state = load(id);
    impressionsIn++;
    JoinDecision decision = join.onImpression(state, time, watermark);
    switch (decision.fate()) {
      case DUPLICATE -> impressionsDuplicate++;
      case REJECTED -> impressionsRejected++;
      case HELD -> {}
      default -> throw new AssertionError(decision);
    }
    settle(id, state, decision);
    return decision;
  }

  JoinDecision reward(String id, String rewardId, long time, double value) {
    return reward(id, rewardId, "", time, value);
  }

  JoinDecision reward(String id, String rewardId, String kind, long time, double value) {
    JoinState state = load(id);
    rewardsIn++;
    JoinDecision decision = join.onReward(state, rewardId, kind, time, value, watermark);
    switch (decision.fate()) {
      case DUPLICATE -> rewardsDuplicate++;
      case REJECTED -> rewardsRejected++;
      case JOINED -> rewardsJoined++;
      case CORRECTION -> corrections++;
      case HELD -> {}
    }
    settle(id, state, decision);
    return decision;
  }

  /** Fires the timers that are due, in order of time. */
  List<JoinDecision> advance(long to) {
    List<JoinDecision> decisions = new ArrayList<>();
    watermark = to;
    TreeMap<Long, List<String>> due = new TreeMap<>();
    for (String id : states.keySet()) {
      due.computeIfAbsent(join.nextTimer(load(id)), t -> new ArrayList<>()).add(id);
    }
    while (!due.isEmpty() && due.firstKey() <= to) {
      for (String id : due.pollFirstEntry().getValue()) {
        JoinState state = load(id);
        JoinDecision decision = join.onTime(state, watermark);
        if (decision.fate() == JoinDecision.Fate.REJECTED) {
          impressionsRejected++;
        }
        settle(id, state, decision);
        decisions.add(decision);
        if (states.containsKey(id)) {
          due.computeIfAbsent(join.nextTimer(state), t -> new ArrayList<>()).add(id);
        }
      }
    }
    return decisions;
  }

  private void settle(String id, JoinState state, JoinDecision decision) {
    for (JoinDecision.ReleasedReward reward : decision.released()) {
      if (reward.joined()) {
        rewardsJoined++;
      } else {
        rewardsRejected++;
      }
    }
    if (decision.outcome() != null) {
      outcomes.put(id, decision.outcome());
    }
    boolean corrected = decision.correction() != null && decision.correction().activates();
    if (corrected || (decision.outcome() != null && decision.outcome().activated())) {
      emissions.merge(id, 1, Integer::sum);
    }
    if (state.isEmpty()) {
      states.remove(id);
    } else {
      states.put(id, bytes(state));
    }
  }

  void assertConserved() {
    int emitted = emissions.values().stream().mapToInt(Integer::intValue).sum();
    assertThat(impressionsIn)
        .as("impressions")
        .isEqualTo(emitted + impressionsDuplicate + impressionsRejected + heldImpressions());
    assertThat(rewardsIn)
        .as("rewards")
        .isEqualTo(
            rewardsJoined + rewardsDuplicate + rewardsRejected + heldRewards() + corrections);
  }

  long corrections() {
    return corrections;
  }

  long impressionsRejected() {
    return impressionsRejected;
  }

  Map<String, JoinDecision.Outcome> outcomes() {
    return outcomes;
  }

  Map<String, Integer> emissions() {
    return emissions;
  }

  int storedStates() {
    return states.size();
  }

  boolean isActive() {
    return !states.isEmpty();
  }

  long nextTimer() {
    return states.keySet().stream().mapToLong(id -> join.nextTimer(load(id))).min().orElse(0);
  }

  long heldImpressions() {
    return states.keySet().stream().filter(id -> load(id).holdsImpression()).count();
  }

  long heldRewards() {
    return states.keySet().stream().mapToLong(id -> load(id).heldRewards()).sum();
  }

  private JoinState load(String id) {
    byte[] bytes = states.get(id);
    if (bytes == null) {
      return new JoinState();
    }
    try {
      return JoinState.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(JoinState state) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      state.write(new DataOutputStream(out));
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
