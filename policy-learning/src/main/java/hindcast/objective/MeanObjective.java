package hindcast.objective;

/** An objective that is a mean of terms, one for each event: value = mean(y_i), c_i = y'_i / n. */
sealed interface MeanObjective extends Objective
    permits Ips,
        CappedIps,
        FlooredIps,
        BipsCap,
        BanditNet,
        LogarithmicSmoothing,
        LinearLogarithmicSmoothing,
        ImplicitExploration,
        ExponentialSmoothing,
        Uips,
        UipsPessimistic,
        UipsOptimistic,
        Lpi,
        Clpi,
        RegKl,
        DiceS,
        IpsUn,
        PoxmPrune,
        TopK,
        TopKCap,
        Mips,
        MipsEmbedding,
        DirectMethod,
        DoublyRobust,
        ShrinkageDr,
        UipsDr,
        OffCem,
        Potec,
        Adaptive {

  /** y_i. */
  double term(ScoredMinibatch batch, int i);

  /** y'_i: the factor of ∇ log π_i. */
  double slope(ScoredMinibatch batch, int i);

  @Override
  default double value(ScoredMinibatch batch) {
    double sum = 0;
    for (int i = 0; i < batch.size(); i++) {
      sum += term(batch, i);
    }
    return sum / batch.size();
  }

  @Override
  default void coefficients(ScoredMinibatch batch, double[] c) {
    for (int i = 0; i < batch.size(); i++) {
      c[i] = slope(batch, i) / batch.size();
    }
  }
}
