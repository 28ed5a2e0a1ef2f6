package hindcast.connectors.deadletter;

import hindcast.avro.DeadLetter;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;

/** Writes dead letters as {@link DeadLetters#toJson JSON}, one a line. Not thread-safe. */
public final class DeadLetterJsonWriter implements Closeable {
  private final OutputStream out;

  /** A writer that owns {@code out}. */
  public DeadLetterJsonWriter(OutputStream out) {
    this.out = new BufferedOutputStream(out);
  }

  /** Writes one line. */
  public void write(DeadLetter letter) throws IOException {
    out.write(DeadLetters.line(letter));
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
