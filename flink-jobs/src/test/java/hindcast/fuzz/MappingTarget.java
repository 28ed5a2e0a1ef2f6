package hindcast.fuzz;

import hindcast.connectors.logs.LogFormat;
import hindcast.connectors.logs.MappedFormat;
import hindcast.feedback.RewardRange;
import java.nio.charset.StandardCharsets;

/** Mapping files, and logs that are read with one. */
final class MappingTarget {
  private static final LogFormat CSV =
      format(
          MappedFormat.CSV,
          """
          id: id
          time: {column: at, format: seconds}
          item: item
          propensity: p
          segment: [country, device]
          context:
            - age
            - {column: device, values: [phone, desktop]}
            - {column: city, buckets: 8}
          eligible: from
          probabilities: row
          reward: {click: click}
          """);
  private static final LogFormat JSON_LINES =
      format(
          MappedFormat.JSON_LINES,
          """
          id: id
          time: at
          item: shown.item
          propensity: shown.p
          context: [{field: age, missing: 0}, {field: scores, length: 2}]
          eligible: from
          reward: {click: {field: click, zeros: true}}
          """);

  private MappingTarget() {}

  static LogFormat csv() {
    return CSV;
  }

  static LogFormat jsonLines() {
    return JSON_LINES;
  }

  static String outcome(byte[] input) {
    String yaml = new String(input, StandardCharsets.UTF_8);
    String outcome = FuzzTarget.REFUSED;
    for (String name : new String[] {MappedFormat.CSV, MappedFormat.JSON_LINES}) {
      try {
        format(name, yaml);
        outcome = FuzzTarget.ACCEPTED;
      } catch (IllegalArgumentException e) {
        FuzzTarget.requireMessage(e.getMessage(), "mapping m.yaml: ");
      }
    }
    return outcome;
  }

  private static LogFormat format(String name, String yaml) {
    return new MappedFormat(name, "m.yaml", yaml, RewardRange.UNIT);
  }
}
