package hindcast.local.page;

import hindcast.avro.PolicyCheckpoint;
import hindcast.local.screen.Numbers;
import hindcast.local.words.PolicyCase;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** What was learned: progressive value over optimiser steps, and the newest versions. */
final class LearningSection {
  private final PageData data;
  private final Palette palette;
  private final Sheet sheet;
  private final TreeMap<String, PolicyCheckpoint> newest = new TreeMap<>();

  LearningSection(PageData data, Palette palette, Sheet sheet) {
    this.data = data;
    this.palette = palette;
    this.sheet = sheet;
    data.run().results().checkpoints().forEach(one -> newest.put(one.getPolicyId(), one));
  }

  void write() {
    if (newest.isEmpty()) {
      return;
    }
    sheet.section("learning", "Learning");
    List<ChartLine> lines = curves();
    String title = "Learning curves";
    if (lines.isEmpty()) {
      sheet.noFigure(title, "no version was judged on later impressions.");
    } else {
      sheet.figure(
          title,
          "Value over the impressions between one point and the next, of the version learned before"
              + " them (progressive validation), with 95 % intervals where they are supported.",
          lines,
          size ->
              new CurveChart("optimiser steps", "reward for an impression", false, false, false)
                  .of(size, lines));
    }
    List<List<String>> rows = new ArrayList<>();
    newest.forEach(
        (id, one) ->
            rows.add(
                List.of(
                    id,
                    one.getObjective(),
                    Numbers.count(one.getVersion()),
                    Numbers.count(one.getStep()),
                    one.getSha256())));
    sheet
        .markup()
        .table(
            "ttnnw",
            List.of("Learned policy", "Objective", "Versions", "Steps", "SHA-256 of the newest"),
            rows);
    sheet.close();
  }

  private List<ChartLine> curves() {
    List<ChartLine> lines = new ArrayList<>();
    for (PolicyCase one : data.cases()) {
      List<ChartLine.Point> points = new ArrayList<>();
      for (PolicyCase.LearningPoint point : one.learning()) {
        if (point.estimate().value().isPresent()) {
          double y = point.estimate().value().getAsDouble();
          points.add(
              new ChartLine.Point(
                  point.steps(),
                  y,
                  point.estimate().lower().orElse(y),
                  point.estimate().upper().orElse(y)));
        }
      }
      if (!points.isEmpty()
          && palette.has(one.policy())
          && one.estimate().getUnreliable().isEmpty()) {
        lines.add(new ChartLine(one.policy(), palette.of(one.policy()), one.isSound(), points));
      }
    }
    return lines;
  }
}
