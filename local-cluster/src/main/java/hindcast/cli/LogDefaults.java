package hindcast.cli;

import java.util.List;

/**
 * Configuration for historical logs where no file is given. Live and replayed logs differ only in
 * when they report and snapshot, so that their results are the same.
 */
final class LogDefaults {

  /** A log is not waited for, so windows can be long: fewer of them, the same order inside. */
  private static final String WINDOW = "5min";

  /** A log streamed through Kafka. */
  static final List<String> LIVE =
      List.of(
          "time.idle-timeout=0",
          "learning.window=" + WINDOW,
          "job.checkpoint-interval=5s",
          "evaluation.report-every=1h",
          "audit.report-every=1h");

  /** A log replayed: one report, at its end. */
  static final List<String> REPLAY =
      List.of(
          "time.idle-timeout=0",
          "learning.window=" + WINDOW,
          "evaluation.report-every=0",
          "audit.report-every=1h");

  private LogDefaults() {}
}
