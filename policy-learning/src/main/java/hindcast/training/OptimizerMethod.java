package hindcast.training;

import java.util.Locale;

/** Every optimiser: name, formula, source. Their state belongs to one parameter vector. */
public enum OptimizerMethod {
  /** {@link Sgd}. */
  SGD(Sgd.class, "theta += alpha g", "Robbins and Monro 1951"),
  /** {@link Momentum}. */
  MOMENTUM(Momentum.class, "u = mu u + g, theta += alpha u", "Polyak 1964"),
  /** {@link AdaGrad}. */
  ADAGRAD(
      AdaGrad.class,
      "s += g^2, theta += alpha g / (sqrt(s) + eps)",
      "Duchi, Hazan and Singer 2011"),
  /** {@link Adam}. */
  ADAM(
      Adam.class,
      "theta += alpha mhat / (sqrt(vhat) + eps), bias-corrected averages of g and g^2",
      "Kingma and Ba 2015");

  private final Class<?> type;
  private final String formula;
  private final String source;

  OptimizerMethod(Class<?> type, String formula, String source) {
    this.type = type;
    this.formula = formula;
    this.source = source;
  }

  /** The name in configuration. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The class that is it. */
  public Class<?> type() {
    return type;
  }

  /** The formula in a line. */
  public String formula() {
    return formula;
  }

  /** The paper. */
  public String source() {
    return source;
  }
}
