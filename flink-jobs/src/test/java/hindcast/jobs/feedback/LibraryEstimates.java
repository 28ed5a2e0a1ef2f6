package hindcast.jobs.feedback;

import hindcast.avro.Feedback;
import hindcast.connectors.avro.AvroMapping;
import hindcast.jobs.state.ImpressionTimeWindows;
import hindcast.propensity.ContextualPropensity;
import hindcast.propensity.DirichletPropensity;
import hindcast.propensity.Propensity;
import hindcast.propensity.PropensityMethod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the library says of a sequence of feedback, window by window, in one thread. */
final class LibraryEstimates {
  private final PropensitySettings settings;
  private final ImpressionTimeWindows windows;
  private final Map<String, DirichletPropensity> popularity = new HashMap<>();
  private final Map<String, DirichletPropensity> counts = new HashMap<>();
  private final Map<String, ContextualPropensity> models = new HashMap<>();
  final Map<String, Propensity> estimates = new TreeMap<>();

  LibraryEstimates(PropensitySettings settings, ImpressionTimeWindows windows) {
    this.settings = settings;
    this.windows = windows;
  }

  Map<String, Propensity> of(List<Feedback> log) {
    TreeMap<Long, List<Feedback>> byWindow = new TreeMap<>();
    log.forEach(f -> byWindow.computeIfAbsent(windows.end(f), end -> new ArrayList<>()).add(f));
    byWindow.forEach(this::window);
    return estimates;
  }

  private void window(long end, List<Feedback> window) {
    window.sort(ImpressionTimeWindows.ORDER);
    Map<String, List<Feedback>> byKey = new TreeMap<>();
    Map<String, Long> shown = new TreeMap<>();
    for (Feedback f : window) {
      byKey.computeIfAbsent(EstimatePropensity.key(f), k -> new ArrayList<>()).add(f);
      shown.merge(f.getPolicyId() + "\n" + f.getItemId(), 1L, Long::sum);
    }
    byKey.values().forEach(this::key);
    long time = windows.maturity().impressionTime(end) * 1000;
    shown.forEach(
        (key, events) -> {
          String[] part = key.split("\n", -1);
          popularity(part[0]).update(part[1], time, events);
        });
  }

  private void key(List<Feedback> events) {
    if (settings.model() != PropensityMethod.DIRICHLET) {
      model(events.get(0)).advance(events.get(0).getEventTimeMicros());
    }
    for (Feedback f : events) {
      estimates.put(f.getImpressionId(), predict(f));
      if (!settings.wholeWindow()) {
        update(f);
      }
    }
    if (settings.wholeWindow()) {
      events.forEach(this::update);
    }
  }

  private Propensity predict(Feedback f) {
    if (settings.model() != PropensityMethod.DIRICHLET) {
      return model(f).predict(f.getItemId(), context(f));
    }
    double prior = 1.0 / settings.actionCount();
    if (settings.popularity()) {
      prior =
          popularity(f.getPolicyId())
              .posterior(f.getItemId(), prior, f.getEventTimeMicros())
              .mean();
    }
    return counts(f).predict(f.getItemId(), prior, f.getEventTimeMicros());
  }

  private void update(Feedback f) {
    if (settings.model() == PropensityMethod.DIRICHLET) {
      counts(f).update(f.getItemId(), f.getEventTimeMicros());
    } else {
      model(f).update(f.getItemId(), context(f));
    }
  }

  private DirichletPropensity popularity(String policy) {
    return popularity.computeIfAbsent(
        policy,
        p -> new DirichletPropensity(settings.halfLifeMicros(), settings.popularityStrength()));
  }

  private DirichletPropensity counts(Feedback f) {
    return counts.computeIfAbsent(
        EstimatePropensity.key(f),
        k -> new DirichletPropensity(settings.halfLifeMicros(), settings.priorStrength()));
  }

  private ContextualPropensity model(Feedback f) {
    return models.computeIfAbsent(
        EstimatePropensity.key(f),
        k ->
            new ContextualPropensity(
                settings.model(),
                context(f).length,
                (int) settings.actionCount(),
                settings.learningRate(),
                settings.halfLifeMicros()));
  }

  private static double[] context(Feedback f) {
    return AvroMapping.context(f.getContext()).toArray();
  }
}
