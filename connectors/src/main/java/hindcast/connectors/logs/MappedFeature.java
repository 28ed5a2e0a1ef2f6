package hindcast.connectors.logs;

import hindcast.feedback.Rejection;
import java.util.Map;

/**
 * A field as some places of the context.
 *
 * <ul>
 *   <li>number: itself
 *   <li>values: one place for each value that is declared, and one for all others if there is one
 *   <li>buckets: a place is raised by 1, that of {@code "field=value"} as {@link HashedFeatures}
 *       says
 *   <li>array: so many numbers
 * </ul>
 *
 * @param slot of the field
 * @param kind one of these
 * @param from the first place
 * @param width places
 * @param values the place of each declared value, from 0; empty for other kinds
 * @param other whether the last place is for values that are not declared
 * @param missing what stands for an absent number; NaN where such a line is refused
 * @param separator of an array that is text
 */
record MappedFeature(
    int slot,
    Kind kind,
    int from,
    int width,
    Map<String, Integer> values,
    boolean other,
    double missing,
    String separator) {

  enum Kind {
    NUMBER,
    VALUES,
    BUCKETS,
    ARRAY
  }

  void add(FieldValues line, float[] features) throws LineRejectedException {
    switch (kind) {
      case NUMBER -> features[from] = number(line);
      case VALUES -> features[from + place(line)] = 1;
      case BUCKETS -> {
        String text = line.text(slot);
        String value = line.name(slot) + "=" + (text == null ? "" : text);
        features[from + HashedFeatures.bucket(value, width)]++;
      }
      case ARRAY -> array(line, features);
    }
  }

  private float number(FieldValues line) throws LineRejectedException {
    if (!Double.isNaN(missing) && line.text(slot) == null) {
      return (float) missing;
    }
    return finite(line, line.number(slot));
  }

  private int place(FieldValues line) throws LineRejectedException {
    String text = line.text(slot);
    Integer place = text == null ? null : values.get(text);
    if (place != null) {
      return place;
    }
    if (other) {
      return width - 1;
    }
    if (text == null) {
      throw FieldValues.missing(line.name(slot));
    }
    throw new LineRejectedException(
        Rejection.INVALID_CONTEXT,
        line.name(slot)
            + " must be one of the values the mapping declares: "
            + FieldValues.shortened(text)
            + "; add it, or set other: true");
  }

  private void array(FieldValues line, float[] features) throws LineRejectedException {
    double[] numbers = line.numbers(slot, separator);
    if (numbers == null) {
      throw FieldValues.missing(line.name(slot));
    }
    if (numbers.length != width) {
      throw new LineRejectedException(
          Rejection.INVALID_CONTEXT,
          line.name(slot) + " must have " + width + " numbers: " + numbers.length);
    }
    for (int k = 0; k < width; k++) {
      features[from + k] = finite(line, numbers[k]);
    }
  }

  private float finite(FieldValues line, double number) throws LineRejectedException {
    float feature = (float) number;
    if (!Float.isFinite(feature)) {
      throw new LineRejectedException(
          Rejection.INVALID_CONTEXT, line.name(slot) + " must be finite: " + number);
    }
    return feature;
  }
}
