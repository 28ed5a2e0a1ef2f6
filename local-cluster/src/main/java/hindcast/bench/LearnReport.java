package hindcast.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** A learning benchmark as JSON, text and pictures. */
final class LearnReport {
  private LearnReport() {}

  static ObjectNode json(LearnRun run) {
    LearnRun.Settings settings = run.settings();
    ObjectNode node =
        Results.header("learn", run.data(), run.size(), run.dimension(), settings.seed());
    node.put("batch", settings.batchSize());
    node.put("steps", settings.steps());
    Results.number(node, "learningRate", settings.learningRate());
    Results.builds(node, run.builds());
    add(node.putObject("start"), run.start());
    ArrayNode summary = node.putArray("summary");
    for (Contender contender : settings.contenders()) {
      summary(summary.addObject(), run, contender);
    }
    ArrayNode curves = node.putArray("curves");
    for (LearnRun.Curve curve : run.curves()) {
      ObjectNode entry = curves.addObject();
      entry.put("estimator", curve.contender().estimator());
      entry.put("variant", curve.contender().variant());
      entry.put("chosen", curve.chosen());
      entry.put("seed", curve.seed());
      ArrayNode points = entry.putArray("points");
      curve.points().forEach(point -> add(points.addObject(), point));
    }
    return node;
  }

  static String text(LearnRun run) {
    StringBuilder out = new StringBuilder();
    out.append(
        "%s, %,d items x %d, %d steps of %d, %d seeds%n"
            .formatted(
                run.data(),
                run.size(),
                run.dimension(),
                run.settings().steps(),
                run.settings().batchSize(),
                run.settings().seeds()));
    run.builds().forEach(build -> out.append(GradientTable.build(build)));
    out.append(
        String.format(
            Locale.ROOT,
            "%-24s %18s %18s %8s %10s%n%-24s %9.4f %17.4f%n",
            "",
            "expected reward",
            "greedy reward",
            "CPU s",
            "of exact",
            "before",
            run.start().expectedReward(),
            run.start().greedyReward()));
    double exact = exactMs(run);
    for (Contender contender : run.settings().contenders()) {
      List<LearnRun.Curve> curves = run.of(contender);
      double cpu = mean(curves, LearnRun.Point::cpuMs);
      out.append(
          String.format(
              Locale.ROOT,
              "%-24s %9.4f ± %.4f %8.4f ± %.4f %9.2f %10s  %s%n",
              contender.label(),
              mean(curves, LearnRun.Point::expectedReward),
              deviation(curves, LearnRun.Point::expectedReward),
              mean(curves, LearnRun.Point::greedyReward),
              deviation(curves, LearnRun.Point::greedyReward),
              cpu * 1e-3,
              exact > 0 ? "1/" + String.format(Locale.ROOT, "%.1f", exact / cpu) : "",
              curves.get(0).chosen()));
    }
    return out.toString();
  }

  static void draw(LearnRun run, Pictures pictures) throws IOException {
    String title =
        "%s, %,d x %d: expected reward of test users, mean of %d runs"
            .formatted(run.data(), run.size(), run.dimension(), run.settings().seeds());
    pictures.draw(
        "steps", title, "steps", "expected reward", false, false, lines(run, p -> p.step()));
    pictures.draw(
        "cpu",
        title,
        "CPU seconds",
        "expected reward",
        true,
        false,
        lines(run, p -> p.cpuMs() * 1e-3));
  }

  private static List<Pictures.Series> lines(LearnRun run, ToDoubleFunction<LearnRun.Point> x) {
    List<Pictures.Series> lines = new ArrayList<>();
    for (Contender contender : run.settings().contenders()) {
      List<LearnRun.Curve> curves = run.of(contender);
      int points = curves.get(0).points().size();
      double[] xs = new double[points];
      double[] ys = new double[points];
      for (LearnRun.Curve curve : curves) {
        for (int k = 0; k < points; k++) {
          xs[k] += x.applyAsDouble(curve.points().get(k)) / curves.size();
          ys[k] += curve.points().get(k).expectedReward() / curves.size();
        }
      }
      lines.add(new Pictures.Series(contender.label(), xs, ys));
    }
    return lines;
  }

  private static void summary(ObjectNode entry, LearnRun run, Contender contender) {
    List<LearnRun.Curve> curves = run.of(contender);
    entry.put("estimator", contender.estimator());
    entry.put("variant", contender.variant());
    Results.number(entry, "expectedReward", mean(curves, LearnRun.Point::expectedReward));
    Results.number(
        entry, "expectedRewardDeviation", deviation(curves, LearnRun.Point::expectedReward));
    Results.number(entry, "greedyReward", mean(curves, LearnRun.Point::greedyReward));
    Results.number(entry, "greedyRewardDeviation", deviation(curves, LearnRun.Point::greedyReward));
    double cpu = mean(curves, LearnRun.Point::cpuMs);
    Results.number(entry, "cpuMs", cpu);
    Results.number(entry, "cpuOfExact", cpu / exactMs(run));
  }

  private static void add(ObjectNode entry, LearnRun.Point point) {
    entry.put("step", point.step());
    Results.number(entry, "cpuMs", point.cpuMs());
    Results.number(entry, "expectedReward", point.expectedReward());
    Results.number(entry, "greedyReward", point.greedyReward());
  }

  private static double exactMs(LearnRun run) {
    return run.settings().contenders().stream()
        .filter(contender -> contender.estimator().equals("EXACT"))
        .findFirst()
        .map(contender -> mean(run.of(contender), LearnRun.Point::cpuMs))
        .orElse(Double.NaN);
  }

  private static double mean(List<LearnRun.Curve> curves, ToDoubleFunction<LearnRun.Point> of) {
    return curves.stream().mapToDouble(c -> of.applyAsDouble(c.last())).average().orElse(0);
  }

  /** Standard deviation between seeds; 0 for one. */
  private static double deviation(
      List<LearnRun.Curve> curves, ToDoubleFunction<LearnRun.Point> of) {
    double mean = mean(curves, of);
    double sum =
        curves.stream().mapToDouble(c -> Math.pow(of.applyAsDouble(c.last()) - mean, 2)).sum();
    return curves.size() < 2 ? 0 : Math.sqrt(sum / (curves.size() - 1));
  }
}
