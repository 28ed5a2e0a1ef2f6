package hindcast.local.page;

import hindcast.local.results.RunSummary;
import hindcast.local.screen.GridLines;
import hindcast.local.screen.Numbers;
import hindcast.local.words.LogSpan;
import hindcast.local.words.Statement;
import hindcast.local.words.Trust;
import hindcast.local.words.Words;
import java.util.List;
import java.util.Locale;

/**
 * The top of the page: which better policy the log holds, how much better, and whether to trust it.
 */
final class AnswerSection {
  private static final int FIRST = 12;

  private final PageData data;
  private final Words words;
  private final List<Statement> statements;
  private final Sheet sheet;
  private final Markup page;

  AnswerSection(PageData data, Words words, List<Statement> statements, Sheet sheet) {
    this.data = data;
    this.words = words;
    this.statements = statements;
    this.sheet = sheet;
    this.page = sheet.markup();
  }

  void write() {
    page.open("header").element("h1", data.title());
    page.element("p", log(), "class", "lead").close();
    page.open("section", "id", "answer").element("h2", "Does the log hold a better policy?");
    page.element("p", words.answer(), "class", "answer " + kind());
    if (!statements.isEmpty()) {
      page.open("ul", "class", "words");
      statements.stream().limit(FIRST).forEach(this::statement);
      page.close();
      if (statements.size() > FIRST) {
        sheet.note("%d more policies are in the table below.".formatted(statements.size() - FIRST));
      }
      sheet.note(
          "Brackets are 95 % intervals for one look at the end of the log; percentages are of the"
              + " log's mean reward. Each holds for one policy by itself: of twenty, one is"
              + " expected to be wrong. A learned policy is judged as it was while it learned, each"
              + " impression by the version before it.");
      List<String> grids = GridLines.of(data.run().results());
      if (!grids.isEmpty()) {
        sheet.note(
            "Candidates of a grid have wider intervals than 95 %, at the level named here, wherever"
                + " they stand on this page. "
                + String.join("; ", grids)
                + ".");
      }
    }
    page.close();
    trust();
  }

  private String kind() {
    if (statements.isEmpty()) {
      return "open";
    }
    return css(statements.get(0).kind());
  }

  private static String css(Statement.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private void statement(Statement statement) {
    page.open("li", "class", css(statement.kind()));
    page.element("span", statement.kind().words(), "class", "badge");
    page.element("strong", statement.policy()).text(" " + statement.text()).close();
  }

  private void trust() {
    page.open("section", "id", "trust").element("h2", "Can it be trusted?");
    page.open("ul", "class", "trust");
    for (Trust one : Trust.of(data.run(), data.cases())) {
      page.open("li", "class", one.holds() ? "yes" : "no");
      page.element("span", one.holds() ? "yes" : "no", "class", "badge");
      page.text(one.text()).close();
    }
    page.close().close();
  }

  private String log() {
    RunSummary run = data.run();
    LogSpan span = data.span();
    return "%s impressions and %s rewards in %s format%s. %s policies evaluated."
        .formatted(
            Numbers.count(run.impressions().in()),
            Numbers.count(run.rewards().in()),
            run.format(),
            span.isDated()
                ? ", " + Cells.time(span.firstMicros()) + " to " + Cells.time(span.lastMicros())
                : "",
            data.cases().size());
  }
}
