package hindcast.local.page;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.knowm.xchart.internal.chartpart.Chart;

/** The page while it is written: its markup, with sections and figures. */
final class Sheet {
  private final Markup markup = new Markup();
  private int figures;

  Markup markup() {
    return markup;
  }

  /** Opens a section; {@link #close} ends it. */
  Sheet section(String id, String title) {
    markup.open("section", "id", id).element("h2", title);
    return this;
  }

  Sheet close() {
    markup.close();
    return this;
  }

  Sheet paragraph(String text) {
    markup.element("p", text);
    return this;
  }

  Sheet note(String text) {
    markup.element("p", text, "class", "note");
    return this;
  }

  /**
   * A chart with its title and what it shows.
   *
   * @param legend names and colours; none where the axis names what is drawn
   */
  Sheet figure(
      String title,
      String text,
      List<ChartLine> legend,
      Function<Picture.Size, Chart<?, ?>> chart) {
    markup.open("figure").open("figcaption").element("h3", title);
    note(text);
    markup.close();
    Optional<String> svg = Picture.draw("chart" + ++figures, title + ". " + text, chart);
    if (svg.isEmpty()) {
      paragraph("Not drawn: this Java finds no fonts to draw with.");
    } else {
      legend(legend);
      markup.raw(svg.get());
    }
    markup.close();
    return this;
  }

  /** A figure that cannot be drawn, and why. */
  Sheet noFigure(String title, String reason) {
    markup.open("figure").element("h3", title);
    note("Not drawn: " + reason);
    markup.close();
    return this;
  }

  private void legend(List<ChartLine> lines) {
    if (lines.isEmpty()) {
      return;
    }
    markup.open("ul", "class", "legend");
    for (ChartLine line : lines) {
      String kind = "s" + line.color() + (line.solid() ? "" : " dashed");
      markup.open("li").element("i", "", "class", kind);
      markup.text(line.solid() ? line.name() : line.name() + " (no interval)").close();
    }
    markup.close();
  }

  /** Text of a command or a file. */
  Sheet code(String text) {
    markup.open("pre").element("code", text).close();
    return this;
  }
}
