package hindcast.local.demo;

import hindcast.audit.DelayQuantiles;
import hindcast.avro.CatalogueManifest;
import hindcast.avro.PolicyCheckpoint;
import hindcast.local.certificate.InputFile;
import hindcast.local.results.ResultBoard;
import hindcast.local.results.Truths;
import hindcast.local.traffic.InputFeed;
import hindcast.local.words.LogSpan;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What a demo is fed with: a simulated world, or a historical log as live traffic. */
interface DemoInput extends AutoCloseable {

  /** One phrase for the heading. */
  String title();

  /** {@code simulation}, or the name of the log's format. */
  String format();

  /** The items, in a file of the data directory. */
  CatalogueManifest catalogue();

  /** What sends the messages; made once. */
  Feeder feeder(InputFeed feed);

  /** How long the feeder sends, in seconds; negative if until it is stopped. */
  long seconds();

  /** True values of what is on the board. */
  Truths truths(ResultBoard results);

  /** A new version of a learned policy. */
  void learned(PolicyCheckpoint checkpoint);

  /** Computes true values that are asked for and unknown; may take seconds. */
  void computeTruths();

  /** Event times of what was sent. */
  LogSpan span();

  /** Delays of the rewards; empty where they are not read from a log. */
  Optional<DelayQuantiles> delays() throws IOException;

  /** The files it reads. */
  List<InputFile> files();

  /** Lines below the table. */
  List<String> notes();

  @Override
  default void close() {}

  /** Sends messages until the end or until stopped. */
  interface Feeder extends Runnable {

    /** Stops where it is. */
    void stop();

    /** Impressions sent so far, duplicates and broken ones included. */
    long impressions();
  }
}
