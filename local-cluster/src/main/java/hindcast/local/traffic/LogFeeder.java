package hindcast.local.traffic;

import hindcast.avro.Reward;
import hindcast.connectors.logs.LogEntry;
import hindcast.connectors.logs.LogFormat;
import hindcast.connectors.logs.LogReader;
import hindcast.connectors.logs.LogScan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Streams a historical log as live traffic, as fast as it goes: impressions to one topic, rewards
 * to another, lines that cannot be used as the bytes they are.
 *
 * <p>Every {@value #MARKER_EVERY} lines a time marker goes to all partitions, so that none runs far
 * ahead of the others; at the end all are closed.
 */
public final class LogFeeder implements Runnable {

  private static final int MARKER_EVERY = 500;

  private final LogFormat format;
  private final Path file;
  private final InputFeed feed;
  private final long disorderMicros;
  private long latestMicros;
  private final AtomicLong sent = new AtomicLong();
  private volatile boolean stopped;

  /** A refused line stands at the latest time before it, or at the first one of the log. */
  public LogFeeder(LogFormat format, Path file, InputFeed feed, LogScan scan) {
    this.format = format;
    this.file = file;
    this.feed = feed;
    this.disorderMicros = scan.disorderMicros();
    this.latestMicros = scan.firstTimeMicros();
  }

  /** Lines sent so far. */
  public long sent() {
    return sent.get();
  }

  /** Stops where it is and closes nothing. */
  public void stop() {
    stopped = true;
  }

  @Override
  public void run() {
    long latest = 0;
    try (LogReader reader = LogReader.open(format, file)) {
      for (LogEntry entry = reader.next(); entry != null; entry = reader.next()) {
        if (stopped) {
          return;
        }
        latest = Math.max(latest, send(entry));
        if (sent.incrementAndGet() % MARKER_EVERY == 0) {
          feed.marker(Math.max(0, latest - disorderMicros));
        }
      }
      feed.closing(latest);
      feed.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("log cannot be read: " + file, e);
    }
  }

  /** Sends a line; the largest event time in it. */
  private long send(LogEntry entry) {
    if (entry.isRejected()) {
      feed.sendRejected(entry.raw(), entry.reject(), latestMicros);
      return 0;
    }
    long time = entry.impression().getEventTimeMicros();
    latestMicros = Math.max(latestMicros, time);
    feed.send(entry.impression());
    for (Reward reward : entry.rewards()) {
      latestMicros = Math.max(latestMicros, reward.getEventTimeMicros());
      feed.send(reward);
    }
    return time;
  }
}
