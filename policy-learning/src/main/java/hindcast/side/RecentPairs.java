package hindcast.side;

import hindcast.reward.TwoStepRegression;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.TreeMap;

/**
 * The last m events of each (segment, cluster): a new event forms a pair with each of them that
 * shows another item. The context of the pair is that of the new event, so segments should be fine
 * enough for contexts to repeat within them.
 */
final class RecentPairs {
  private record Event(int item, double reward) {}

  private final int length;
  private final Map<String, Map<Integer, ArrayDeque<Event>>> recent = new TreeMap<>();

  RecentPairs(int length) {
    this.length = length;
  }

  /** Trains on the pairs of an event, then keeps it. */
  void learn(
      TwoStepRegression model, String segment, int cluster, double[] x, int item, double reward) {
    ArrayDeque<Event> events =
        recent
            .computeIfAbsent(segment, s -> new TreeMap<>())
            .computeIfAbsent(cluster, c -> new ArrayDeque<>());
    for (Event earlier : events) {
      if (earlier.item() != item) {
        model.updatePair(x, item, reward, earlier.item(), earlier.reward());
      }
    }
    events.addLast(new Event(item, reward));
    if (events.size() > length) {
      events.removeFirst();
    }
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(recent.size());
    for (var segment : recent.entrySet()) {
      out.writeUTF(segment.getKey());
      out.writeInt(segment.getValue().size());
      for (var cluster : segment.getValue().entrySet()) {
        out.writeInt(cluster.getKey());
        out.writeInt(cluster.getValue().size());
        for (Event event : cluster.getValue()) {
          out.writeInt(event.item());
          out.writeDouble(event.reward());
        }
      }
    }
  }

  void read(DataInput in) throws IOException {
    recent.clear();
    for (int s = in.readInt(); s > 0; s--) {
      Map<Integer, ArrayDeque<Event>> clusters = new TreeMap<>();
      recent.put(in.readUTF(), clusters);
      for (int c = in.readInt(); c > 0; c--) {
        ArrayDeque<Event> events = new ArrayDeque<>();
        clusters.put(in.readInt(), events);
        for (int k = in.readInt(); k > 0; k--) {
          events.addLast(new Event(in.readInt(), in.readDouble()));
        }
      }
    }
  }
}
