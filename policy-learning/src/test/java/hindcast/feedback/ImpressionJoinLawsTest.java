package hindcast.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Conservation, exactly-once and order independence on random streams. */
class ImpressionJoinLawsTest {
  private record Event(boolean impression, String id, String rewardId, long time, double value) {}

  @Property(tries = 300)
  void everyRecordEndsInExactlyOnePlace(@ForAll long seed) {
    Random random = new Random(seed);
    JoinStream stream = new JoinStream(new ImpressionJoin(40, 20, RewardRange.UNIT));
    long watermark = 0;
    for (int k = 0; k < 120; k++) {
      String id = "i" + random.nextInt(6);
      long time = watermark - 60 + random.nextInt(120);
      switch (random.nextInt(5)) {
        case 0, 1 -> stream.impression(id, time);
        case 2, 3 -> stream.reward(id, "r" + random.nextInt(4), time, random.nextDouble());
        default -> stream.advance(watermark += random.nextInt(15));
      }
      stream.assertConserved();
    }
    stream.advance(watermark + 1_000);
    stream.assertConserved();
    assertThat(stream.heldImpressions()).isZero();
    assertThat(stream.heldRewards()).isZero();
    assertThat(stream.storedStates()).isZero();
  }

  @Property(tries = 200)
  void orderOfArrivalBeforeTheWatermarkChangesNothing(@ForAll long seed) {
    Random random = new Random(seed);
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      events.add(new Event(true, "i" + i, null, 100 + random.nextInt(50), 0));
      for (int r = 0; r < random.nextInt(4); r++) {
        events.add(
            new Event(false, "i" + i, "r" + r, 80 + random.nextInt(120), random.nextDouble()));
      }
    }
    JoinStream first = run(events);
    Collections.shuffle(events, random);
    JoinStream second = run(events);
    assertThat(second.outcomes()).isEqualTo(first.outcomes());
    assertThat(second.emissions().values()).allMatch(times -> times == 1);
  }

  private static JoinStream run(List<Event> events) {
    JoinStream stream = new JoinStream(new ImpressionJoin(40, 20, RewardRange.UNIT));
    for (Event e : events) {
      if (e.impression()) {
        stream.impression(e.id(), e.time());
      } else {
        stream.reward(e.id(), e.rewardId(), e.time(), e.value());
      }
    }
    stream.advance(10_000);
    stream.assertConserved();
    return stream;
  }
}
