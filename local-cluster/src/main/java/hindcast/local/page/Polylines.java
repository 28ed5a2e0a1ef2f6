package hindcast.local.page;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;

/**
 * Joins lines of a drawing that follow each other, end to start and alike in all else, to one
 * polyline: a curve is then one mark, its dashes run through, and it is a tenth as long.
 */
final class Polylines {
  private static final List<String> ENDS = List.of("x1", "y1", "x2", "y2");

  private Polylines() {}

  /** Joins what can be joined inside an element. */
  static void join(Element root) {
    List<Element> run = new ArrayList<>();
    for (Node child = root.getFirstChild(); child != null; ) {
      Node next = child.getNextSibling();
      if (child instanceof Element element) {
        if (!run.isEmpty() && !follows(run.get(run.size() - 1), element)) {
          replace(root, run);
          run.clear();
        }
        if (element.getTagName().equals("line")) {
          run.add(element);
        } else {
          join(element);
        }
      }
      child = next;
    }
    replace(root, run);
  }

  private static boolean follows(Element one, Element next) {
    return next.getTagName().equals("line")
        && one.getAttribute("x2").equals(next.getAttribute("x1"))
        && one.getAttribute("y2").equals(next.getAttribute("y1"))
        && others(one).equals(others(next));
  }

  private static Map<String, String> others(Element line) {
    Map<String, String> others = new HashMap<>();
    NamedNodeMap all = line.getAttributes();
    for (int k = 0; k < all.getLength(); k++) {
      others.put(all.item(k).getNodeName(), all.item(k).getNodeValue());
    }
    ENDS.forEach(others::remove);
    return others;
  }

  private static void replace(Element root, List<Element> run) {
    if (run.size() < 2) {
      return;
    }
    Element first = run.get(0);
    StringBuilder points = new StringBuilder();
    points.append(first.getAttribute("x1")).append(',').append(first.getAttribute("y1"));
    for (Element line : run) {
      points.append(' ').append(line.getAttribute("x2"));
      points.append(',').append(line.getAttribute("y2"));
    }
    Element joined = first.getOwnerDocument().createElementNS(first.getNamespaceURI(), "polyline");
    others(first).forEach(joined::setAttribute);
    joined.setAttribute("points", points.toString());
    root.insertBefore(joined, first);
    run.forEach(root::removeChild);
  }
}
