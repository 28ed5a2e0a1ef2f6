package hindcast.local.page;

import hindcast.local.words.Statement;
import hindcast.local.words.Words;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * A run as one self-contained page: no script, no font, nothing from a network. What it means comes
 * first, in words; then numbers and pictures, then what the log is like, then how to repeat it.
 */
public final class ReplayPage {
  private ReplayPage() {}

  /** The page as text: HTML that is also well-formed XML. */
  public static String of(PageData data) {
    Words words = new Words(data.cases(), data.origin().config());
    List<Statement> statements = words.statements();
    Palette palette = new Palette(statements.stream().map(Statement::policy).toList());
    Sheet sheet = new Sheet();
    Markup page = sheet.markup();
    page.open("html", "lang", "en").open("head").empty("meta", "charset", "utf-8");
    page.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    page.element("title", data.title());
    page.open("style").raw(style()).close().close().open("body").open("main");
    new AnswerSection(data, words, statements, sheet).write();
    new PolicySection(data, statements, palette, sheet).write();
    new CurveSection(data, palette, sheet).write();
    new SupportSection(data, palette, sheet).write();
    new LearningSection(data, palette, sheet).write();
    new GateSection(data, sheet).write();
    new SegmentSection(data, statements, palette, sheet).write();
    new AuditSection(data, sheet).write();
    new LogSection(data, sheet).write();
    new RepeatSection(data, sheet).write();
    GlossarySection.write(sheet);
    page.close().close().close();
    return page.toString();
  }

  /** Writes the page at once: a reader sees the old file or the whole new one. */
  public static void write(PageData data, Path file) throws IOException {
    Path target = file.toAbsolutePath();
    Path unfinished = Files.createTempFile(target.getParent(), ".page", ".html");
    try {
      Files.writeString(unfinished, of(data));
      Files.move(
          unfinished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private static String style() {
    try (InputStream in = ReplayPage.class.getResourceAsStream("page.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the style sheet cannot be read", e);
    }
  }
}
