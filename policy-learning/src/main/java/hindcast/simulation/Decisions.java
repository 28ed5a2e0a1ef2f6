package hindcast.simulation;

/**
 * The endless sequence of decisions of a world's logging policy: a Poisson process in time, a
 * context drawn uniformly, an item drawn from π₀(·|x), a Bernoulli reward, a delay. It depends on
 * the seeds, the rate and the reward times of the settings, and on nothing else.
 *
 * <p>The delay of a reward inside the window is exponential, cut at W by inversion: t = −μ log(1 −
 * u (1 − e^{−W/μ})), μ the mean before the cut.
 */
final class Decisions {
  private final SyntheticWorld world;
  private final TrafficSettings settings;
  private final long startMicros;
  private final SeededRandom random;
  private final double insideMass;
  private double elapsedMicros;
  private long number;

  Decisions(SyntheticWorld world, TrafficSettings settings, long startMicros) {
    this.world = world;
    this.settings = settings;
    this.startMicros = startMicros;
    random = new SeededRandom(settings.seed(), "decisions");
    insideMass =
        -Math.expm1(-(double) settings.rewardWindowMicros() / settings.meanRewardDelayMicros());
  }

  Decision next() {
    elapsedMicros += random.nextExponential() * 1e6 / settings.impressionsPerSecond();
    int context = random.nextInt(world.contexts());
    int item = world.drawItem(context, random);
    boolean rewarded = random.happens(world.rewardProbability(context, item));
    long delay = drawDelay();
    return new Decision(
        number++,
        startMicros + (long) elapsedMicros,
        context,
        item,
        world.propensity(context, item),
        rewarded ? delay : Decision.NONE);
  }

  private long drawDelay() {
    boolean late = random.happens(settings.lateRewardShare());
    double u = random.nextDouble();
    long window = settings.rewardWindowMicros();
    if (late) {
      return window + (long) (u * window / 2);
    }
    double delay = -settings.meanRewardDelayMicros() * Math.log1p(-u * insideMass);
    return Math.min((long) delay, window - 1);
  }
}
