package hindcast.local.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScreenTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void redrawsInPlaceCutToTheTerminal() {
    try (Screen screen = new Screen(out, true, 4, 3)) {
      screen.show(List.of("abcdef", "x", "never seen"));
      bytes.reset();
      screen.show(List.of("second"));
      assertThat(text()).isEqualTo("\u001b[?25l\u001b[2A\rseco\u001b[K\n\u001b[J");
    }
    assertThat(text()).endsWith("\u001b[?25h");
  }

  @Test
  void printsPlainLinesWhereItIsNotATerminal() {
    try (Screen screen = new Screen(out, false, 4, 3)) {
      screen.show(List.of("abcdef", "x"));
      screen.print("kept");
    }
    assertThat(text().lines()).containsExactly("abcdef", "x", "kept");
    assertThat(text()).doesNotContain("\u001b");
  }

  @Test
  void readsTheSizeOfATerminal() {
    assertThat(Screen.parseSize("40 132\n")).containsExactly(40, 132);
    assertThat(Screen.parseSize("0 0")).containsExactly(50, 120);
    assertThat(Screen.parseSize("")).containsExactly(50, 120);
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
