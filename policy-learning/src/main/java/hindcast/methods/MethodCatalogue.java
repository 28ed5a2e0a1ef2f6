package hindcast.methods;

import static hindcast.methods.Method.stateless;
import static hindcast.methods.Method.streaming;

import hindcast.criterion.CriterionMethod;
import hindcast.estimator.EstimatorForm;
import hindcast.estimator.EstimatorMethod;
import hindcast.estimator.Usage;
import hindcast.gradient.GradientMethod;
import hindcast.gradient.Reinforce;
import hindcast.gradient.SamplingMethod;
import hindcast.interval.IntervalMethod;
import hindcast.objective.Objective;
import hindcast.objective.ObjectiveMethod;
import hindcast.propensity.PropensityMethod;
import hindcast.reward.RewardModelMethod;
import hindcast.training.OptimizerMethod;
import hindcast.training.Schedule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every method of the library, from the listings of its packages. */
public final class MethodCatalogue {
  private MethodCatalogue() {}

  /** All of them, by kind. */
  public static List<Method> all() {
    List<Method> all = new ArrayList<>();
    add(all, EstimatorMethod.values(), MethodCatalogue::estimator);
    add(
        all,
        EstimatorForm.values(),
        m -> streaming(MethodKind.ESTIMATOR_FORM, m, m.formula(), m.mergeable(), m.source()));
    add(all, IntervalMethod.values(), MethodCatalogue::interval);
    add(all, ObjectiveMethod.values(), MethodCatalogue::objective);
    add(
        all,
        CriterionMethod.values(),
        m -> stateless(MethodKind.CRITERION, m.text(), m.formula(), m.source()));
    add(
        all,
        GradientMethod.values(),
        m -> new Method(MethodKind.GRADIENT, m.text(), m.formula(), "", "", "yes", "", m.source()));
    add(
        all,
        Reinforce.values(),
        m -> stateless(MethodKind.REINFORCE, m.name(), m.formula(), "FOPO, Eq. 6 to 9"));
    add(
        all,
        SamplingMethod.values(),
        m -> stateless(MethodKind.SAMPLER, m.name(), m.formula(), m.source()));
    add(
        all,
        PropensityMethod.values(),
        m -> streaming(MethodKind.PROPENSITY, m, m.formula(), m.mergeable(), m.source()));
    add(
        all,
        RewardModelMethod.values(),
        m -> streaming(MethodKind.REWARD_MODEL, m, m.formula(), m.mergeable(), m.source()));
    add(
        all,
        OptimizerMethod.values(),
        m -> stateless(MethodKind.OPTIMISER, m.text(), m.formula(), m.source()));
    add(
        all,
        Schedule.Kind.values(),
        m -> stateless(MethodKind.SCHEDULE, m.text(), m.formula(), ""));
    return List.copyOf(all);
  }

  private static <M> void add(List<Method> all, M[] listing, Function<M, Method> method) {
    Arrays.stream(listing).map(method).forEach(all::add);
  }

  private static Method estimator(EstimatorMethod m) {
    String parameters =
        m.parameters().stream()
            .map(p -> parameter(p.name(), p.defaultValue()))
            .collect(Collectors.joining(", "));
    String needs =
        Stream.concat(Stream.of("propensity"), m.fields().stream().map(MethodCatalogue::words))
            .collect(Collectors.joining(", "));
    return new Method(
            MethodKind.ESTIMATOR,
            m.name(),
            m.formula(),
            parameters,
            needs,
            "yes",
            use(m.usage()),
            m.source())
        .withAliases(m.aliases());
  }

  private static Method interval(IntervalMethod m) {
    String use =
        switch (m.validity()) {
          case LARGE_SAMPLE -> "many events, at a fixed time";
          case FIXED_TIME -> "at a fixed time";
          case ANYTIME -> "at all times";
          case RUN_LENGTH -> "mean time between false alarms";
        };
    return new Method(
        MethodKind.INTERVAL,
        m.name(),
        m.formula(),
        "",
        "",
        m.mergeable() ? "yes" : "no",
        use,
        m.source());
  }

  private static Method objective(ObjectiveMethod m) {
    Objective objective = m.defaults();
    return new Method(
        MethodKind.OBJECTIVE,
        m.name(),
        m.formula(),
        parameters(objective.parameters()),
        words(m.fields()),
        "",
        objective.trueGradient() ? "true gradient" : "stop-gradient",
        m.source());
  }

  private static String use(Usage usage) {
    return switch (usage) {
      case GATE -> "value, also for gates";
      case VALUE -> "value";
      case BIASED_LOW -> "value, low on purpose";
      case NOT_A_VALUE -> "not a value";
    };
  }

  private static String parameters(Map<String, Double> parameters) {
    return new TreeMap<>(parameters)
        .entrySet().stream()
            .map(p -> parameter(p.getKey(), p.getValue()))
            .collect(Collectors.joining(", "));
  }

  private static String parameter(String name, double value) {
    if (Double.isNaN(value)) {
      return name;
    }
    if (Double.isInfinite(value)) {
      return name + "=inf";
    }
    return name + "=" + (value == Math.rint(value) ? Long.toString((long) value) : value);
  }

  private static String words(Set<? extends Enum<?>> fields) {
    return fields.stream().map(MethodCatalogue::words).collect(Collectors.joining(", "));
  }

  private static String words(Enum<?> field) {
    return field.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
