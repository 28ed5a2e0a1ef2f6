package hindcast.bench;

import hindcast.numeric.CounterBasedRandom;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Errors and times of every contender at one stage. Times: contenders take turns, {@code rounds}
 * times; a turn is as many minibatches as take {@value #TURN_MS} ms, at least one, each with new
 * draws; median and tenth percentile are over turns. Before that each contender runs until the
 * compiler has seen {@value #WARM_UP} minibatches or {@value #WARM_UP_MS} ms.
 */
final class StageMeasurement {
  private static final int WARM_UP = 120;
  private static final double WARM_UP_MS = 2000;
  private static final double TURN_MS = 10;

  private final GradientSettings settings;
  private final List<SessionBatch> batches;
  private final List<Map<Reward, double[]>> exact;
  private final Stage stage;
  private final double[] out;
  private long draws;

  /**
   * Of a stage.
   *
   * @param exact the true gradients, a map for each minibatch
   */
  StageMeasurement(
      GradientSettings settings,
      List<SessionBatch> batches,
      List<Map<Reward, double[]>> exact,
      Stage stage) {
    this.settings = settings;
    this.batches = batches;
    this.exact = exact;
    this.stage = stage;
    this.out = new double[stage.theta().length];
  }

  /** Measures all. */
  List<GradientResult> run(
      List<Contender> contenders, List<ThetaGradient> gradients, Progress progress) {
    for (int c = 0; c < contenders.size(); c++) {
      progress.say("%s: warming up %s".formatted(stage.name(), contenders.get(c).label()));
      warmUp(gradients.get(c));
    }
    List<Map<Reward, GradientError>> errors = new ArrayList<>();
    for (int c = 0; c < contenders.size(); c++) {
      progress.say("%s: errors of %s".formatted(stage.name(), contenders.get(c).label()));
      errors.add(errors(gradients.get(c), contenders.get(c).draws() ? settings.repetitions() : 1));
    }
    progress.say("%s: timing".formatted(stage.name()));
    List<Map<Reward, double[]>> times = times(gradients);
    List<GradientResult> results = new ArrayList<>();
    for (int c = 0; c < contenders.size(); c++) {
      for (Reward reward : Reward.values()) {
        results.add(
            result(
                contenders.get(c),
                gradients.get(c).softmax().report().estimator(),
                reward,
                Quantiles.of(times.get(c).get(reward)),
                errors.get(c).get(reward)));
      }
    }
    return results;
  }

  private void warmUp(ThetaGradient gradient) {
    long start = CpuClock.nanos();
    for (int k = 0; k < WARM_UP && (CpuClock.nanos() - start) * 1e-6 < WARM_UP_MS; k++) {
      gradient.fit(stage.theta(), batches.get(k % batches.size()), nextKey());
      for (Reward reward : Reward.values()) {
        gradient.of(reward, out);
      }
    }
  }

  private Map<Reward, GradientError> errors(ThetaGradient gradient, int repetitions) {
    Map<Reward, GradientError> errors = new EnumMap<>(Reward.class);
    for (int m = 0; m < batches.size(); m++) {
      Map<Reward, double[][]> estimates = new EnumMap<>(Reward.class);
      for (Reward reward : Reward.values()) {
        estimates.put(reward, new double[repetitions][out.length]);
      }
      for (int r = 0; r < repetitions; r++) {
        gradient.fit(stage.theta(), batches.get(m), nextKey());
        for (Reward reward : Reward.values()) {
          gradient.of(reward, estimates.get(reward)[r]);
        }
      }
      for (Reward reward : Reward.values()) {
        errors
            .computeIfAbsent(reward, kind -> new GradientError())
            .add(exact.get(m).get(reward), estimates.get(reward));
      }
    }
    return errors;
  }

  private List<Map<Reward, double[]>> times(List<ThetaGradient> gradients) {
    List<Map<Reward, double[]>> times = new ArrayList<>();
    for (int c = 0; c < gradients.size(); c++) {
      Map<Reward, double[]> rounds = new EnumMap<>(Reward.class);
      for (Reward reward : Reward.values()) {
        rounds.put(reward, new double[settings.rounds()]);
      }
      times.add(rounds);
    }
    for (int round = 0; round < settings.rounds(); round++) {
      for (int c = 0; c < gradients.size(); c++) {
        for (Reward reward : Reward.values()) {
          times.get(c).get(reward)[round] = turn(gradients.get(c), reward);
        }
      }
    }
    return times;
  }

  private double turn(ThetaGradient gradient, Reward reward) {
    long start = CpuClock.nanos();
    int done = 0;
    double millis;
    do {
      gradient.fit(stage.theta(), batches.get(done % batches.size()), nextKey());
      gradient.of(reward, out);
      done++;
      millis = (CpuClock.nanos() - start) * 1e-6;
    } while (millis < TURN_MS || done < Math.min(batches.size(), 2));
    return millis / done;
  }

  private long nextKey() {
    return CounterBasedRandom.bits(settings.seed(), draws++);
  }

  private GradientResult result(
      Contender contender, String chosen, Reward reward, Quantiles cpuMs, GradientError error) {
    return new GradientResult(
        GradientResult.HINDCAST,
        contender.estimator(),
        contender.variant(),
        chosen,
        stage.name(),
        reward,
        cpuMs,
        error.relativeMse(),
        error.cosine(),
        error.biasSquared(),
        error.biasSquaredError());
  }
}
