package hindcast.connectors.logs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;

/** The pass over the files of a log that precedes its replay. */
final class LogScanner {
  private final LogFormat format;
  private final LongConsumer progress;
  private final LogScan.Contents contents = new LogScan.Contents();
  private final Set<String> declaredItems = new LinkedHashSet<>();
  private final List<PieceScan> scans = new ArrayList<>();
  private LogFormat.LineParser shared;
  private Map<String, String> otherNames = Map.of();
  private Path dimensionOf;
  private int dimension;

  LogScanner(LogFormat format, LongConsumer progress) {
    this.format = format;
    this.progress = progress;
  }

  LogScan scan(List<Path> files, List<Path> rewards) throws IOException {
    shared = LogMerge.sharedParser(format);
    for (Path file : files) {
      scan(file);
    }
    LogFormat ofRewards = rewards.isEmpty() ? null : format.rewards();
    for (Path file : rewards) {
      try (LogReader reader = LogReader.open(ofRewards, file)) {
        add(reader, file, true, ofRewards);
      }
    }
    List<LogPiece> pieces = LogOrder.of(scans);
    int open = LogOrder.mostOpen(pieces);
    if (open > LogScan.MOST_OPEN) {
      throw new IOException(
          "files whose times overlap must be at most "
              + LogScan.MOST_OPEN
              + ": "
              + open
              + " do at one time; join some of them, sorted by time");
    }
    return contents.result(declaredItems, otherNames, dimension, pieces);
  }

  private void scan(Path file) throws IOException {
    try (LogReader reader = LogReader.open(format, file, 0, shared)) {
      add(reader, file, false, format);
      declaredItems.addAll(reader.declaredItems());
      otherNames = reader.otherNames();
      if (dimensionOf != null && dimension != reader.contextDimension()) {
        throw new IOException(
            "files of a log must have the same features: %s has %d, %s has %d"
                .formatted(dimensionOf, dimension, file, reader.contextDimension()));
      }
      dimensionOf = file;
      dimension = reader.contextDimension();
    }
  }

  private void add(LogReader reader, Path file, boolean rewards, LogFormat own) throws IOException {
    scans.add(
        PieceScan.of(
            reader,
            file,
            rewards,
            own.hasHeader() ? 1 : 0,
            entry -> {
              contents.add(entry);
              progress.accept(contents.entries());
            }));
  }
}
