package hindcast.jobs.feedback;

import hindcast.avro.Feedback;
import hindcast.jobs.state.StateBytes;
import hindcast.propensity.DirichletPropensity;
import hindcast.propensity.ItemCounts;
import hindcast.propensity.Propensity;
import java.util.Map;
import java.util.function.ObjDoubleConsumer;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.util.FlinkRuntimeException;

/**
 * A Dirichlet estimate, sparse over items: one map entry for each item that was shown, and 25 bytes
 * of sum and decay. An event reads and writes one entry.
 */
final class KeyedDirichlet implements KeyedEstimate {
  private final PropensitySettings settings;
  private final SharedPopularity popularity;
  private final ValueState<byte[]> totals;
  private final Counts counts;
  private DirichletPropensity estimate;

  KeyedDirichlet(PropensitySettings settings, SharedPopularity popularity, RuntimeContext context) {
    this.settings = settings;
    this.popularity = popularity;
    totals =
        context.getState(
            new ValueStateDescriptor<>(
                "logging-policy-totals", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    counts =
        new Counts(
            context.getMapState(
                new MapStateDescriptor<>("logging-policy-counts", Types.STRING, Types.DOUBLE)));
  }

  @Override
  public boolean load(Feedback first) throws Exception {
    estimate = new DirichletPropensity(settings.halfLifeMicros(), settings.priorStrength(), counts);
    byte[] bytes = totals.value();
    StateBytes.read(bytes, estimate::readTotals);
    return bytes == null;
  }

  @Override
  public Propensity predict(Feedback feedback) {
    long time = feedback.getEventTimeMicros();
    String item = feedback.getItemId();
    return estimate.predict(item, popularity.mean(feedback.getPolicyId(), item, time), time);
  }

  @Override
  public void update(Feedback feedback) {
    estimate.update(feedback.getItemId(), feedback.getEventTimeMicros());
  }

  @Override
  public void store() throws Exception {
    totals.update(StateBytes.write(estimate::writeTotals));
  }

  @Override
  public long forget() throws Exception {
    long[] items = new long[1];
    counts.forEach((item, count) -> items[0]++);
    counts.state.clear();
    totals.clear();
    return items[0];
  }

  private record Counts(MapState<String, Double> state) implements ItemCounts {
    @Override
    public double get(String item) {
      try {
        Double count = state.get(item);
        return count == null ? 0 : count;
      } catch (Exception e) {
        throw new FlinkRuntimeException(e);
      }
    }

    @Override
    public void set(String item, double count) {
      try {
        state.put(item, count);
      } catch (Exception e) {
        throw new FlinkRuntimeException(e);
      }
    }

    @Override
    public void remove(String item) {
      try {
        state.remove(item);
      } catch (Exception e) {
        throw new FlinkRuntimeException(e);
      }
    }

    @Override
    public void forEach(ObjDoubleConsumer<String> entry) {
      try {
        for (Map.Entry<String, Double> count : state.entries()) {
          entry.accept(count.getKey(), count.getValue());
        }
      } catch (Exception e) {
        throw new FlinkRuntimeException(e);
      }
    }
  }
}
