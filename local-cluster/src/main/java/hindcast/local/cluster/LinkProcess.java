package hindcast.local.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A {@link FaultyLink} as a process: {@code PORT TARGET FILE}. The file holds its mode and is read
 * ten times a second; without it the link is open.
 */
final class LinkProcess {
  private static final long POLL_MILLIS = 100;

  private LinkProcess() {}

  /** Runs until it is killed. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path file = Path.of(arguments[2]);
    try (FaultyLink link =
        FaultyLink.start(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]))) {
      String last = "";
      while (true) {
        String text = Files.exists(file) ? Files.readString(file) : LinkMode.OPEN.toString();
        if (!text.equals(last)) {
          System.out.println(text);
          link.set(LinkMode.parse(text));
          last = text;
        }
        Thread.sleep(POLL_MILLIS);
      }
    }
  }
}
