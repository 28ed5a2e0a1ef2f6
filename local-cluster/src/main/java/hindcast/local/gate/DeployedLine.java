package hindcast.local.gate;

import com.fasterxml.jackson.databind.JsonNode;
import hindcast.avro.DifferenceToDeployed;
import java.util.Locale;

/** The difference of a version to what is deployed, as a line for a person. */
public final class DeployedLine {
  private DeployedLine() {}

  /** The line of a record. */
  public static String of(DifferenceToDeployed difference) {
    return of(RecordJson.of(difference));
  }

  /** The line of a record as JSON. */
  static String of(JsonNode difference) {
    long version = difference.path("version").asLong();
    String deployed =
        difference.path("policy").asText() + (version == 0 ? "" : " version " + version);
    return String.format(
        Locale.ROOT,
        "difference to %s, which is deployed, %s, %,d outcomes since",
        deployed,
        value(difference),
        difference.path("n").asLong());
  }

  private static String value(JsonNode difference) {
    if (!difference.path("value").isNumber()) {
      return "not known yet";
    }
    if (difference.path("sequenceLower").isNumber()) {
      return String.format(
          Locale.ROOT,
          "%+.5f in [%+.5f, %+.5f] at all times",
          difference.path("value").asDouble(),
          difference.path("sequenceLower").asDouble(),
          difference.path("sequenceUpper").asDouble());
    }
    return String.format(
        Locale.ROOT,
        "%+.5f without an interval at all times, as propensities were estimated",
        difference.path("value").asDouble());
  }
}
