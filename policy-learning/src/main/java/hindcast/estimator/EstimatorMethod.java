package hindcast.estimator;

import static hindcast.estimator.EstimatorSpec.Parameter.atLeastZero;
import static hindcast.estimator.EstimatorSpec.Parameter.atMost;
import static hindcast.estimator.EstimatorSpec.Parameter.floor;
import static hindcast.estimator.EstimatorSpec.Parameter.positive;
import static hindcast.estimator.EstimatorSpec.Parameter.positiveScale;
import static hindcast.estimator.EstimatorSpec.Parameter.scale;
import static hindcast.estimator.EstimatorSpec.Parameter.unit;
import static hindcast.estimator.FeedbackField.CLUSTER_WEIGHT;
import static hindcast.estimator.FeedbackField.EMBEDDING_WEIGHT;
import static hindcast.estimator.FeedbackField.KEY;
import static hindcast.estimator.FeedbackField.REWARD_MODEL;
import static hindcast.estimator.FeedbackField.SELECTION;
import static hindcast.estimator.FeedbackField.UNCERTAINTY;
import static hindcast.estimator.FeedbackField.WEIGHT_SECOND_MOMENT;
import static hindcast.estimator.Usage.BIASED_LOW;
import static hindcast.estimator.Usage.GATE;
import static hindcast.estimator.Usage.NOT_A_VALUE;
import static hindcast.estimator.Usage.VALUE;

