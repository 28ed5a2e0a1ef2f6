package hindcast.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where warnings and stack traces of a run go: a file, so that the screen stays the run's own. It
 * must be chosen before anything is logged.
 */
public final class LogFile {

  private static final String PROPERTY = "hindcast.log.file";

  private final Path file;
  private final boolean temporary;

  private LogFile(Path file, boolean temporary) {
    this.file = file;
    this.temporary = temporary;
  }

  /** The log file of a run in this directory, or of a run that keeps nothing if it is null. */
  public static LogFile of(Path kept) {
    boolean temporary = kept == null;
    Path folder = temporary ? Path.of(System.getProperty("java.io.tmpdir")) : kept;
    String name = temporary ? "hindcast-" + ProcessHandle.current().pid() + ".log" : "hindcast.log";
    LogFile log = new LogFile(folder.resolve(name).toAbsolutePath(), temporary);
    if (System.getProperty(PROPERTY) == null) {
      System.setProperty(PROPERTY, log.file.toString());
    }
    return log;
  }

  /** Where details of a failure are, for the end of its message; empty if nothing was logged. */
  public static String hint() {
    String file = System.getProperty(PROPERTY);
    return file != null && Files.exists(Path.of(file)) ? "; details are in " + file : "";
  }

  /** After a clean end: a log nobody asked for goes. */
  public void discardIfTemporary() {
    if (temporary) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        file.toFile().deleteOnExit();
      }
    }
  }
}
