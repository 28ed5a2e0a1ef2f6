package hindcast.bench;

import hindcast.avro.Context;
import hindcast.avro.Feedback;
import hindcast.avro.PropensitySource;
import hindcast.numeric.CounterBasedRandom;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/** Number k of a log becomes its feedback: segment by Zipf's law, item by a skewed draw. */
final class PropensityEvents extends RichMapFunction<Long, Feedback> {
  private static final long serialVersionUID = 1L;

  /** Length of every key of the estimate: policy, version, segment. */
  static final int KEY_LENGTH = "logging/0/s0000000".length();

  /** Length of every item id. */
  static final int ITEM_LENGTH = "a0000".length();

  /** Microseconds of event time between two events. */
  static final long SPACING_MICROS = 10;

  private static final Context CONTEXT = new Context(ByteBuffer.wrap(new byte[8]), null);

  private final int segments;
  private final int items;
  private final double zipf;
  private final long seed;
  private transient double[] cumulative;

  PropensityEvents(int segments, int items, double zipf, long seed) {
    this.segments = segments;
    this.items = items;
    this.zipf = zipf;
    this.seed = seed;
  }

  @Override
  public void open(OpenContext context) {
    cumulative = new double[segments];
    double sum = 0;
    for (int k = 0; k < segments; k++) {
      sum += Math.pow(k + 1.0, -zipf);
      cumulative[k] = sum;
    }
  }

  @Override
  public Feedback map(Long event) {
    double u = CounterBasedRandom.uniform(seed, 2 * event) * cumulative[segments - 1];
    int found = Arrays.binarySearch(cumulative, u);
    int segment = Math.min(segments - 1, found < 0 ? -found - 1 : found);
    double v = CounterBasedRandom.uniform(seed, 2 * event + 1);
    int item = (int) (v * v * items);
    Feedback feedback = new Feedback();
    feedback.setImpressionId(id(event));
    feedback.setEventTimeMicros(event * SPACING_MICROS);
    feedback.setSegment(padded('s', segment, 7));
    feedback.setContext(CONTEXT);
    feedback.setItemId(padded('a', item, 4));
    feedback.setPolicyId("logging");
    feedback.setPropensitySource(PropensitySource.ESTIMATED);
    feedback.setPropensityModel("");
    feedback.setActivatedInTime(true);
    return feedback;
  }

  private static String id(long event) {
    return padded('i', event, 9);
  }

  private static String padded(char prefix, long number, int digits) {
    char[] text = new char[digits + 1];
    text[0] = prefix;
    for (int k = digits; k > 0; k--) {
      text[k] = (char) ('0' + number % 10);
      number /= 10;
    }
    return new String(text);
  }

  /** The number in an id. */
  static int number(String id) {
    return Integer.parseInt(id, 1, id.length(), 10);
  }
}
