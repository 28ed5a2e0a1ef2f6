package hindcast.connectors.logs;

import hindcast.avro.Context;
import hindcast.avro.SparseFeatures;
import hindcast.connectors.avro.AvroMapping;
import hindcast.feedback.Reject;
import hindcast.feedback.Rejection;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The context of a row: a list of numbers; or packed little-endian float32; or a record with {@code
 * dense}, either of these, or {@code sparse}, a record of {@code dimension}, {@code indices} and
 * {@code values}. Where the column is missing, the one number 1.
 */
final class RowContext {
  static final String COLUMN = "context";

  private RowContext() {}

  /**
   * The context.
   *
   * @param there whether the file has such a column
   */
  static Context of(RowValues row, boolean there) throws LineRejectedException {
    Object value = row.get(COLUMN);
    if (value == null) {
      if (there) {
        throw new LineRejectedException(
            Rejection.MISSING_FIELD, COLUMN + " must have a value: none");
      }
      return new Context(AvroMapping.pack(new float[] {1}), null);
    }
    Context context = of(row, value);
    Reject reject = AvroMapping.checkContext(context);
    if (reject != null) {
      throw new LineRejectedException(reject.reason(), reject.detail());
    }
    return context;
  }

  private static Context of(RowValues row, Object value) throws LineRejectedException {
    if (value instanceof List || value instanceof byte[]) {
      return new Context(packed(row, COLUMN), null);
    }
    RowValues fields = RowValues.of(value, COLUMN);
    if (fields.get("sparse") == null) {
      return new Context(packed(fields, "dense"), null);
    }
    RowValues sparse = RowValues.of(fields.get("sparse"), "sparse");
    List<Integer> indices = new ArrayList<>();
    double[] given = sparse.numbers("indices");
    for (double index : given == null ? new double[0] : given) {
      indices.add((int) index);
    }
    long dimension = sparse.whole("dimension", 0);
    if (dimension != (int) dimension) {
      throw new LineRejectedException(
          Rejection.INVALID_CONTEXT, "dimension must fit 32 bits: " + dimension);
    }
    return new Context(
        fields.get("dense") == null ? null : packed(fields, "dense"),
        new SparseFeatures((int) dimension, indices, packed(sparse, "values")));
  }

  private static ByteBuffer packed(RowValues values, String name) throws LineRejectedException {
    if (values.get(name) instanceof byte[] bytes) {
      return ByteBuffer.wrap(bytes);
    }
    double[] numbers = values.numbers(name);
    float[] features = new float[numbers == null ? 0 : numbers.length];
    for (int k = 0; k < features.length; k++) {
      features[k] = (float) numbers[k];
    }
    return AvroMapping.pack(features);
  }

  /** d, or -1 for a record of rewards alone. */
  static int dimension(Context context) {
    return context.getSparse() != null
        ? context.getSparse().getDimension()
        : context.getDense().remaining() / Float.BYTES;
  }
}
