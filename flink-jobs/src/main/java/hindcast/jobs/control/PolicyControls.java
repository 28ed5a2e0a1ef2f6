package hindcast.jobs.control;

import hindcast.avro.PolicyControl;
import hindcast.connectors.avro.ControlMapping;
import hindcast.control.DeploymentHistory;
import hindcast.jobs.state.MaturityTime;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;

/**
 * The commands a job obeys, as broadcast state. They come from {@link ControlTopology}, checked,
 * each once, and carry the beginning of the window of impression time in which they take effect:
 * that window has not been handled anywhere when a command arrives.
 */
public final class PolicyControls {
  /** Broadcast state: number in order of arrival -> command, without the version it names. */
  public static final MapStateDescriptor<Long, PolicyControl> STATE =
      new MapStateDescriptor<>(
          "policy-controls", Types.LONG, new AvroTypeInfo<>(PolicyControl.class));

  private PolicyControls() {}

  /** Remembers a command. */
  public static void add(BroadcastState<Long, PolicyControl> state, PolicyControl control)
      throws Exception {
    long next = 0;
    for (Map.Entry<Long, PolicyControl> entry : state.entries()) {
      next = Math.max(next, entry.getKey() + 1);
    }
    state.put(next, withoutContent(control));
  }

  /** What is deployed when, by the commands known so far. */
  public static DeploymentHistory history(ReadOnlyBroadcastState<Long, PolicyControl> state)
      throws Exception {
    TreeMap<Long, PolicyControl> ordered = new TreeMap<>();
    for (Map.Entry<Long, PolicyControl> entry : state.immutableEntries()) {
      ordered.put(entry.getKey(), entry.getValue());
    }
    DeploymentHistory history = new DeploymentHistory();
    ordered.values().forEach(control -> history.add(ControlMapping.command(control)));
    return history;
  }

  /** The timer, in maturity time, of the window in which a command takes effect. */
  public static long dueMillis(PolicyControl control, MaturityTime maturity, long windowMillis) {
    long millis = Math.floorDiv(control.getEffectiveTimeMicros(), 1000L);
    return maturity.of(MaturityTime.nextBoundary(millis, windowMillis)) - 1;
  }

  /** The command without the bytes of the version it names. */
  public static PolicyControl withoutContent(PolicyControl control) {
    PolicyControl.Builder copy = PolicyControl.newBuilder(control);
    if (control.getCheckpoint() != null) {
      copy.getCheckpoint().setContent(null);
    }
    return copy.build();
  }
}
