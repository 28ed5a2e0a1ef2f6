package hindcast.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import hindcast.feedback.RewardFormula.Term;
import hindcast.testing.Quality;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Whatever the order in which impressions, rewards, activations, copies, corrections and watermarks
 * arrive, and wherever the evaluation is restored, the sums of all estimators end, to the bit, as
 * those of the sorted log without copies, as long as rewards and activations arrive inside the
 * correction horizon.
 */
class CorrectionLawsTest {
  private static final long WINDOW = 40;
  private static final long HORIZON = 70;
  private static final long END = 1_000;

  private record Event(
      boolean impression, String id, String rewardId, String kind, long time, double value) {}

  private record Arrival(Event event, long watermark) {}

  @Property(tries = 300)
  void everyInterleavingEndsAsTheCleanLog(@ForAll long seed) {
    assertEndsAsTheCleanLog(seed);
  }

  /** 10,000 cases in the long tests. */
  @Property(tries = 1)
  void manyInterleavings(@ForAll Random random) {
    random.longs(Quality.size(100, 9_700)).forEach(CorrectionLawsTest::assertEndsAsTheCleanLog);
  }

  private static void assertEndsAsTheCleanLog(long seed) {
    Random random = new Random(seed);
    RewardFormula formula = formula(random);
    List<Event> log = log(random);
    CorrectedEvaluation clean = new CorrectedEvaluation(formula, WINDOW, HORIZON);
    log.forEach(event -> deliver(event, clean));
    for (long watermark = 0; watermark <= END; watermark += 10) {
      clean.advance(watermark);
    }
    CorrectedEvaluation disturbed = new CorrectedEvaluation(formula, WINDOW, HORIZON);
    long watermark = -1;
    for (Arrival arrival : arrivals(log, random)) {
      while (watermark < arrival.watermark()) {
        watermark = Math.min(arrival.watermark(), watermark + 1 + random.nextInt(30));
        disturbed.advance(watermark);
        if (random.nextInt(8) == 0) {
          disturbed.restore();
        }
      }
      deliver(arrival.event(), disturbed);
    }
    disturbed.advance(END);
    assertThat(clean.stream().corrections()).isZero();
    assertThat(disturbed.bytes()).as("seed " + seed).isEqualTo(clean.bytes());
    assertThat(disturbed.stream().impressionsRejected())
        .isEqualTo(clean.stream().impressionsRejected());
    assertThat(disturbed.stream().emissions()).isEqualTo(clean.stream().emissions());
    assertThat(disturbed.stream().storedStates()).isZero();
  }

  private static void deliver(Event event, CorrectedEvaluation evaluation) {
    if (event.impression()) {
      evaluation.impression(event.id(), event.time());
    } else {
      evaluation.reward(event.id(), event.rewardId(), event.kind(), event.time(), event.value());
    }
  }

  private static RewardFormula formula(Random random) {
    RewardFunction[] functions = RewardFunction.values();
    RewardFunction function = functions[random.nextInt(functions.length)];
    if (random.nextBoolean()) {
      return RewardFormula.of(new RewardRange(-1, 2), function, random.nextDouble(), "");
    }
    return new RewardFormula(
        new RewardRange(-1, 2),
        List.of(new Term("click", function, 1, 0), new Term("buy", RewardFunction.SUM, .5, .1)),
        "shown");
  }

  /** By time; ids are unique. */
  private static List<Event> log(Random random) {
    List<Event> log = new ArrayList<>();
    int impressions = 1 + random.nextInt(10);
    for (int i = 0; i < impressions; i++) {
      String id = "i" + i;
      long time = random.nextInt(200);
      log.add(new Event(true, id, "", "", time, 0));
      if (random.nextInt(4) > 0) {
        log.add(new Event(false, id, "s", "shown", time + random.nextInt((int) WINDOW), 0));
      }
      for (int r = random.nextInt(5); r > 0; r--) {
        String kind = random.nextBoolean() ? "click" : "buy";
        long at = time + random.nextInt((int) WINDOW + 20) - 10;
        log.add(new Event(false, id, "r" + r, kind, at, 3 * random.nextDouble() - 1));
      }
    }
    log.sort(Comparator.comparingLong(Event::time));
    return log;
  }

  private static List<Arrival> arrivals(List<Event> log, Random random) {
    List<Arrival> arrivals = new ArrayList<>();
    for (Event event : log) {
      long shown =
          log.stream()
              .filter(other -> other.impression() && other.id().equals(event.id()))
              .findFirst()
              .orElseThrow()
              .time();
      long last = shown + WINDOW + (event.impression() ? 0 : HORIZON) - 1;
      long first = random.nextInt((int) last + 1);
      arrivals.add(new Arrival(event, first));
      for (int copy = random.nextInt(3); copy > 0; copy--) {
        long again = first + 1 + random.nextInt(60);
        Event changed =
            new Event(
                event.impression(),
                event.id(),
                event.rewardId(),
                event.kind(),
                event.time() + random.nextInt(5),
                random.nextDouble());
        arrivals.add(new Arrival(changed, Math.min(again, shown + WINDOW + HORIZON - 1)));
      }
    }
    arrivals.sort(Comparator.comparingLong(Arrival::watermark));
    return arrivals;
  }
}
