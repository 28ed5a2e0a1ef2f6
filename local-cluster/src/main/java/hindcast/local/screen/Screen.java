package hindcast.local.screen;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.concurrent.TimeUnit;

/**
 * A block of lines at the bottom of a terminal, redrawn in place with plain ANSI sequences; where
 * the output is not a terminal (or {@code TERM=dumb}) the lines are printed one after the other.
 *
 * <p>A redraw is one write, lines are cut at the terminal's width and height, so nothing flickers
 * or wraps. Thread-safe.
 */
public final class Screen implements AutoCloseable {

  private static final String ESCAPE = "\u001b[";
  private static final String CLEAR_LINE = ESCAPE + "K";
  private static final String CLEAR_BELOW = ESCAPE + "J";
  private static final String HIDE_CURSOR = ESCAPE + "?25l";
  private static final String SHOW_CURSOR = ESCAPE + "?25h";
  private static final int DEFAULT_WIDTH = 120;
  private static final int DEFAULT_HEIGHT = 50;

  private final PrintStream out;
  private final boolean live;
  private final int width;
  private final int height;
  private int drawn;
  private boolean closed;

  /**
   * @param live whether lines may be redrawn
   * @param width columns of the terminal
   * @param height rows of the terminal
   */
  public Screen(PrintStream out, boolean live, int width, int height) {
    this.out = out;
    this.live = live;
    this.width = width;
    this.height = height;
  }

  /** The screen of this process. */
  public static Screen standard(Map<String, String> environment) {
    int[] size = terminalSize();
    boolean dumb = "dumb".equals(environment.get("TERM"));
    if (size == null || dumb) {
      return new Screen(System.out, false, Integer.MAX_VALUE, Integer.MAX_VALUE);
    }
    return new Screen(System.out, true, columns(environment, size[1]), size[0]);
  }

  /** Whether lines are redrawn in place. */
  public boolean isLive() {
    return live;
  }

  /** Shows these lines instead of the ones shown before; below them if they cannot be redrawn. */
  public synchronized void show(List<String> lines) {
    if (closed) {
      return;
    }
    if (live) {
      redraw(lines);
    } else {
      lines.forEach(out::println);
      out.flush();
    }
  }

  /** Prints a line that stays, above the block that is redrawn. */
  public synchronized void print(String line) {
    StringBuilder text = new StringBuilder();
    rewind(text);
    text.append(line).append(live ? CLEAR_BELOW : "").append(System.lineSeparator());
    out.print(text);
    out.flush();
    drawn = 0;
  }

  /** Leaves what is shown as it is and gives the cursor back. */
  @Override
  public synchronized void close() {
    if (!closed && live) {
      out.print(SHOW_CURSOR);
      out.flush();
    }
    closed = true;
  }

  private void redraw(List<String> lines) {
    StringBuilder text = new StringBuilder(HIDE_CURSOR);
    rewind(text);
    int rows = Math.min(lines.size(), Math.max(1, height - 1));
    for (String line : lines.subList(0, rows)) {
      text.append(line, 0, Math.min(line.length(), width)).append(CLEAR_LINE).append('\n');
    }
    text.append(CLEAR_BELOW);
    out.print(text);
    out.flush();
    drawn = rows;
  }

  private void rewind(StringBuilder text) {
    if (live && drawn > 0) {
      text.append(ESCAPE).append(drawn).append("A\r");
    }
  }

  private static int columns(Map<String, String> environment, int measured) {
    try {
      return Integer.parseInt(environment.getOrDefault("COLUMNS", String.valueOf(measured)));
    } catch (NumberFormatException e) {
      return measured;
    }
  }

  /** Rows and columns, or null if standard output is not a terminal. */
  private static int[] terminalSize() {
    try {
      Process process =
          new ProcessBuilder("sh", "-c", "test -t 1 && { stty size </dev/tty >&2 || echo >&2; }")
              .redirectOutput(ProcessBuilder.Redirect.INHERIT)
              .start();
      if (!process.waitFor(2, TimeUnit.SECONDS)) {
        process.destroy();
        return null;
      }
      if (process.exitValue() != 0) {
        return null;
      }
      return parseSize(
          new String(process.getErrorStream().readAllBytes(), StandardCharsets.US_ASCII));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    } catch (IOException e) {
      return null;
    }
  }

  static int[] parseSize(String text) {
    Scanner numbers = new Scanner(text);
    int rows = numbers.hasNextInt() ? numbers.nextInt() : 0;
    int columns = numbers.hasNextInt() ? numbers.nextInt() : 0;
    return new int[] {rows > 0 ? rows : DEFAULT_HEIGHT, columns > 0 ? columns : DEFAULT_WIDTH};
  }
}
