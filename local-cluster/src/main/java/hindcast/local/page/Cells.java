package hindcast.local.page;

import hindcast.avro.ValueEstimate;
import hindcast.local.screen.Numbers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Numbers of a page as text. */
final class Cells {
  /** Where there is nothing to say. */
  static final String NONE = "–";

  private Cells() {}

  /** An interval, or why there is none. */
  static String interval(ValueEstimate estimate) {
    if (!estimate.getUnreliable().isEmpty()) {
      return "unreliable";
    }
    return estimate.getSupported() && estimate.getLower() != null
        ? Numbers.interval(estimate.getLower(), estimate.getUpper())
        : "too little support";
  }

  /** An estimator with its parameters. */
  static String estimator(ValueEstimate estimate) {
    Map<String, Double> parameters = new TreeMap<>(estimate.getParameters());
    return estimate.getEstimator() + (parameters.isEmpty() ? "" : " " + parameters);
  }

  /** A time as a date, to the second. */
  static String time(long micros) {
    return Instant.EPOCH
        .plus(micros, ChronoUnit.MICROS)
        .truncatedTo(ChronoUnit.SECONDS)
        .toString()
        .replace('T', ' ')
        .replace("Z", " UTC");
  }

  /** A duration in the unit that fits it: {@code 3.5 min}. */
  static String duration(Duration duration) {
    return seconds(duration.toMillis() / 1000.0);
  }

  static String seconds(double seconds) {
    if (seconds >= 172_800) {
      return short3(seconds / 86_400) + " d";
    } else if (seconds >= 7_200) {
      return short3(seconds / 3_600) + " h";
    } else if (seconds >= 120) {
      return short3(seconds / 60) + " min";
    }
    return seconds >= 1 || seconds == 0 ? short3(seconds) + " s" : short3(seconds * 1000) + " ms";
  }

  /** A number at an axis, with the digits it has and no more than six decimals. */
  static String tick(double x) {
    if (Math.abs(x) >= 1e6) {
      return short3(x / 1e6) + " M";
    } else if (Math.abs(x) >= 1e4) {
      return short3(x / 1e3) + " k";
    }
    String text = String.format(Locale.ROOT, "%.6f", x);
    return text.replaceAll("0+$", "").replaceAll("\\.$", "").replaceAll("^-0$", "0");
  }

  private static String short3(double number) {
    String text = String.format(Locale.ROOT, number >= 100 ? "%.0f" : "%.3g", number);
    return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
  }
}
