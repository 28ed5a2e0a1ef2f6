package hindcast.connectors.logs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * The rest of a log: everything behind a position.
 *
 * @param position where the next lines of its files begin
 * @param latestMicros largest event time before it; the first one of the log at its beginning
 */
public record LogSplit(LogPosition position, long latestMicros) implements SourceSplit {
  static final String ID = "log";

  @Override
  public String splitId() {
    return ID;
  }

  /**
   * Layout, version 3: latest: long | opened: int | open: int | of each open file its index: int |
   * lines: long | bytes: long.
   */
  static final class Serializer implements SimpleVersionedSerializer<LogSplit> {
    private static final int VERSION = 3;

    @Override
    public int getVersion() {
      return VERSION;
    }

    @Override
    public byte[] serialize(LogSplit split) throws IOException {
      LogPosition position = split.position();
      DataOutputSerializer out = new DataOutputSerializer(32);
      out.writeLong(split.latestMicros());
      out.writeInt(position.opened());
      out.writeInt(position.open().size());
      for (LogPosition.Open open : position.open()) {
        out.writeInt(open.piece());
        out.writeLong(open.position().lines());
        out.writeLong(open.position().bytes());
      }
      return out.getCopyOfBuffer();
    }

    @Override
    public LogSplit deserialize(int version, byte[] serialized) throws IOException {
      if (version != VERSION) {
        throw new IOException("version of a log position must be " + VERSION + ": " + version);
      }
      DataInputDeserializer in = new DataInputDeserializer(serialized);
      long latest = in.readLong();
      int opened = in.readInt();
      int count = in.readInt();
      List<LogPosition.Open> open = new ArrayList<>();
      for (int k = 0; k < count; k++) {
        int piece = in.readInt();
        open.add(new LogPosition.Open(piece, new LogReader.Position(in.readLong(), in.readLong())));
      }
      return new LogSplit(new LogPosition(opened, open), latest);
    }
  }
}
