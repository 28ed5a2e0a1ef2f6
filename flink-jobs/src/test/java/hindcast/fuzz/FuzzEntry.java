package hindcast.fuzz;

import java.io.IOException;

/** What Jazzer calls: the target that the system property {@code hindcast.fuzz.target} names. */
public final class FuzzEntry {
  private static final FuzzTarget TARGET =
      FuzzTarget.valueOf(System.getProperty("hindcast.fuzz.target"));

  private FuzzEntry() {}

  /** Loads classes before the time of an input is taken. */
  public static void fuzzerInitialize() throws IOException {
    TARGET.outcome(new byte[0]);
  }

  /** One input. */
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    TARGET.outcome(input);
  }
}
