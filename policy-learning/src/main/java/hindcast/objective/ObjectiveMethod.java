package hindcast.objective;

import hindcast.criterion.Cara;
import hindcast.criterion.ConditionalValueAtRisk;
import hindcast.criterion.Criterion;
import hindcast.criterion.FlooredLog;
import hindcast.criterion.LogDelta;
import hindcast.criterion.LogThreshold;
import hindcast.criterion.Mean;
import hindcast.criterion.MeanVariance;
import hindcast.criterion.PowerDelta;
import hindcast.criterion.Threshold;
import hindcast.propensity.UipsWeight;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Every learning objective: name, formula, source, and what it needs. */
@SuppressWarnings("ImmutableEnumChecker") // stateless factories
public enum ObjectiveMethod {
  /** {@link Ips}. */
  IPS("mean(w r)", "Horvitz and Thompson 1952", p -> new Ips()),
  /** {@link FlooredIps}. */
  CIPS_FLOOR("mean(pi r / max(p, tau))", "PWLL, FOPO", p -> new FlooredIps(p.share("tau", 0.01))),
  /** {@link CappedIps}. */
  CIPS_CAP("mean(min(w, M) r)", "Ionides 2008", p -> new CappedIps(p.positive("M", 10))),
  /** {@link BipsCap}. */
  BIPS_CAP("mean(min(w, M) r), weight constant", "UIPS", p -> new BipsCap(p.positive("M", 10))),
  /** {@link Snips}. */
  SNIPS("sum(w r) / sum(w)", "Swaminathan and Joachims 2015", p -> new Snips()),
  /** {@link BanditNet}. */
  BANDITNET(
      "mean(w (r - l))", "Joachims et al. 2018", p -> new BanditNet(p.share("baseline", 0.5))),
  /** {@link Poem}. */
  POEM(
      "mean(u) - lam sd(u) / sqrt(n), u = min(w, M) r",
      "Swaminathan and Joachims 2015",
      p -> new Poem(p.atLeastZero("lam", 1), p.positive("M", 100))),
  /** {@link LogarithmicSmoothing}. */
  LS(
      "mean(log(1 + lam w r)) / lam",
      "Sakhi et al. 2024",
      p -> new LogarithmicSmoothing(p.positive("lam", 0.01))),
  /** {@link LinearLogarithmicSmoothing}. */
  LS_LIN(
      "mean(pi log(1 + lam r / p)) / lam",
      "Sakhi et al. 2024",
      p -> new LinearLogarithmicSmoothing(p.positive("lam", 0.01))),
  /** {@link ImplicitExploration}. */
  IX(
      "mean(pi r / (p + gamma))",
      "Gabbianelli et al. 2024",
      p -> new ImplicitExploration(p.atLeastZero("gamma", 0.01))),
  /** {@link ExponentialSmoothing}. */
  ES(
      "mean(pi r / p^alpha)",
      "Aouali et al. 2023",
      p -> new ExponentialSmoothing(p.share("alpha", 0.7))),
  /** {@link Uips}. */
  UIPS(
      "mean(phi* w r)",
      "UIPS",
      p -> new Uips(uips(p), p.positive("warmup_cap", 1), p.wholeOrZero("warmup_steps", 0))),
  /** {@link UipsPessimistic}. */
  UIPS_P("mean(e^(-gamma U) w r)", "UIPS", p -> new UipsPessimistic(p.atLeastZero("gamma", 1))),
  /** {@link UipsOptimistic}. */
  UIPS_O(
      "mean(min(e^(gamma U) w, M) r)",
      "UIPS",
      p ->
          new UipsOptimistic(p.atLeastZero("gamma", 1), p.positive("M", Double.POSITIVE_INFINITY))),
  /** {@link Lpi}. */
  LPI("mean(r log pi)", "PWLL", p -> new Lpi()),
  /** {@link Clpi}. */
  CLPI("mean(r / max(p, tau) log pi)", "PWLL", p -> new Clpi(p.share("tau", 0.01))),
  /** {@link RegKl}. */
  REGKL(
      "mean(exp(r / kappa) log pi)",
      "PWLL",
      p -> new RegKl(p.positive("kl_beta", 0.5), p.share("rmax", 0))),
  /** {@link MinVar}. */
  MINVAR(
      "sum(h w r) / sum(h), h = 1/w",
      "UIPS; Zhan et al. 2021",
      p -> new MinVar(MinVar.Form.EVENT, p.atLeastZero("wfloor", 1e-3))),
  /** {@link MinVar}. */
  MINVAR_CTX(
      "sum(h w r) / sum(h), h = 1/V(x)",
      "Zhan et al. 2021",
      p -> new MinVar(MinVar.Form.CONTEXT, 0)),
  /** {@link MinVar}. */
  MINVAR_FULL(
      "MINVAR with its true derivative",
      "reference only",
      p -> new MinVar(MinVar.Form.FULL, p.atLeastZero("wfloor", 1e-3))),
  /** {@link StableVar}. */
  STABLEVAR(
      "sum(h w r) / sum(h), h = w^(-1/2)",
      "UIPS; Zhan et al. 2021",
      p -> new StableVar(MinVar.Form.EVENT, p.atLeastZero("wfloor", 1e-3))),
  /** {@link StableVar}. */
  STABLEVAR_CTX(
      "sum(h w r) / sum(h), h = V(x)^(-1/2)",
      "Zhan et al. 2021",
      p -> new StableVar(MinVar.Form.CONTEXT, 0)),
  /** {@link StableVar}. */
  STABLEVAR_FULL(
      "STABLEVAR with its true derivative",
      "reference only",
      p -> new StableVar(MinVar.Form.FULL, p.atLeastZero("wfloor", 1e-3))),
  /** {@link DiceS}. */
  DICE_S(
      "mean(min(pi n(s) / n(s,a), M) r)",
      "UIPS",
      p -> new DiceS(p.positive("M", Double.POSITIVE_INFINITY))),
  /** {@link IpsUn}. */
  IPS_UN(
      "mean(pi r / p_u), p_u the worst within e^alpha",
      "Xu et al. (our uncertainty set)",
      p -> new IpsUn(p.atLeastZero("alpha", 0.5))),
  /** {@link PoxmPrune}. */
  POXM_PRUNE(
      "mean(s w (r - lam)), s = 1[a selected]",
      "Lopez et al. 2021",
      p -> new PoxmPrune(p.share("lam", 0))),
  /** {@link PoxmSis}. */
  POXM_SIS(
      "sum(s w_sel (r - lam)) / sum(s)",
      "Lopez et al. 2021 (derived)",
      p -> new PoxmSis(p.share("lam", 0))),
  /** {@link TopK}. */
  TOPK("mean((1 - (1 - pi)^K) r / p)", "Chen et al. 2019", p -> new TopK(p.whole("K", 10))),
  /** {@link TopKCap}. */
  TOPK_CAP(
      "mean(min(w, M) K (1 - pi)^(K-1) r)",
      "Chen et al. 2019",
      p -> new TopKCap(p.whole("K", 10), p.positive("M", 10))),
  /** {@link Adaptive}. */
  ADAPTIVE(
      "mean(sum pi q + pi (r - q) / (p + g) + ent H)",
      "reconstruction after Liu et al. 2022",
      p -> new Adaptive(p.atLeastZero("g", 0.01), p.atLeastZero("ent", 0.01))),
  /** {@link DirectMethod}. */
  DM("mean(sum pi q)", "Dudik et al. 2011; FOPO", p -> new DirectMethod()),
  /** {@link DoublyRobust}. */
  DR(
      "mean(sum pi q + pi (r - q) / max(p, tau))",
      "Dudik et al. 2011",
      p -> new DoublyRobust(p.share("tau", 0))),
  /** {@link MinVarDr}. */
  MINVAR_DR(
      "mean(sum pi q) + sum(h w (r - q)) / sum(h)",
      "UIPS",
      p -> new MinVarDr(p.atLeastZero("wfloor", 1e-3))),
  /** {@link ShrinkageDr}. */
  SHRINK_DR(
      "mean(sum pi q + lam w (r - q) / (lam + w^2))",
      "Su et al. 2020",
      p -> new ShrinkageDr(p.atLeastZero("lam", 1))),
  /** {@link UipsDr}. */
  UIPS_DR("mean(sum pi q + phi* w (r - q))", "UIPS", p -> new UipsDr(uips(p))),
  /** {@link Mips}. */
  MIPS("mean(w_c r), c the cluster", "Saito and Joachims 2022", p -> new Mips()),
  /** {@link MipsEmbedding}. */
  MIPS_EMB("mean(w_e r), e the embedding", "Saito and Joachims 2022", p -> new MipsEmbedding()),
  /** {@link OffCem}. */
  OFFCEM("mean(sum pi q + w_c (r - q))", "Saito et al. 2023", p -> new OffCem()),
  /** {@link Potec}. */
  POTEC(
      "mean(w_c (r - f) + sum pi1 f2)",
      "Saito et al. 2025",
      p -> new Potec(p.atLeastZero("imit", 0))),
  /** {@link Aggregate}. */
  AGG_MEAN("mu, y = (w - c) r", "aggregate criterion", p -> aggregate(new Mean(), p)),
  /** {@link Aggregate}. */
  AGG_THRESHOLD(
      "Phi((mu - b) / sigma), y = (w - c) r",
      "aggregate criterion",
      p -> aggregate(new Threshold(p.any("b", 0)), p)),
  /** {@link Aggregate}. */
  AGG_LOG_THRESHOLD(
      "ln Phi((mu - b) / sigma), y = (w - c) r",
      "aggregate criterion",
      p -> aggregate(new LogThreshold(p.any("b", 0)), p)),
  /** {@link Aggregate}. */
  AGG_CARA(
      "(1 - exp(-k mu + k^2 sigma^2 / 2)) / k, y = (w - c) r",
      "aggregate criterion",
      p -> aggregate(new Cara(p.positive("eta", 0.01)), p)),
  /** {@link Aggregate}. */
  AGG_MEAN_VARIANCE(
      "mu - k sigma^2 / 2, y = (w - c) r",
      "aggregate criterion",
      p -> aggregate(new MeanVariance(p.atLeastZero("eta", 0.01)), p)),
  /** {@link Aggregate}. */
  AGG_CVAR(
      "mu - sigma phi(z) / alpha, y = (w - c) r",
      "aggregate criterion",
      p -> aggregate(new ConditionalValueAtRisk(p.positive("alpha", 0.1)), p)),
  /** {@link Aggregate}. */
  AGG_LOG_DELTA(
      "ln mu - sigma^2 / (2 mu^2), y = (w - c) r",
      "aggregate criterion",
      p -> aggregate(new LogDelta(), p)),
  /** {@link Aggregate}. */
  AGG_POWER_DELTA(
      "E[Z^(1-g)] / (1 - g), delta method, y = (w - c) r",
      "aggregate criterion",
      p -> aggregate(new PowerDelta(p.positive("g", 2)), p)),
  /** {@link Aggregate}. */
  AGG_LOG_QUAD(
      "E[ln Z], linear below c, y = (w - c) r",
      "aggregate criterion",
      p -> aggregate(new FlooredLog(p.positive("c", 1)), p));

