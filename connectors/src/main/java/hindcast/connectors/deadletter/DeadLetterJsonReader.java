package hindcast.connectors.deadletter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hindcast.avro.DeadLetter;
import hindcast.avro.InputStream;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads what {@link DeadLetterJsonWriter} writes. Fields it does not know are not read; {@code
 * mended}, text somebody has added, takes the place of the bytes when a letter is replayed.
 *
 * <p>Errors: {@link IOException} that names the file, the line and what is missing there. Not
 * thread-safe.
 */
public final class DeadLetterJsonReader implements Closeable {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final Path file;
  private final BufferedReader lines;
  private long line;

  /**
   * One line.
   *
   * @param letter the letter as it was written
   * @param mended what is to be replayed in place of its bytes, or null
   */
  public record Entry(DeadLetter letter, String mended) {}

  /** Opens a file of JSON lines in UTF-8. */
  public DeadLetterJsonReader(Path file) throws IOException {
    this.file = file;
    this.lines = Files.newBufferedReader(file, StandardCharsets.UTF_8);
  }

  /** The next letter, or null at the end; empty lines are none. */
  public Entry next() throws IOException {
    String text = line();
    while (text != null && text.isBlank()) {
      text = line();
    }
    if (text == null) {
      return null;
    }
    try {
      return entry(JSON.readTree(text));
    } catch (JsonProcessingException e) {
      throw wrong("must be JSON: " + e.getOriginalMessage());
    }
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }

  private String line() throws IOException {
    line++;
    try {
      return lines.readLine();
    } catch (CharacterCodingException e) {
      throw wrong("must be UTF-8, in it or soon behind it is what is not");
    }
  }

  private Entry entry(JsonNode json) throws IOException {
    JsonNode mended = json.get("mended");
    if (mended != null && !mended.isTextual()) {
      throw wrong("mended must be a text: " + mended);
    }
    return new Entry(
        new DeadLetter(
            text(json, "topic"),
            (int) number(json, "partition", 0, Integer.MAX_VALUE),
            number(json, "offset", 0, Long.MAX_VALUE),
            stream(text(json, "stream")),
            text(json, "reason"),
            text(json, "detail"),
            number(json, "appendTimeMillis", DeadLetters.UNKNOWN_APPEND_TIME, Long.MAX_VALUE),
            ByteBuffer.wrap(raw(json))),
        mended == null ? null : mended.textValue());
  }

  private String text(JsonNode json, String name) throws IOException {
    JsonNode value = json.path(name);
    if (!value.isTextual()) {
      throw wrong(name + " must be a text: " + shown(value));
    }
    return value.textValue();
  }

  private long number(JsonNode json, String name, long least, long most) throws IOException {
    JsonNode value = json.path(name);
    boolean whole = value.isIntegralNumber() && value.canConvertToLong();
    if (!whole || value.longValue() < least || value.longValue() > most) {
      throw wrong(name + " must be a whole number from " + least + ": " + shown(value));
    }
    return value.longValue();
  }

  private InputStream stream(String name) throws IOException {
    for (InputStream stream : InputStream.values()) {
      if (stream.name().equals(name)) {
        return stream;
      }
    }
    throw wrong("stream must be an input's: " + name);
  }

  private byte[] raw(JsonNode json) throws IOException {
    try {
      byte[] raw = json.path("raw").isTextual() ? json.get("raw").binaryValue() : null;
      if (raw != null) {
        return raw;
      }
    } catch (IOException e) {
      throw wrong("raw must be base64: " + e.getMessage());
    }
    throw wrong("raw must be base64: " + shown(json.path("raw")));
  }

  private IOException wrong(String what) {
    return new IOException(file + " holds no dead letters: line " + line + ": " + what);
  }

  private static String shown(JsonNode value) {
    return value.isMissingNode() ? "missing" : value.toString();
  }
}
