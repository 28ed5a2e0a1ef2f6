package hindcast.audit;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A logging policy in a segment.
 *
 * @param servedBy {@code id@version}
 * @param segment discrete key of the context
 */
record CellKey(String servedBy, String segment) {
  void write(DataOutput out) throws IOException {
    out.writeUTF(servedBy);
    out.writeUTF(segment);
  }

  static CellKey read(DataInput in) throws IOException {
    return new CellKey(in.readUTF(), in.readUTF());
  }
}