  private final String formula;
  private final String source;
  private final Function<Parameters, Objective> factory;

  ObjectiveMethod(String formula, String source, Function<Parameters, Objective> factory) {
    this.formula = formula;
    this.source = source;
    this.factory = factory;
  }

  /** The method of a name, upper or lower case; {@code CE} is another name of LPI. */
  public static ObjectiveMethod of(String text) {
    String name = text.toUpperCase(Locale.ROOT).replace('-', '_');
    for (ObjectiveMethod method : values()) {
      if (method.name().equals(name) || (name.equals("CE") && method == LPI)) {
        return method;
      }
    }
    throw new IllegalArgumentException(
        "objective must be one of "
            + Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(", "))
            + ": "
            + text);
  }

  /** What is maximised, in a line, without the L2 term. */
  public String formula() {
    return formula;
  }

  /** The paper. */
  public String source() {
    return source;
  }

  /** Fields of the feedback it needs. */
  public Set<Field> fields() {
    return defaults().needs();
  }

  /** The objective with its default parameters. */
  public Objective defaults() {
    return create(Map.of());
  }

  /** The objective; parameters left out take their defaults. */
  public Objective create(Map<String, Double> given) {
    Parameters p = new Parameters(name(), given);
    return p.done(factory.apply(p));
  }

  private static UipsWeight uips(Parameters p) {
    return new UipsWeight(
        p.positive("lam", 1000),
        p.positive("eta1", 1),
        p.positive("eta2", 100),
        p.atLeastZero("gamma", 1));
  }

  private static Aggregate aggregate(Criterion criterion, Parameters p) {
    return new Aggregate(
        criterion,
        p.share("fixed", 0) == 1 ? Aggregate.Count.FIXED : Aggregate.Count.POISSON,
        p.atLeastZero("N", 0),
        p.atLeastZero("cbase", 0),
        p.positive("rate", 1));
  }
}
