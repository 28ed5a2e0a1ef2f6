package hindcast.objective;

import java.util.Set;

/**
 * IPS over item embeddings e drawn from p(e|a): the mean of {@code w_e r}, w_e = Σ_b π_b p(e|b) /
 * Σ_b π₀_b p(e|b); c = w_e r / n.
 *
 * <p>Source: Saito and Joachims 2022; baselines 3.
 */
public record MipsEmbedding() implements MeanObjective {

  @Override
  public String name() {
    return "MIPS_EMB";
  }

  @Override
  public Set<Field> needs() {
    return Objective.fields(Field.EMBEDDING);
  }

  @Override
  public Shape shape() {
    return Shape.EMBEDDING;
  }

  @Override
  public boolean ignoresUnrewarded() {
    return true;
  }

  @Override
  public double term(ScoredMinibatch batch, int i) {
    return batch.weight(i) * batch.reward(i);
  }

  @Override
  public double slope(ScoredMinibatch batch, int i) {
    return batch.weight(i) * batch.reward(i);
  }
}
