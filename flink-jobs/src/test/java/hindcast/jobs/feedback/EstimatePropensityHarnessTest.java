package hindcast.jobs.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hindcast.avro.Context;
import hindcast.avro.Feedback;
import hindcast.avro.PropensitySource;
import hindcast.connectors.avro.AvroMapping;
import hindcast.jobs.state.ImpressionTimeWindows;
import hindcast.propensity.Propensity;
import hindcast.propensity.PropensityMethod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EstimatePropensityHarnessTest {
  private static final int MAX_PARALLELISM = 16;
  private static final Duration REWARD_WINDOW = Duration.ofSeconds(10);
  private static final ImpressionTimeWindows WINDOWS =
      new ImpressionTimeWindows(Duration.ofSeconds(2), REWARD_WINDOW);
  private static final long HALF_LIFE_MICROS = 5_000_000;

  /** A subtask and what it emitted. */
  private static final class Subtask implements AutoCloseable {
    final KeyedTwoInputStreamOperatorTestHarness<
            String, Feedback, Tuple3<Long, String, Long>, Feedback>
        harness;

    Subtask(PropensitySettings settings, int parallelism, int index) throws Exception {
      harness =
          new KeyedTwoInputStreamOperatorTestHarness<>(
              new EstimatePropensity(settings, WINDOWS),
              EstimatePropensity::key,
              null,
              Types.STRING,
              MAX_PARALLELISM,
              parallelism,
              index);
    }

    Subtask from(OperatorSubtaskState state, int before, int after, int index) throws Exception {
      harness.initializeState(
          AbstractStreamOperatorTestHarness.repartitionOperatorState(
              state, MAX_PARALLELISM, before, after, index));
      harness.open();
      return this;
    }

    Map<String, Feedback> emitted() {
      Map<String, Feedback> emitted = new TreeMap<>();
      for (Feedback f : harness.extractOutputValues()) {
        assertThat(emitted.put(f.getImpressionId(), f)).isNull();
      }
      return emitted;
    }

    @Override
    public void close() {
      try {
        harness.close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static PropensitySettings settings(
      PropensityMethod model, boolean decayed, boolean popularity, boolean wholeWindow) {
    return new PropensitySettings(
        model,
        decayed ? HALF_LIFE_MICROS : Double.POSITIVE_INFINITY,
        2,
        5,
        popularity,
        5,
        false,
        wholeWindow,
        0,
        0.1);
  }

  @ParameterizedTest
  @CsvSource({
    "DIRICHLET, true, true, false",
    "DIRICHLET, false, true, false",
    "DIRICHLET, true, false, true",
    "DIRICHLET, false, true, true",
    "SOFTMAX, true, false, false",
    "TWO_TOWER, true, false, false",
    "TWO_TOWER, false, false, true"
  })
  void theStreamSaysWhatTheLibrarySays(
      PropensityMethod model, boolean decayed, boolean popularity, boolean wholeWindow)
      throws Exception {
    PropensitySettings settings = settings(model, decayed, popularity, wholeWindow);
    List<Feedback> log = log(400);
    try (Subtask subtask = new Subtask(settings, 1, 0)) {
      subtask.harness.open();
      send(log, List.of(subtask));
      Map<String, Feedback> emitted = subtask.emitted();
      assertSame(emitted, new LibraryEstimates(settings, WINDOWS).of(log));
      assertThat(emitted.values())
          .allSatisfy(f -> assertThat(f.getPropensityModel()).isEqualTo(model.name()));
    }
  }

  @ParameterizedTest
  @CsvSource({"true, false", "false, true"})
  void whatWasNotActivatedInTimeIsPredictedAndNotCounted(boolean decayed, boolean wholeWindow)
      throws Exception {
    PropensitySettings settings = settings(PropensityMethod.DIRICHLET, decayed, true, wholeWindow);
    List<Feedback> counted = log(400);
    List<Feedback> all = new ArrayList<>(counted);
    for (int k = 0; k < 100; k++) {
      Feedback of = counted.get(4 * k);
      Feedback hidden = feedback("h" + k, of.getEventTimeMicros() + 1, "s" + k % 7, "a" + k % 5);
      hidden.setActivatedInTime(false);
      all.add(hidden);
    }
    try (Subtask subtask = new Subtask(settings, 1, 0)) {
      subtask.harness.open();
      elements(all, List.of(subtask));
      counts(counted, List.of(subtask), Long.MIN_VALUE, Long.MAX_VALUE);
      subtask.harness.processBothWatermarks(Watermark.MAX_WATERMARK);
      Map<String, Feedback> emitted = subtask.emitted();
      Map<String, Feedback> hidden = new TreeMap<>(emitted);
      hidden.keySet().removeIf(id -> id.startsWith("i"));
      emitted.keySet().removeIf(id -> id.startsWith("h"));
      assertSame(emitted, new LibraryEstimates(settings, WINDOWS).of(counted));
      assertThat(hidden).hasSize(100);
      assertThat(hidden.values())
          .allSatisfy(
              f -> {
                assertThat(f.getActivatedInTime()).isFalse();
                assertThat(f.getPropensity()).isPositive().isLessThan(1);
                assertThat(f.getPropensityUncertainty()).isPositive();
              });
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 3", "3, 2", "2, 1"})
  void aRestoredOrRescaledStateGoesOnBitForBit(int before, int after) throws Exception {
    PropensitySettings settings = settings(PropensityMethod.DIRICHLET, true, true, false);
    List<Feedback> log = log(400);
    log.sort(ImpressionTimeWindows.ORDER);
    Map<String, Propensity> expected = new LibraryEstimates(settings, WINDOWS).of(log);
    for (int cut : new int[] {0, 133, 277}) {
      Map<String, Feedback> emitted = new TreeMap<>();
      List<OperatorSubtaskState> states = new ArrayList<>();
      List<Subtask> first = open(settings, before, null, 0);
      send(log.subList(0, cut), first, watermark(log, cut));
      for (Subtask subtask : first) {
        emitted.putAll(subtask.emitted());
        states.add(subtask.harness.snapshot(1, 1));
        subtask.close();
      }
      OperatorSubtaskState whole =
          AbstractStreamOperatorTestHarness.repackageState(
              states.toArray(OperatorSubtaskState[]::new));
      List<Subtask> second = open(settings, after, whole, before);
      // Counts of windows that were not complete at the cut: CountShown keeps them in its own
      // state.
      sendRest(log, cut, second);
      for (Subtask subtask : second) {
        emitted.putAll(subtask.emitted());
        subtask.close();
      }
      assertSame(emitted, expected);
    }
  }

  @Test
  void aKnownPropensityIsUsedAsItIsUnlessTheEstimateIsAskedFor() throws Exception {
    PropensitySettings estimated = settings(PropensityMethod.DIRICHLET, false, false, false);
    PropensitySettings known =
        new PropensitySettings(
            PropensityMethod.DIRICHLET,
            Double.POSITIVE_INFINITY,
            2,
            5,
            false,
            5,
            true,
            false,
            0,
            .1);
    Feedback logged = feedback("a", 1, "s", "x");
    logged.setPropensity(0.25);
    logged.setPropensitySource(PropensitySource.LOGGED);
    Feedback counted = feedback("b", 2, "s", "x");
    counted.setPropensity(0.5);
    counted.setPropensitySource(PropensitySource.MONTE_CARLO);
    counted.setPropensityDraws(100);
    counted.setPropensityUncertainty(0.1);
    Feedback unknown = feedback("c", 3, "s", "x");
    for (PropensitySettings settings : List.of(known, estimated)) {
      try (Subtask subtask = new Subtask(settings, 1, 0)) {
        subtask.harness.open();
        send(List.of(logged, counted, unknown), List.of(subtask));
        Map<String, Feedback> emitted = subtask.emitted();
        Feedback a = emitted.get("a");
        Feedback b = emitted.get("b");
        Feedback c = emitted.get("c");
        assertThat(c.getPropensitySource()).isEqualTo(PropensitySource.ESTIMATED);
        assertThat(c.getPropensity()).isEqualTo((2 + 2 * 0.2) / 4);
        assertThat(c.getPropensityUncertainty()).isPositive();
        if (settings.useLogged()) {
          assertThat(a.getPropensity()).isEqualTo(0.25);
          assertThat(a.getPropensitySource()).isEqualTo(PropensitySource.LOGGED);
          assertThat(a.getPropensityUncertainty()).isZero();
          assertThat(b.getPropensitySource()).isEqualTo(PropensitySource.MONTE_CARLO);
          assertThat(b.getPropensityDraws()).isEqualTo(100);
          assertThat(b.getPropensityUncertainty()).isEqualTo(0.1);
          assertThat(b.getEstimatedPropensity()).isEqualTo((1 + 2 * 0.2) / 3);
        } else {
          assertThat(a.getPropensity()).isEqualTo(0.2);
          assertThat(b.getPropensitySource()).isEqualTo(PropensitySource.ESTIMATED);
          assertThat(b.getPropensityDraws()).isZero();
        }
      }
    }
  }

  @Test
  void anUntouchedSegmentIsForgottenAndBeginsAnew() throws Exception {
    PropensitySettings settings =
        new PropensitySettings(
            PropensityMethod.DIRICHLET,
            Double.POSITIVE_INFINITY,
            2,
            5,
            false,
            5,
            false,
            false,
            60_000,
            0.1);
    try (Subtask subtask = new Subtask(settings, 1, 0)) {
      subtask.harness.open();
      List<Feedback> touched = new ArrayList<>();
      for (int second = 0; second < 200; second += 40) {
        touched.add(feedback("touched-" + second, second * 1_000_000L, "t", "x"));
      }
      Feedback early = feedback("early", 0, "u", "x");
      Feedback late = feedback("late", 190_000_000L, "u", "x");
      List<Feedback> log = new ArrayList<>(touched);
      log.add(early);
      log.add(late);
      int before = subtask.harness.numKeyedStateEntries();
      assertThat(before).isZero();
      log.sort(ImpressionTimeWindows.ORDER);
      for (Feedback f : log) {
        long time = f.getEventTimeMicros() / 1000;
        subtask.harness.processElement1(new StreamRecord<>(f, time + REWARD_WINDOW.toMillis()));
        subtask.harness.processBothWatermarks(new Watermark(time + 12_000));
      }
      subtask.harness.processBothWatermarks(new Watermark(210_000));
      Map<String, Feedback> emitted = subtask.emitted();
      assertThat(emitted.get("late").getPropensity()).isEqualTo(0.2);
      assertThat(emitted.get("touched-160").getPropensity()).isEqualTo((4 + 2 * 0.2) / 6);
      subtask.harness.processBothWatermarks(new Watermark(1_000_000));
      assertThat(subtask.harness.numKeyedStateEntries()).isZero();
      assertThat(subtask.harness.numEventTimeTimers()).isZero();
    }
  }

  @Test
  void aModelThatWouldBeTooLargeIsRefusedByName() throws Exception {
    PropensitySettings settings =
        new PropensitySettings(
            PropensityMethod.SOFTMAX,
            Double.POSITIVE_INFINITY,
            2,
            10_000_000,
            false,
            5,
            false,
            false,
            0,
            0.1);
    try (Subtask subtask = new Subtask(settings, 1, 0)) {
      subtask.harness.open();
      assertThatThrownBy(() -> send(log(1), List.of(subtask)))
          .hasStackTraceContaining("must be at most 16777216 numbers");
    }
  }

  @Test
  void whatWasShownIsCountedAheadOfTheWatermarkAndSurvives() throws Exception {
    List<Feedback> log = log(200);
    Map<String, Long> expected = new TreeMap<>();
    log.forEach(
        f ->
            expected.merge(
                WINDOWS.end(f) + SharedPopularity.key(f.getPolicyId(), f.getItemId()),
                1L,
                Long::sum));
    Map<String, Long> counted = new TreeMap<>();
    OneInputStreamOperatorTestHarness<Feedback, Tuple3<Long, String, Long>> harness = shown();
    harness.open();
    for (int k = 0; k < 120; k++) {
      harness.processElement(new StreamRecord<>(log.get(k), 0));
    }
    OperatorSubtaskState state = harness.snapshot(1, 1);
    harness.close();
    harness = shown();
    harness.initializeState(state);
    harness.open();
    for (int k = 120; k < 200; k++) {
      harness.processElement(new StreamRecord<>(log.get(k), 0));
    }
    Feedback hidden = feedback("hidden", 1, "s", "a");
    hidden.setActivatedInTime(false);
    harness.processElement(new StreamRecord<>(hidden, 0));
    harness.processWatermark(Watermark.MAX_WATERMARK);
    for (Tuple3<Long, String, Long> count : harness.extractOutputValues()) {
      counted.merge(count.f0 + count.f1, count.f2, Long::sum);
    }
    harness.close();
    assertThat(counted).isEqualTo(expected);
  }

  private static OneInputStreamOperatorTestHarness<Feedback, Tuple3<Long, String, Long>> shown()
      throws Exception {
    return new OneInputStreamOperatorTestHarness<>(new CountShown(WINDOWS, true));
  }

  private static void assertSame(Map<String, Feedback> emitted, Map<String, Propensity> expected) {
    assertThat(emitted.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (id, p) -> {
          Feedback f = emitted.get(id);
          assertThat(f.getPropensity()).as(id).isEqualTo(p.value());
          assertThat(f.getPropensityUncertainty()).as(id).isEqualTo(p.uncertainty());
          assertThat(f.getEstimatedPropensity()).as(id).isEqualTo(p.value());
          assertThat(f.getPropensitySource()).isEqualTo(PropensitySource.ESTIMATED);
        });
  }

  private static List<Subtask> open(
      PropensitySettings settings, int parallelism, OperatorSubtaskState state, int before)
      throws Exception {
    List<Subtask> subtasks = new ArrayList<>();
    for (int k = 0; k < parallelism; k++) {
      Subtask subtask = new Subtask(settings, parallelism, k);
      subtasks.add(subtask);
      if (state == null) {
        subtask.harness.open();
      } else {
        subtask.from(state, before, parallelism, k);
      }
    }
    return subtasks;
  }

  /** Sends a log in an order of its own, its counts in two parts, and the last watermark. */
  private static void send(List<Feedback> log, List<Subtask> subtasks) throws Exception {
    send(log, subtasks, Long.MAX_VALUE);
  }

  private static void send(List<Feedback> log, List<Subtask> subtasks, long watermark)
      throws Exception {
    List<Feedback> shuffled = new ArrayList<>(log);
    Collections.shuffle(shuffled, new Random(log.size()));
    elements(shuffled, subtasks);
    counts(log, subtasks, Long.MIN_VALUE, watermark);
    for (Subtask subtask : subtasks) {
      subtask.harness.processBothWatermarks(new Watermark(watermark));
    }
  }

  private static void sendRest(List<Feedback> log, int cut, List<Subtask> subtasks)
      throws Exception {
    elements(log.subList(cut, log.size()), subtasks);
    counts(log, subtasks, watermark(log, cut), Long.MAX_VALUE);
    for (Subtask subtask : subtasks) {
      subtask.harness.processBothWatermarks(Watermark.MAX_WATERMARK);
    }
  }

  private static long watermark(List<Feedback> log, int cut) {
    return cut == 0
        ? 0
        : log.get(cut - 1).getEventTimeMicros() / 1000 + REWARD_WINDOW.toMillis() - 1;
  }

  private static void elements(List<Feedback> log, List<Subtask> subtasks) throws Exception {
    for (Feedback f : log) {
      int index =
          KeyGroupRangeAssignment.assignKeyToParallelOperator(
              EstimatePropensity.key(f), MAX_PARALLELISM, subtasks.size());
      subtasks
          .get(index)
          .harness
          .processElement1(new StreamRecord<>(f, f.getEventTimeMicros() / 1000));
    }
  }

  private static void counts(List<Feedback> log, List<Subtask> subtasks, long after, long until)
      throws Exception {
    List<Map<Tuple3<Long, String, Long>, Long>> parts = List.of(new HashMap<>(), new HashMap<>());
    for (int k = 0; k < log.size(); k++) {
      Feedback f = log.get(k);
      long end = WINDOWS.end(f);
      if (end - 1 > after && end - 1 <= until) {
        String key = SharedPopularity.key(f.getPolicyId(), f.getItemId());
        parts.get(k % 2).merge(Tuple3.of(end, key, 0L), 1L, Long::sum);
      }
    }
    for (Subtask subtask : subtasks) {
      for (Map<Tuple3<Long, String, Long>, Long> part : parts) {
        for (Map.Entry<Tuple3<Long, String, Long>, Long> count : part.entrySet()) {
          subtask.harness.processElement2(
              new StreamRecord<>(
                  Tuple3.of(count.getKey().f0, count.getKey().f1, count.getValue()),
                  count.getKey().f0 - 1));
        }
      }
    }
  }

  private static List<Feedback> log(int size) {
    SplittableRandom random = new SplittableRandom(7);
    List<Feedback> log = new ArrayList<>();
    for (int k = 0; k < size; k++) {
      log.add(
          feedback(
              "i%04d".formatted(k),
              random.nextLong(60_000_000),
              "s" + random.nextInt(6),
              "a" + Math.min(random.nextInt(6), random.nextInt(6))));
    }
    return log;
  }

  private static Feedback feedback(String id, long timeMicros, String segment, String item) {
    float angle = id.hashCode() % 100;
    Context context =
        AvroMapping.context(
            hindcast.feedback.Context.dense(
                new float[] {(float) Math.cos(angle), (float) Math.sin(angle), 2}));
    return Feedback.newBuilder()
        .setImpressionId(id)
        .setEventTimeMicros(timeMicros)
        .setSegment(segment)
        .setContext(context)
        .setItemId(item)
        .setPolicyId("p" + segment.hashCode() % 2)
        .setPolicyVersion(1)
        .setReward(0)
        .setPropensity(0)
        .setPropensitySource(PropensitySource.ESTIMATED)
        .setEstimatedPropensity(0)
        .setEstimatedUncertainty(0)
        .build();
  }
}