import hindcast.estimator.EstimatorSpec.Parameter;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Every value estimator: name, formula, use, needed fields and parameters. All of them merge in any
 * grouping and order.
 */
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
  /** {@link CappedSnips}. */
  SNIPS_CAP(
      VALUE,
      "sum(min(w, cap) r) / sum(min(w, cap))",
      "Gilotte et al. 2018",
      needs(),
      CappedSnips::new,
      positive("cap")),
  /** {@link FlooredIps}. */
  CIPS_FLOOR(
      BIASED_LOW,
      "mean(pi r / max(p, floor))",
      "PWLL, FOPO",
      needs(),
      FlooredIps::new,
      unit("floor")),
  /** {@link ImplicitExploration}. */
  IX(
      BIASED_LOW,
      "mean(pi r / (p + gamma))",
      "Gabbianelli et al. 2024",
      needs(),
      ImplicitExploration::new,
      scale("gamma")),
  /** {@link ExponentialSmoothing}. */
  ES(
      BIASED_LOW,
      "mean(pi r / p^alpha)",
      "Aouali et al. 2023",
      needs(),
      ExponentialSmoothing::new,
      unit("alpha")),
  /** {@link HarmonicIps}. */
  HARMONIC(
      VALUE,
      "mean(w r / (1 - lambda + lambda w))",
      "Metelli et al. 2021",
      needs(),
      HarmonicIps::new,
      unit("lambda")),
  /** {@link ShrinkageIps}. */
  SHRINK(
      BIASED_LOW,
      "mean(lambda w / (w^2 + lambda) r)",
      "Su et al. 2020",
      needs(),
      ShrinkageIps::new,
      positive("lambda")),
  /** {@link LogarithmicSmoothing}. */
  LS(
      BIASED_LOW,
      "mean(log(1 + lambda w r) / lambda)",
      "Sakhi et al. 2024",
      needs(),
      LogarithmicSmoothing::new,
      positiveScale("lambda")),
  /** {@link LinearLogarithmicSmoothing}. */
  LS_LIN(
      BIASED_LOW,
      "mean(pi log(1 + lambda r / p) / lambda)",
      "Sakhi et al. 2024",
      needs(),
      LinearLogarithmicSmoothing::new,
      positiveScale("lambda")),
  /** {@link Uips}. */
  UIPS(
      VALUE,
      "mean(phi* w r)",
      "UIPS, Theorem 3.2",
      needs(UNCERTAINTY),
      Uips::new,
      positiveScale("lambda"),
      positiveScale("eta1").or(1),
      positiveScale("eta2").or(100),
      scale("gamma").or(1)),
  /** {@link UipsPessimistic}. */
  UIPS_P(
      BIASED_LOW,
      "mean(e^(-gamma U) w r)",
      "UIPS, baseline",
      needs(UNCERTAINTY),
      UipsPessimistic::new,
      scale("gamma")),
  /** {@link UipsOptimistic}. */
  UIPS_O(
      NOT_A_VALUE,
      "mean(min(e^(gamma U) w, cap) r)",
      "UIPS, baseline",
      needs(UNCERTAINTY),
      UipsOptimistic::new,
      scale("gamma"),
      positive("cap").or(Double.POSITIVE_INFINITY)),
  /** {@link UncertainIps}. */
  IPS_UN(
      BIASED_LOW,
      "mean(pi r / min(e^alpha p, 1 - e^-alpha (1 - p)))",
      "Xu et al. 2022",
      needs(),
      UncertainIps::new,
      atMost("alpha", 500)),
  /** {@link DirectMethod}. */
  DM(VALUE, "mean(qpi)", "Dudik et al. 2011", needs(REWARD_MODEL), DirectMethod::new),
  /** {@link DoublyRobust}. */
  DR(GATE, "mean(qpi + w (r - q))", "Dudik et al. 2011", needs(REWARD_MODEL), DoublyRobust::new),
  /** {@link FlooredDr}. */
  DR_FLOOR(
      VALUE,
      "mean(qpi + pi / max(p, floor) (r - q))",
      "PWLL",
      needs(REWARD_MODEL),
      FlooredDr::new,
      unit("floor")),
  /** {@link SelfNormalizedDr}. */
  SNDR(
      VALUE,
      "mean(qpi) + sum(w (r - q)) / sum(w)",
      "Thomas and Brunskill 2016",
      needs(REWARD_MODEL),
      SelfNormalizedDr::new),
  /** {@link SwitchDr}. */
  SWITCH_DR(
      VALUE,
      "mean(qpi + 1[w <= threshold] w (r - q))",
      "Wang et al. 2017",
      needs(REWARD_MODEL),
      SwitchDr::new,
      atLeastZero("threshold")),
  /** {@link ShrinkageDr}. */
  DROS(
      VALUE,
      "mean(qpi + lambda w / (w^2 + lambda) (r - q))",
      "Su et al. 2020",
      needs(REWARD_MODEL),
      ShrinkageDr::new,
      atLeastZero("lambda")),
  /** {@link ShrinkageDr}. */
  SHRINK_DR(
      VALUE,
      "mean(qpi + lambda w / (w^2 + lambda) (r - q))",
      "UIPS, Eq. 11",
      needs(REWARD_MODEL),
      ShrinkageDr::new,
      atLeastZero("lambda")),
  /** {@link UipsDr}. */
  UIPS_DR(
      VALUE,
      "mean(qpi + phi* w (r - q))",
      "UIPS, Eq. 12",
      needs(UNCERTAINTY, REWARD_MODEL),
      UipsDr::new,
      positiveScale("lambda"),
      positiveScale("eta1").or(1),
      positiveScale("eta2").or(100),
      scale("gamma").or(1)),
  /** {@link SelfNormalizedDr}. */
  MINVAR_DR(
      VALUE,
      "mean(qpi) + sum(h w (r - q)) / sum(h), h = 1 / w",
      "UIPS, Eq. 10",
      needs(REWARD_MODEL),
      SelfNormalizedDr::new,
      floor("floor").or(1e-3)),
  /** {@link WholeScoreMinVarDr}. */
  MINVAR_DR_WHOLE(
      NOT_A_VALUE,
      "sum(h (qpi + w (r - q))) / sum(h), h = 1 / w",
      "Zhan et al. 2021",
      needs(REWARD_MODEL),
      WholeScoreMinVarDr::new,
      floor("floor").or(1e-3)),
  /** {@link Mips}. */
  MIPS(VALUE, "mean(w_c r)", "Saito and Joachims 2022", needs(CLUSTER_WEIGHT), Mips::new),
  /** {@link EmbeddingMips}. */
  MIPS_EMBEDDING(
      VALUE, "mean(w_e r)", "Saito and Joachims 2022", needs(EMBEDDING_WEIGHT), EmbeddingMips::new),
  /** {@link OffCem}. */
  OFFCEM(
      VALUE,
      "mean(qpi + w_c (r - q))",
      "Saito et al. 2023",
      needs(CLUSTER_WEIGHT, REWARD_MODEL),
      OffCem::new),
  /** {@link Potec}. */
  POTEC(
      VALUE,
      "mean(w_c (r - f) + sum_c pi1(c) f2(c))",
      "Saito et al. 2025",
      needs(CLUSTER_WEIGHT, REWARD_MODEL),
      Potec::new),
  /** {@link TabularStationaryRatio}. */
  DICE_S(
      VALUE,
      "mean(min(pi n(s) / n(s, a), cap) r)",
      "UIPS A.5",
      needs(KEY),
      TabularStationaryRatio::new,
      positive("cap").or(Double.POSITIVE_INFINITY)),
  /** {@link MinimumVariance}. */
  MINVAR_EVENT(
      NOT_A_VALUE,
      "sum(h w r) / sum(h), h = 1 / w",
      "UIPS, baseline; Zhan et al. 2021",
      needs(),
      MinimumVariance::new,
      floor("floor").or(1e-3)),
  /** {@link MinimumVariance}. */
  STABLEVAR_EVENT(
      NOT_A_VALUE,
      "sum(h w r) / sum(h), h = w^(-1/2)",
      "UIPS, baseline; Zhan et al. 2021",
      needs(),
      MinimumVariance::new,
      floor("floor").or(1e-3)),
  /** {@link MinimumVariance}. */
  MINVAR_CONTEXT(
      NOT_A_VALUE,
      "sum(h w r) / sum(h), h = 1 / V(x)",
      "Zhan et al. 2021",
      needs(WEIGHT_SECOND_MOMENT),
      MinimumVariance::new,
      floor("floor").or(1e-3)),
  /** {@link MinimumVariance}. */
  STABLEVAR_CONTEXT(
      NOT_A_VALUE,
      "sum(h w r) / sum(h), h = V(x)^(-1/2)",
      "Zhan et al. 2021",
      needs(WEIGHT_SECOND_MOMENT),
      MinimumVariance::new,
      floor("floor").or(1e-3)),
  /** {@link PrunedIps}. */
  POXM_PRUNE(
      BIASED_LOW,
      "mean(1[a in Phi] w (r - lambda))",
      "Lopez et al. 2021",
      needs(SELECTION),
      PrunedIps::new,
      unit("lambda").or(0)),
  /** {@link SelectedImportanceSampling}. */
  POXM_SIS(
      NOT_A_VALUE,
      "sum(s w_Phi (r - lambda)) / sum(s)",
      "Lopez et al. 2021",
      needs(SELECTION),
      SelectedImportanceSampling::new,
      unit("lambda").or(0));

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
    for (EstimatorMethod method : values()) {
      if (method.aliases().stream().anyMatch(alias -> alias.equalsIgnoreCase(name))) {
        throw new IllegalArgumentException("estimator " + name + " is called " + method + " here");
      }
    }
    throw new IllegalArgumentException(
        "estimator must be one of " + Arrays.toString(values()) + ": " + name);
  }

  /** What papers and other libraries call it. */
  public List<String> aliases() {
    return switch (this) {
      case IPS -> List.of("IPW", "Horvitz-Thompson", "BIPS", "IPS-GT", "BanditNet at l = 0");
      case SNIPS -> List.of("self-normalised IPS", "Hajek", "WIPS");
      case IPS_CV -> List.of("regression control variate", "regression IPS");
      case CRESSIE_READ -> List.of("Cressie-Read", "empirical likelihood");
      case CIPS_CAP -> List.of("clipped IPS", "CIPS", "truncated IPS", "BIPS-Cap", "IPS-Cap");
      case SNIPS_CAP -> List.of("NCIS", "clipped SNIPS");
      case CIPS_FLOOR -> List.of("clipped IPS", "CIPS", "propensity clipping");
      case IX -> List.of("implicit exploration", "IPS-IX");
      case ES -> List.of("exponential smoothing", "alpha-IPS");
      case HARMONIC -> List.of("sub-Gaussian IPS", "harmonic correction");
      case SHRINK -> List.of("Shrinkage", "optimistic shrinkage", "IPS-shrink");
      case LS -> List.of("logarithmic smoothing");
      case LS_LIN -> List.of("LS-LIN", "linear logarithmic smoothing");
      case UIPS -> List.of("uncertainty-aware IPS");
      case UIPS_P -> List.of("UIPS-P", "pessimistic UIPS");
      case UIPS_O -> List.of("UIPS-O", "optimistic UIPS");
      case IPS_UN -> List.of("IPS-UN", "runtime uncertainty");
      case DM -> List.of("direct method", "regression estimator");
      case DR -> List.of("doubly robust", "AIPW");
      case DR_FLOOR -> List.of("clipped DR");
      case SNDR -> List.of("self-normalised DR", "WDR");
      case SWITCH_DR -> List.of("Switch-DR", "Switch");
      case DROS -> List.of("DRos", "DR-shrinkage");
      case SHRINK_DR -> List.of("ShrinkageDR", "Shrinkage-DR");
      case UIPS_DR -> List.of("UIPSDR", "UIPS-DR");
      case MINVAR_DR -> List.of("MinVarDR", "MinVar-DR");
      case MINVAR_DR_WHOLE -> List.of("adaptively weighted AIPW");
      case MIPS -> List.of("marginalised IPS, clusters", "GroupIPS");
      case MIPS_EMBEDDING -> List.of("marginalised IPS, embeddings");
      case OFFCEM -> List.of("OffCEM", "conjunct effect model");
      case POTEC -> List.of("two-stage policy decomposition");
      case DICE_S -> List.of("DICE-S", "DualDICE, one step", "tabular direct method");
      case MINVAR_EVENT -> List.of("MinVar", "minVar");
      case STABLEVAR_EVENT -> List.of("stableVar");
      case MINVAR_CONTEXT -> List.of("MinVar by context");
      case STABLEVAR_CONTEXT -> List.of("stableVar by context");
      case POXM_PRUNE -> List.of("POXM, pruning");
      case POXM_SIS -> List.of("POXM", "sIS", "selective importance sampling");
    };
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

  /** A text that {@link EstimatorSpec#parse} accepts, with every parameter that must be given. */
  public String example() {
    StringBuilder text = new StringBuilder(name());
    String separator = ":";
    for (Parameter parameter : parameters) {
      if (Double.isNaN(parameter.defaultValue())) {
        text.append(separator).append(parameter.name()).append("=1");
        separator = ",";
      }
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
