package hindcast.local.validate;

import java.nio.file.Path;

/**
 * What is asked for.
 *
 * @param source the log
 * @param json file for the result; null for none
 * @param difference to be told from the logging policy's value, in the user's unit; 0 for a tenth
 *     of that value
 */
public record ValidateSettings(EntrySource source, Path json, double difference) {
  public ValidateSettings {
    if (!(difference >= 0 && difference < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("difference must be above 0: " + difference);
    }
  }
}
