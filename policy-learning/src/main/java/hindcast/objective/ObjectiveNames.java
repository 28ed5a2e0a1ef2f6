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
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Objectives by name. */
final class ObjectiveNames {
  private static final double NONE = Double.POSITIVE_INFINITY;

  private static final List<String> NAMES =
      List.of(
          "IPS",
          "CIPS_FLOOR",
          "CIPS_CAP",
          "BIPS_CAP",
          "SNIPS",
          "BANDITNET",
          "POEM",
          "LS",
          "LS_LIN",
          "IX",
          "ES",
          "UIPS",
          "UIPS_P",
          "UIPS_O",
          "LPI",
          "CLPI",
          "REGKL",
          "MINVAR",
          "MINVAR_CTX",
          "MINVAR_FULL",
          "STABLEVAR",
          "STABLEVAR_CTX",
          "STABLEVAR_FULL",
          "DICE_S",
          "IPS_UN",
          "POXM_PRUNE",
          "POXM_SIS",
          "TOPK",
          "TOPK_CAP",
          "ADAPTIVE",
          "DR",
          "MINVAR_DR",
          "SHRINK_DR",
          "UIPS_DR",
          "MIPS",
          "MIPS_EMB",
          "OFFCEM",
          "POTEC",
          "AGG_MEAN",
          "AGG_THRESHOLD",
          "AGG_LOG_THRESHOLD",
          "AGG_CARA",
          "AGG_MEAN_VARIANCE",
          "AGG_CVAR",
          "AGG_LOG_DELTA",
          "AGG_POWER_DELTA",
          "AGG_LOG_QUAD");

  private ObjectiveNames() {}

  static List<String> names() {
    return NAMES;
  }

  static Objective create(String text, Map<String, Double> given) {
    String name = text.toUpperCase(Locale.ROOT).replace('-', '_');
    Parameters p = new Parameters(name, given);
    return p.done(
        switch (name) {
          case "IPS" -> new Ips();
          case "CIPS_FLOOR" -> new FlooredIps(p.share("tau", 0.01));
          case "CIPS_CAP" -> new CappedIps(p.positive("M", 10));
          case "BIPS_CAP" -> new BipsCap(p.positive("M", 10));
          case "SNIPS" -> new Snips();
          case "BANDITNET" -> new BanditNet(p.share("baseline", 0.5));
          case "POEM" -> new Poem(p.atLeastZero("lam", 1), p.positive("M", 100));
          case "LS" -> new LogarithmicSmoothing(p.positive("lam", 0.01));
          case "LS_LIN" -> new LinearLogarithmicSmoothing(p.positive("lam", 0.01));
          case "IX" -> new ImplicitExploration(p.atLeastZero("gamma", 0.01));
          case "ES" -> new ExponentialSmoothing(p.share("alpha", 0.7));
          case "UIPS" -> uips(p);
          case "UIPS_P" -> new UipsPessimistic(p.atLeastZero("gamma", 1));
          case "UIPS_O" -> new UipsOptimistic(p.atLeastZero("gamma", 1), p.positive("M", NONE));
          case "LPI", "CE" -> new Lpi();
          case "CLPI" -> new Clpi(p.share("tau", 0.01));
          case "REGKL" -> new RegKl(p.positive("kl_beta", 0.5), p.share("rmax", 0));
          case "MINVAR" -> minVar(MinVar.Form.EVENT, p);
          case "MINVAR_CTX" -> new MinVar(MinVar.Form.CONTEXT, 0);
          case "MINVAR_FULL" -> minVar(MinVar.Form.FULL, p);
          case "STABLEVAR" -> stableVar(MinVar.Form.EVENT, p);
          case "STABLEVAR_CTX" -> new StableVar(MinVar.Form.CONTEXT, 0);
          case "STABLEVAR_FULL" -> stableVar(MinVar.Form.FULL, p);
          case "DICE_S" -> new DiceS(p.positive("M", NONE));
          case "IPS_UN" -> new IpsUn(p.atLeastZero("alpha", 0.5));
          case "POXM_PRUNE" -> new PoxmPrune(p.share("lam", 0));
          case "POXM_SIS" -> new PoxmSis(p.share("lam", 0));
          case "TOPK" -> new TopK(p.whole("K", 10));
          case "TOPK_CAP" -> new TopKCap(p.whole("K", 10), p.positive("M", 10));
          case "ADAPTIVE" -> new Adaptive(p.atLeastZero("g", 0.01), p.atLeastZero("ent", 0.01));
          case "DR" -> new DoublyRobust(p.share("tau", 0));
          case "MINVAR_DR" -> new MinVarDr(p.atLeastZero("wfloor", 1e-3));
          case "SHRINK_DR" -> new ShrinkageDr(p.atLeastZero("lam", 1));
          case "UIPS_DR" -> new UipsDr(uips(p));
          case "MIPS" -> new Mips();
          case "MIPS_EMB" -> new MipsEmbedding();
          case "OFFCEM" -> new OffCem();
          case "POTEC" -> new Potec(p.atLeastZero("imit", 0));
          case "AGG_MEAN" -> aggregate(new Mean(), p);
          case "AGG_THRESHOLD" -> aggregate(new Threshold(p.any("b", 0)), p);
          case "AGG_LOG_THRESHOLD" -> aggregate(new LogThreshold(p.any("b", 0)), p);
          case "AGG_CARA" -> aggregate(new Cara(p.positive("eta", 0.01)), p);
          case "AGG_MEAN_VARIANCE" -> aggregate(new MeanVariance(p.atLeastZero("eta", 0.01)), p);
          case "AGG_CVAR" -> aggregate(new ConditionalValueAtRisk(p.positive("alpha", 0.1)), p);
          case "AGG_LOG_DELTA" -> aggregate(new LogDelta(), p);
          case "AGG_POWER_DELTA" -> aggregate(new PowerDelta(p.positive("g", 2)), p);
          case "AGG_LOG_QUAD" -> aggregate(new FlooredLog(p.positive("c", 1)), p);
          default ->
              throw new IllegalArgumentException(
                  "objective must be one of " + String.join(", ", NAMES) + ": " + text);
        });
  }

  private static Uips uips(Parameters p) {
    return new Uips(
        p.positive("lam", 1000),
        p.positive("eta1", 1),
        p.positive("eta2", 100),
        p.atLeastZero("gamma", 1));
  }

  private static MinVar minVar(MinVar.Form form, Parameters p) {
    return new MinVar(form, p.atLeastZero("wfloor", 1e-3));
  }

  private static StableVar stableVar(MinVar.Form form, Parameters p) {
    return new StableVar(form, p.atLeastZero("wfloor", 1e-3));
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
