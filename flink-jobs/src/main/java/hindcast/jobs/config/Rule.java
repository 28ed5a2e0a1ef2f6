package hindcast.jobs.config;

import hindcast.estimator.EstimatorSpec;
import java.time.Duration;

/** What a single value must obey. A duration counts in seconds. */
enum Rule {
  ANY(""),
  NOT_BLANK("must not be empty"),
  ESTIMATOR("must be NAME or NAME:parameter=value"),
  ID("must be letters, digits, '.', '_' and '-', beginning with a letter or digit"),
  TOPIC_PREFIX("must be at most 100 letters, digits, '.', '_' and '-'"),
  AT_LEAST_ONE("must be at least 1"),
  POSITIVE("must be above 0"),
  NOT_NEGATIVE("must not be negative"),
  ZERO_TO_ONE("must be in [0, 1]"),
  ABOVE_ZERO_TO_ONE("must be in (0, 1]"),
  BETWEEN_ZERO_AND_ONE("must be in (0, 1)");

  private final String text;

  Rule(String text) {
    this.text = text;
  }

  boolean holds(Object value) {
    return switch (this) {
      case ANY -> true;
      case NOT_BLANK -> !value.toString().isBlank();
      case ESTIMATOR -> estimatorProblem(value.toString()) == null;
      case ID -> value.toString().matches("[A-Za-z0-9][A-Za-z0-9._-]*");
      case TOPIC_PREFIX -> value.toString().matches("[A-Za-z0-9._-]{0,100}");
      case AT_LEAST_ONE -> number(value) >= 1;
      case POSITIVE -> number(value) > 0;
      case NOT_NEGATIVE -> number(value) >= 0;
      case ZERO_TO_ONE -> number(value) >= 0 && number(value) <= 1;
      case ABOVE_ZERO_TO_ONE -> number(value) > 0 && number(value) <= 1;
      case BETWEEN_ZERO_AND_ONE -> number(value) > 0 && number(value) < 1;
    };
  }

  /** The rule in words, as far as {@code value} breaks it. */
  String text(Object value) {
    return this == ESTIMATOR ? estimatorProblem(value.toString()) : text;
  }

  private static String estimatorProblem(String text) {
    try {
      EstimatorSpec.parse(text);
      return null;
    } catch (IllegalArgumentException e) {
      return e.getMessage();
    }
  }

  private static double number(Object value) {
    return value instanceof Duration duration
        ? duration.toMillis() / 1e3
        : ((Number) value).doubleValue();
  }
}
