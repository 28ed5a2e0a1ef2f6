package hindcast.fuzz;

import hindcast.connectors.avro.AvroMapping;
import hindcast.connectors.avro.WireFormat;
import hindcast.connectors.logs.LogEntry;
import hindcast.connectors.logs.LogFormat;
import hindcast.connectors.logs.LogReader;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Files as logs. The outcome is the reason of the first line that is refused. What is not refused
 * has features that can be used, finite rewards, and is the same when it has been to a topic.
 */
final class LogTarget {
  private LogTarget() {}

  static String outcome(LogFormat format, byte[] input) throws IOException {
    Path file = TemporaryFile.of("log", input);
    String outcome = FuzzTarget.ACCEPTED;
    try (LogReader reader = LogReader.open(format, file)) {
      for (LogEntry entry = reader.next(); entry != null; entry = reader.next()) {
        String one = outcome(entry);
        outcome = outcome.equals(FuzzTarget.ACCEPTED) ? one : outcome;
      }
      return outcome;
    } catch (IOException e) {
      FuzzTarget.requireMessage(e.getMessage(), file.toString());
      return FuzzTarget.REFUSED;
    }
  }

  private static String outcome(LogEntry entry) {
    if (entry.isRejected()) {
      FuzzTarget.requireMessage(entry.reject().detail(), "");
      return entry.reject().reason().name();
    }
    WireFormat wire = WireFormat.ofThread();
    if (!entry.impression().equals(wire.decode(wire.encode(entry.impression())).record())) {
      throw new IllegalStateException("a topic must not change it: " + entry.impression());
    }
    if (AvroMapping.checkContext(entry.impression().getContext()) != null
        || !entry.rewards().stream().allMatch(reward -> Double.isFinite(reward.getValue()))) {
      throw new IllegalStateException("must be usable: " + entry);
    }
    return FuzzTarget.ACCEPTED;
  }
}
