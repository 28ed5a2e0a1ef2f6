package hindcast.local.page;

import static org.assertj.core.api.Assertions.assertThat;

import hindcast.avro.ValueEstimate;
import hindcast.local.words.Statement;
import hindcast.local.words.Words;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** The page is parsed as strict XML, so whatever is not escaped shows. */
class ReplayPageTest {
  @Test
  void saysAndDrawsWhatTheNumbersSay() throws Exception {
    PageData data = Pages.full(List.of());
    String html = ReplayPage.of(data);
    Document page = parse(html);
    List<Element> charts = elements(page, "svg");
    assertThat(charts).hasSize(2 * 10);
    for (Element chart : charts) {
      Set<String> marks = new HashSet<>();
      for (Element mark : all(chart)) {
        marks.add(mark.getAttribute("stroke"));
        marks.add(mark.getAttribute("fill"));
      }
      assertThat(marks)
          .as(chart.getAttribute("aria-label"))
          .anyMatch(color -> color.startsWith("rgb(1,0,"));
      assertThat(elements(chart, "polyline").size() + elements(chart, "circle").size())
          .isPositive();
    }
    String text = text(page);
    assertThat(text)
        .containsPattern("Yes: clpi beats the logging policy by (49|50)(\\.\\d)? %")
        .contains("An A/B test of 14 days with 50 % of the traffic would show that it is better")
        .containsPattern("uniform does worse than the logging policy by (49|50)(\\.\\d)? %")
        .contains("table cannot be told apart from the logging policy")
        .contains("Replay of <script>alert('1')</script>&\"\uFFFD")
        .contains("./hindcast replay --log 'a log.csv'");
    assertThat(html.length()).as("characters").isLessThan(1_200_000);
  }

  @Test
  void nothingIsFetchedAndNothingRuns() throws Exception {
    String html = ReplayPage.of(Pages.full(List.of()));
    Document page = parse(html);
    Set<String> ids = new HashSet<>();
    for (Element element : all(page.getDocumentElement())) {
      assertThat(element.getTagName())
          .isNotIn("script", "link", "img", "iframe", "object", "image", "use");
      assertThat(element.hasAttribute("src")).isFalse();
      assertThat(element.hasAttribute("href")).isFalse();
      if (element.hasAttribute("id")) {
        assertThat(ids.add(element.getAttribute("id"))).as(element.getAttribute("id")).isTrue();
      }
    }
    assertThat(html.replaceAll("xmlns(:\\w+)?=\"[^\"]*\"", ""))
        .doesNotContain("http:", "https:", "@import", "url(/", "url(h");
  }

  @Test
  void theLevelOfTheIntervalsOfAGridIsNamed() throws Exception {
    PageData data = Pages.full(List.of());
    assertThat(text(parse(ReplayPage.of(data)))).doesNotContain("Candidates of a grid");
    for (ValueEstimate estimate : data.run().results().headlines()) {
      if (List.of("clpi", "table").contains(estimate.getPolicy())) {
        estimate.setGrid("mine");
        estimate.setCandidates(12);
      }
    }
    assertThat(text(parse(ReplayPage.of(data))))
        .contains("Candidates of a grid have wider intervals than 95 %")
        .contains("mine: best of 12 candidates, intervals at 99.58 %: clpi ");
  }

  @Test
  void nothingIsStatedOfALogThatContradictsItself() throws Exception {
    PageData data = Pages.full(List.of("MEAN_WEIGHT"));
    String text = text(parse(ReplayPage.of(data)));
    assertThat(text)
        .contains("The log cannot be believed as it is", "MEAN_WEIGHT", "What to do:")
        .doesNotContain("beats", "does worse", "[0.");
    Words words = new Words(data.cases(), data.origin().config());
    assertThat(words.lines()).hasSize(1);
    assertThat(words.statements())
        .extracting(Statement::kind)
        .containsOnly(Statement.Kind.UNRELIABLE);
  }

  @Test
  void aLogOfWhichNothingCouldBeUsedHasAPage() throws Exception {
    String text = text(parse(ReplayPage.of(Pages.empty())));
    assertThat(text).contains("No policy has an estimate", "the log has no rewards");
  }

  private static Document parse(String html) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(html)));
  }

  private static String text(Document page) {
    return page.getDocumentElement().getTextContent().replaceAll("\\s+", " ");
  }

  private static List<Element> elements(Document page, String tag) {
    return list(page.getElementsByTagName(tag));
  }

  private static List<Element> elements(Element element, String tag) {
    return list(element.getElementsByTagName(tag));
  }

  private static List<Element> all(Element element) {
    return list(element.getElementsByTagName("*"));
  }

  private static List<Element> list(NodeList nodes) {
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }
}
