package hindcast.training;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Arrays of doubles in streams: the length, then every number. */
final class Doubles {
  private Doubles() {}

  static void write(double[] values, DataOutput out) throws IOException {
    out.writeInt(values.length);
    for (double value : values) {
      out.writeDouble(value);
    }
  }

  static void read(double[] values, DataInput in) throws IOException {
    int length = in.readInt();
    if (length != values.length) {
      throw new IOException("stored array must have length " + values.length + ": " + length);
    }
    for (int k = 0; k < length; k++) {
      values[k] = in.readDouble();
    }
  }
}
