package hindcast.local.words;

import hindcast.avro.PolicyCheckpoint;
import hindcast.estimator.EstimatorSpec;
import hindcast.estimator.SupportRule;
import hindcast.evaluation.SliceSums;
import hindcast.evaluation.StoredWindow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far learned policies were trained at any time, by the data cuts of their versions; and from
 * that their learning curves: at most {@value #POINTS} points, each over the windows that begin
 * after one version and before a later one.
 */
final class LearningSteps {
  private static final int POINTS = 24;

  private final Map<String, TreeMap<Long, Long>> steps = new HashMap<>();

  LearningSteps(List<PolicyCheckpoint> checkpoints) {
    for (PolicyCheckpoint one : checkpoints) {
      steps
          .computeIfAbsent(one.getPolicyId(), id -> new TreeMap<>())
          .put(one.getDataCutMicros(), one.getStep());
    }
  }

  /** The learning curve of a policy; empty for one that is not learned. */
  List<PolicyCase.LearningPoint> points(
      String policy, LineWindows.Line line, EstimatorSpec spec, SupportRule support) {
    TreeMap<Long, Long> taken = steps.get(policy.split("/", 2)[0]);
    if (taken == null) {
      return List.of();
    }
    TreeMap<Long, SliceSums> sums = new TreeMap<>();
    for (StoredWindow window : line.windows()) {
      Map.Entry<Long, Long> before = taken.floorEntry(window.startMicros());
      sums.computeIfAbsent(before == null ? 0 : before.getValue(), step -> LinePoint.empty(window))
          .merge(window.requireSums());
    }
    int each = Math.max(1, (sums.size() + POINTS - 1) / POINTS);
    List<Long> ordered = List.copyOf(sums.keySet());
    List<PolicyCase.LearningPoint> points = new ArrayList<>();
    for (int from = 0; from < ordered.size(); from += each) {
      SliceSums all = LinePoint.empty(line.windows().get(0));
      List<Long> group = ordered.subList(from, Math.min(ordered.size(), from + each));
      group.forEach(step -> all.merge(sums.get(step)));
      points.add(
          new PolicyCase.LearningPoint(
              group.get(0), LinePoint.estimate(all, spec, support).toUser(line.range())));
    }
    return points;
  }
}
