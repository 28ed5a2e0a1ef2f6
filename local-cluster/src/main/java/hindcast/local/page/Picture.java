package hindcast.local.page;

import java.awt.Dimension;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Function;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGIDGenerator;
import org.knowm.xchart.internal.chartpart.Chart;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * A chart as inline SVG, drawn by XChart through Batik: once for wide screens and paper and once
 * for narrow screens. The style sheet shows one of them and replaces the stand-in colours of {@link
 * ChartStyle}.
 */
final class Picture {
  private static final String NAMESPACE = "http://www.w3.org/2000/svg";

  /** The two sizes, in pixels. */
  enum Size {
    WIDE(960),
    NARROW(380);

    private final int width;

    Size(int width) {
      this.width = width;
    }

    int width() {
      return width;
    }

    boolean isNarrow() {
      return this == NARROW;
    }
  }

  private Picture() {}

  /**
   * Both drawings.
   *
   * @param id of the chart, unique in its page
   * @param label what it shows, for those who cannot see it
   * @param chart the chart of a size
   * @return empty where Java finds no fonts to draw with
   */
  static Optional<String> draw(String id, String label, Function<Size, Chart<?, ?>> chart) {
    System.setProperty("java.awt.headless", "true");
    try {
      StringBuilder both = new StringBuilder();
      for (Size size : Size.values()) {
        both.append(svg(id, label, size, chart.apply(size)));
      }
      return Optional.of(both.toString());
    } catch (LinkageError e) {
      return Optional.empty();
    }
  }

  private static String svg(String id, String label, Size size, Chart<?, ?> chart) {
    String name = size.isNarrow() ? "narrow" : "wide";
    String prefix = id + "-" + name + "-";
    SVGGraphics2D graphics = new SVGGraphics2D(context(prefix), false);
    graphics.setSVGCanvasSize(new Dimension(size.width(), chart.getHeight()));
    chart.paint(graphics, size.width(), chart.getHeight());
    Element root = graphics.getRoot();
    Polylines.join(root);
    root.setAttribute("viewBox", "0 0 " + size.width() + " " + chart.getHeight());
    root.setAttribute("class", "chart " + name);
    root.setAttribute("role", "img");
    root.setAttribute("aria-label", label);
    StringWriter text = new StringWriter();
    try {
      graphics.stream(root, text, false, false);
    } catch (IOException e) {
      throw new UncheckedIOException("a chart cannot be written", e);
    }
    String all = text.toString();
    return all.substring(all.indexOf("<svg"))
        .replace("id=\"genericDefs\"", "id=\"" + prefix + "defs\"");
  }

  private static SVGGeneratorContext context(String prefix) {
    SVGGeneratorContext context = SVGGeneratorContext.createDefault(document());
    context.setComment(null);
    context.setPrecision(1);
    context.setIDGenerator(
        new SVGIDGenerator() {
          @Override
          public String generateID(String kind) {
            return prefix + super.generateID(kind);
          }
        });
    return context;
  }

  private static Document document() {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .getDOMImplementation()
          .createDocument(NAMESPACE, "svg", null);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("this Java has no XML", e);
    }
  }
}
