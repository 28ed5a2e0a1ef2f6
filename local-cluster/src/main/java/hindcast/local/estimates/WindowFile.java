package hindcast.local.estimates;

import hindcast.avro.ValueWindow;
import hindcast.local.LocalStartException;
import hindcast.local.LogFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;

/** Stored windows as an Avro data file, which any Avro tool reads. */
public final class WindowFile {
  private WindowFile() {}

  /** Writes all windows. */
  public static void write(List<ValueWindow> windows, Path file) throws IOException {
    try (DataFileWriter<ValueWindow> writer =
        new DataFileWriter<>(new SpecificDatumWriter<>(ValueWindow.class))) {
      writer.setCodec(CodecFactory.deflateCodec(CodecFactory.DEFAULT_DEFLATE_LEVEL));
      writer.create(ValueWindow.SCHEMA$, file.toFile());
      for (ValueWindow window : windows) {
        writer.append(window);
      }
    }
  }

  /**
   * Reads the windows of a file.
   *
   * @throws LocalStartException if it cannot be read or holds something else
   */
  public static WindowBook read(Path file) {
    LogFiles.requireReadable("--file", file);
    WindowBook book = new WindowBook();
    try (DataFileReader<ValueWindow> reader =
        new DataFileReader<>(file.toFile(), new SpecificDatumReader<>(ValueWindow.class))) {
      reader.forEach(book::add);
    } catch (IOException | AvroRuntimeException e) {
      throw new LocalStartException(
          "--file must hold windows that replay --windows wrote: " + file, e);
    }
    return book;
  }
}
