package hindcast.simulation;

import hindcast.feedback.LoggedFeedback;
import hindcast.propensity.Propensity;
import java.util.Iterator;

/**
 * The endless log that a perfect join makes of a {@link Traffic} of the same world, settings and
 * start: one finished decision an impression, in the order (time, id), its reward 1 if one came
 * inside the window.
 *
 * <p>Propensities are all logged, whatever {@link TrafficSettings#missingPropensityShare()} says.
 */
public final class JoinedLog implements Iterator<LoggedFeedback> {
  private final SyntheticWorld world;
  private final TrafficSettings settings;
  private final Decisions decisions;

  public JoinedLog(SyntheticWorld world, TrafficSettings settings, long startMicros) {
    this.world = world;
    this.settings = settings;
    decisions = new Decisions(world, settings, startMicros);
  }

  @Override
  public boolean hasNext() {
    return true;
  }

  @Override
  public LoggedFeedback next() {
    Decision decision = decisions.next();
    boolean rewarded =
        decision.isRewarded() && decision.rewardDelayMicros() < settings.rewardWindowMicros();
    return new LoggedFeedback(
        decision.impressionId(),
        decision.eventTimeMicros(),
        world.segment(decision.context()),
        world.context(decision.context()),
        world.catalogue().idOf(decision.item()),
        0,
        null,
        SyntheticWorld.LOGGING_POLICY_ID,
        0,
        rewarded ? 1 : 0,
        Propensity.logged(decision.propensity()));
  }
}
