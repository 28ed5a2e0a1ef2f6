package hindcast.local.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Headless Chromium: {@code HINDCAST_CHROMIUM}, or one on the path. A page is opened in a frame of
 * a given width, since headless windows are no narrower than 500 pixels.
 */
final class Browser {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "chrome");
  private static final long SECONDS = 120;

  /** What a page looks like, as JSON in base64, since the page may hold any text. */
  private static final String PROBE =
      """
      <script>
      const said = {errors: []};
      window.addEventListener('error', e => said.errors.push(String(e.message || e.type)));
      window.addEventListener('load', () => {
        const root = document.documentElement;
        said.width = window.innerWidth;
        said.scrollWidth = root.scrollWidth;
        said.title = document.title;
        said.scripts = document.scripts.length;
        said.charts = [...document.querySelectorAll('svg')]
          .filter(s => s.getBoundingClientRect().width > 0)
          .map(s => ({
            label: s.getAttribute('aria-label'),
            role: s.getAttribute('role'),
            width: s.getBoundingClientRect().width,
            marks: [...s.querySelectorAll('path, circle, ellipse, rect, line, polyline')]
              .filter(m => (m.getAttribute('stroke') || m.parentNode.getAttribute('stroke') || '')
                  .startsWith('rgb(1,0,')
                || (m.getAttribute('fill') || m.parentNode.getAttribute('fill') || '')
                  .startsWith('rgb(1,0,'))
              .filter(m => { const b = m.getBoundingClientRect(); return b.width + b.height > 0; })
              .length}));
        said.wide = [...document.querySelectorAll('body *')]
          .filter(e => !e.closest('.scroll') && !e.closest('svg')
            && e.getBoundingClientRect().right > window.innerWidth + 1)
          .map(e => e.tagName + ' ' + e.className);
        said.font = Math.min(...[...document.querySelectorAll('p, li, td, th, dt, dd')]
          .map(e => parseFloat(getComputedStyle(e).fontSize)));
        root.setAttribute('data-probe', btoa(unescape(encodeURIComponent(JSON.stringify(said)))));
      });
      </script>
      """;

  private final String command;
  private final Path folder;

  private Browser(String command, Path folder) {
    this.command = command;
    this.folder = folder;
  }

  /** The browser of this machine, if it has one. */
  static Optional<Browser> find(Path folder) {
    String named = System.getenv("HINDCAST_CHROMIUM");
    if (named != null) {
      return Optional.of(new Browser(named, folder));
    }
    for (String place : System.getenv().getOrDefault("PATH", "").split(":")) {
      for (String name : NAMES) {
        Path file = Path.of(place, name);
        if (Files.isExecutable(file)) {
          return Optional.of(new Browser(file.toString(), folder));
        }
      }
    }
    return Optional.empty();
  }

  /** What a page looks like at a width; nothing may come to the console. */
  JsonNode open(String html, int width) throws Exception {
    assertThat(html).contains("<head>");
    Files.writeString(folder.resolve("page.html"), html.replace("<head>", "<head>" + PROBE));
    Path frame = folder.resolve("frame.html");
    Files.writeString(
        frame,
        """
        <html><body style="margin:0"><iframe id="f" src="page.html"
        style="border:0;width:%dpx;height:900px"></iframe><script>
        window.onload = () => document.body.setAttribute('data-said',
          document.getElementById('f').contentDocument.documentElement.getAttribute('data-probe'));
        </script></body></html>
        """
            .formatted(width));
    Matcher said = Pattern.compile("data-said=\"([^\"]+)\"").matcher(dump(frame));
    assertThat(said.find()).as("the page said something").isTrue();
    byte[] json = Base64.getDecoder().decode(said.group(1));
    return new ObjectMapper().readTree(new String(json, StandardCharsets.UTF_8));
  }

  private String dump(Path page) throws Exception {
    Path out = folder.resolve("out.html");
    Path errors = folder.resolve("errors.txt");
    Process process =
        new ProcessBuilder(
                command,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--allow-file-access-from-files",
                "--enable-logging=stderr",
                "--window-size=1400,1000",
                "--user-data-dir=" + folder.resolve("profile"),
                "--dump-dom",
                page.toUri().toString())
            .redirectOutput(out.toFile())
            .redirectError(errors.toFile())
            .start();
    boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly();
    assertThat(ended).as("the browser ended").isTrue();
    assertThat(Files.readString(errors)).doesNotContain("CONSOLE");
    return Files.readString(out);
  }
}
