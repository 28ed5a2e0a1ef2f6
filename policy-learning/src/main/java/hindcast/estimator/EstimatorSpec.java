package hindcast.estimator;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * An estimator by name with its parameters, written {@code NAME} or {@code NAME:key=value,...}, for
 * example {@code CIPS_CAP:cap=10}.
 *
 * <p>Every parameter has a value: those left out take their default. Unknown names, unknown
 * parameters, missing ones without default and values out of range are refused.
 *
 * @param method which estimator
 * @param parameters all its parameters, by name
 */
public record EstimatorSpec(EstimatorMethod method, Map<String, Double> parameters) {

  public EstimatorSpec {
    Objects.requireNonNull(method, "estimator must have a method");
    TreeMap<String, Double> complete = new TreeMap<>(parameters);
    for (String name : parameters.keySet()) {
      if (method.parameters().stream().noneMatch(p -> p.name().equals(name))) {
        throw new IllegalArgumentException(
            method
                + " has no parameter "
                + name
                + "; it has "
                + method.parameters().stream().map(Parameter::name).toList());
      }
    }
    for (Parameter parameter : method.parameters()) {
      Double value = complete.get(parameter.name());
      if (value == null) {
        if (Double.isNaN(parameter.defaultValue())) {
          throw new IllegalArgumentException(
              method + " needs " + parameter.name() + ", for example " + method.example());
        }
        complete.put(parameter.name(), parameter.defaultValue());
      } else {
        parameter.check(method.name(), value);
      }
    }
    parameters = Collections.unmodifiableMap(complete);
  }

  /** Reads {@code NAME} or {@code NAME:key=value,...}. */
  public static EstimatorSpec parse(String text) {
    int colon = text.indexOf(':');
    String name = (colon < 0 ? text : text.substring(0, colon)).trim();
    Map<String, Double> parameters = new TreeMap<>();
    if (colon >= 0) {
      for (String pair : text.substring(colon + 1).split(",", -1)) {
        int equals = pair.indexOf('=');
        if (equals < 0) {
          throw new IllegalArgumentException(
              "estimator must be NAME or NAME:key=value,...: " + text);
        }
        String key = pair.substring(0, equals).trim();
        if (parameters.put(key, number(pair.substring(equals + 1).trim(), text)) != null) {
          throw new IllegalArgumentException("estimator must name " + key + " once: " + text);
        }
      }
    }
    EstimatorSpec spec = new EstimatorSpec(EstimatorMethod.of(name), parameters);
    spec.create();
    return spec;
  }

  /** Value of a parameter. */
  public double parameter(String name) {
    return parameters.get(name);
  }

  /** A new estimator with its own state. */
  public ValueEstimator create() {
    return create(new WeightMoments());
  }

  /** A new estimator; one that is a function of weight moments alone uses these. */
  ValueEstimator create(WeightMoments shared) {
    return method.create(this, shared);
  }

  /** The text form, which {@link #parse} reads. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(method.name());
    String separator = ":";
    for (Map.Entry<String, Double> parameter : parameters.entrySet()) {
      text.append(separator).append(parameter.getKey()).append('=');
      double value = parameter.getValue();
      if (value == Math.rint(value) && Math.abs(value) < 1e15) {
        text.append((long) value);
      } else {
        text.append(value == Double.POSITIVE_INFINITY ? "inf" : Double.toString(value));
      }
      separator = ",";
    }
    return text.toString();
  }

  private static double number(String text, String spec) {
    if (text.toLowerCase(Locale.ROOT).equals("inf")) {
      return Double.POSITIVE_INFINITY;
    }
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "estimator parameter must be a number: " + text + " (" + spec + ")", e);
    }
  }

  /**
   * A parameter of a method.
   *
   * @param name its name
   * @param defaultValue NaN when it must be given
   * @param lower smallest value
   * @param lowerAllowed whether the smallest value itself is allowed
   * @param upper largest value
   */
  public record Parameter(
      String name, double defaultValue, double lower, boolean lowerAllowed, double upper) {
    private static final double LARGEST_SCALE = 1e50;
    private static final double SMALLEST_FLOOR = 1e-50;

    static Parameter positive(String name) {
      return new Parameter(name, Double.NaN, 0, false, Double.POSITIVE_INFINITY);
    }

    static Parameter atLeastZero(String name) {
      return new Parameter(name, Double.NaN, 0, true, Double.POSITIVE_INFINITY);
    }

    static Parameter scale(String name) {
      return new Parameter(name, Double.NaN, 0, true, LARGEST_SCALE);
    }

    static Parameter positiveScale(String name) {
      return new Parameter(name, Double.NaN, 0, false, LARGEST_SCALE);
    }

    static Parameter floor(String name) {
      return new Parameter(name, Double.NaN, SMALLEST_FLOOR, true, 1);
    }

    static Parameter atMost(String name, double upper) {
      return new Parameter(name, Double.NaN, 0, true, upper);
    }

    static Parameter unit(String name) {
      return new Parameter(name, Double.NaN, 0, true, 1);
    }

    Parameter or(double value) {
      return new Parameter(name, value, lower, lowerAllowed, upper);
    }

    void check(String method, double value) {
      if (!(value <= upper && (lowerAllowed ? value >= lower : value > lower))) {
        throw new IllegalArgumentException(
            method
                + " "
                + name
                + " must be in "
                + (lowerAllowed ? "[" : "(")
                + lower
                + ", "
                + upper
                + "]: "
                + value);
      }
    }
  }
}
