package hindcast.jobs.learning;

import hindcast.jobs.config.CatalogueConfig;
import java.io.Serializable;
import java.util.concurrent.TimeUnit;

/**
 * How the recall of the indexes is watched.
 *
 * @param everyMicros event time between two probes; 0 for none
 * @param floor mean recall below which it alarms, in [0, 1]
 */
record RecallSettings(long everyMicros, double floor) implements Serializable {
  static final RecallSettings NONE = new RecallSettings(0, 0);

  static RecallSettings of(CatalogueConfig config) {
    return new RecallSettings(
        TimeUnit.MILLISECONDS.toMicros(config.recallProbeEvery().toMillis()), config.recallFloor());
  }

  /** Whether a probe falls due between two event times: one for each interval begun. */
  boolean isDue(long lastMicros, long nowMicros) {
    return everyMicros > 0
        && Math.floorDiv(nowMicros, everyMicros) > Math.floorDiv(lastMicros, everyMicros);
  }
}
