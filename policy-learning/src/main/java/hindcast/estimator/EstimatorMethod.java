package hindcast.estimator;

import static hindcast.estimator.EstimatorSpec.Parameter.atLeastZero;
import static hindcast.estimator.EstimatorSpec.Parameter.positive;
import static hindcast.estimator.EstimatorSpec.Parameter.unit;
import static hindcast.estimator.Usage.BIASED_LOW;
import static hindcast.estimator.Usage.GATE;
import static hindcast.estimator.Usage.VALUE;

import hindcast.estimator.EstimatorSpec.Parameter;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Every value estimator: name, formula, use, needed fields and parameters. */
@SuppressWarnings("ImmutableEnumChecker") // unmodifiable sets and lists, stateless factories
public enum EstimatorMethod {
  /** {@link Ips}. */
  IPS(GATE, "mean(w r)", "Horvitz and Thompson 1952", Ips::new),
  /** {@link Snips}. */
  SNIPS(GATE, "sum(w r) / sum(w)", "Swaminathan and Joachims 2015", Snips::new),
  /** {@link ControlVariateIps}. */
  IPS_CV(VALUE, "mean(w r) - b (mean(w) - 1)", "Owen 2013", ControlVariateIps::new),
  /** {@link CressieRead}. */
  CRESSIE_READ(
      VALUE,
      "empirical likelihood, Cressie-Read -2",
      "Karampatziakis et al. 2020",
      CressieRead::new,
      atLeastZero("wmin").or(0),
      positive("wmax").or(Double.POSITIVE_INFINITY)),
  /** {@link CappedIps}. */
  CIPS_CAP(
      BIASED_LOW, "mean(min(w, cap) r)", "Ionides 2008", needs(), CappedIps::new, positive("cap")),
  /** {@link FlooredIps}. */
  CIPS_FLOOR(
      BIASED_LOW,
      "mean(pi r / max(p, floor))",
      "PWLL, FOPO",
      needs(),
      FlooredIps::new,
      unit("floor"));

  private final Usage usage;
  private final String formula;
  private final String source;
  private final Set<FeedbackField> fields;
  private final BiFunction<EstimatorSpec, WeightMoments, ValueEstimator> factory;
  private final List<Parameter> parameters;

  EstimatorMethod(
      Usage usage,
      String formula,
      String source,
      BiFunction<EstimatorSpec, WeightMoments, ValueEstimator> factory,
      Parameter... parameters) {
    this.usage = usage;
    this.formula = formula;
    this.source = source;
    this.fields = Set.of();
    this.factory = factory;
    this.parameters = List.of(parameters);
  }

  EstimatorMethod(
      Usage usage,
      String formula,
      String source,
      Set<FeedbackField> fields,
      Function<EstimatorSpec, ValueEstimator> factory,
      Parameter... parameters) {
    this.usage = usage;
    this.formula = formula;
    this.source = source;
    this.fields = fields;
    this.factory = (spec, shared) -> factory.apply(spec);
    this.parameters = List.of(parameters);
  }

  /** The method of a name, spelt as the constants. */
  public static EstimatorMethod of(String name) {
    for (EstimatorMethod method : values()) {
      if (method.name().equals(name)) {
        return method;
      }
    }
    throw new IllegalArgumentException(
        "estimator must be one of " + Arrays.toString(values()) + ": " + name);
  }

  /** What the number may be used for. */
  public Usage usage() {
    return usage;
  }

  /** The formula in a line. */
  public String formula() {
    return formula;
  }

  /** The paper. */
  public String source() {
    return source;
  }

  /** Fields of the feedback it needs beyond pi, p and r. */
  public Set<FeedbackField> fields() {
    return fields;
  }

  /** Its parameters. */
  public List<Parameter> parameters() {
    return parameters;
  }

  /** A text that {@link EstimatorSpec#parse} accepts. */
  String example() {
    StringBuilder text = new StringBuilder(name());
    String separator = ":";
    for (Parameter parameter : parameters) {
      text.append(separator).append(parameter.name()).append("=1");
      separator = ",";
    }
    return text.toString();
  }

  ValueEstimator create(EstimatorSpec spec, WeightMoments shared) {
    return factory.apply(spec, shared);
  }

  private static Set<FeedbackField> needs(FeedbackField... fields) {
    return fields.length == 0 ? Set.of() : EnumSet.copyOf(List.of(fields));
  }
}
