package hindcast.connectors.logs;

import java.io.IOException;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * The rest of a log: everything behind a position.
 *
 * @param position where the next line begins
 */
public record LogSplit(LogReader.Position position) implements SourceSplit {
  static final String ID = "log";

  @Override
  public String splitId() {
    return ID;
  }

  /** Layout, version 1: lines: long | bytes: long. */
  static final class Serializer implements SimpleVersionedSerializer<LogSplit> {
    private static final int VERSION = 1;

    @Override
    public int getVersion() {
      return VERSION;
    }

    @Override
    public byte[] serialize(LogSplit split) throws IOException {
      DataOutputSerializer out = new DataOutputSerializer(2 * Long.BYTES);
      out.writeLong(split.position().lines());
      out.writeLong(split.position().bytes());
      return out.getCopyOfBuffer();
    }

    @Override
    public LogSplit deserialize(int version, byte[] serialized) throws IOException {
      if (version != VERSION) {
        throw new IOException("version of a log position must be " + VERSION + ": " + version);
      }
      DataInputDeserializer in = new DataInputDeserializer(serialized);
      return new LogSplit(new LogReader.Position(in.readLong(), in.readLong()));
    }
  }
}
