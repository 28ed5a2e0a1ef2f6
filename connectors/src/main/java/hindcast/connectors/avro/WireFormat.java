package hindcast.connectors.avro;

import hindcast.feedback.Rejection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/**
 * The bytes of every record in every topic: Avro single-object encoding.
 *
 * <pre>C3 01 | CRC-64-AVRO fingerprint of the writer's schema, 8 bytes little-endian | body</pre>
 *
 * <p>{@link #decode} accepts any bytes and never throws. It resolves records of every released
 * schema to the current one and gives the reason for the rest: {@link Rejection#UNKNOWN_SCHEMA} for
 * an unknown fingerprint, {@link Rejection#MALFORMED} for everything else, bytes left over after
 * the record included. Memory used is proportional to the bytes given, whatever lengths they claim.
 *
 * <p>Encoders and decoders are reused: an instance belongs to one thread, {@link #ofThread()} gives
 * each thread its own. Method {@link #encode} fails only for a record that breaks its own schema.
 *
 * @see <a href="https://avro.apache.org/docs/1.12.0/specification/#single-object-encoding">Avro
 *     1.12 specification, single-object encoding</a>
 */
public final class WireFormat {
  /** Marker and fingerprint. */
  static final int HEADER_LENGTH = 10;

  private static final byte MARKER_0 = (byte) 0xC3;
  private static final byte MARKER_1 = 0x01;
  private static final ThreadLocal<WireFormat> OF_THREAD = ThreadLocal.withInitial(WireFormat::new);

  private final SpecificData model = new SpecificData(WireFormat.class.getClassLoader());
  private final Map<Long, SpecificDatumReader<SpecificRecord>> readers = new HashMap<>();
  private final Map<Schema, Writer> writers = new HashMap<>();
  private final BoundedDecoder decoder = new BoundedDecoder();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(512);
  private BinaryEncoder encoder;

  private record Writer(long fingerprint, SpecificDatumWriter<SpecificRecord> datum) {}

  /** An instance for use by one thread. */
  public WireFormat() {
    model.setFastReaderEnabled(false);
    model.setCustomCoders(true);
  }

  /** The calling thread's own instance. */
  public static WireFormat ofThread() {
    return OF_THREAD.get();
  }

  /** The record as it travels. */
  public byte[] encode(SpecificRecord record) {
    Writer writer = writers.computeIfAbsent(record.getSchema(), this::writer);
    encoder = EncoderFactory.get().binaryEncoder(out, encoder);
    out.reset();
    out.write(MARKER_0);
    out.write(MARKER_1);
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      out.write((int) (writer.fingerprint() >>> shift));
    }
    try {
      writer.datum().write(record, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      encoder = null;
      throw e;
    }
    return out.toByteArray();
  }

  /** The record in the bytes, or why there is none; null bytes are malformed. */
  public Decoded decode(byte[] bytes) {
    if (bytes == null) {
      return Decoded.rejected(Rejection.MALFORMED, "record must have a value: none");
    }
    if (bytes.length < HEADER_LENGTH || bytes[0] != MARKER_0 || bytes[1] != MARKER_1) {
      return Decoded.rejected(
          Rejection.MALFORMED,
          "record must begin with C3 01 and a schema fingerprint: "
              + bytes.length
              + " bytes; write Avro single-object encoding");
    }
    long fingerprint = fingerprint(bytes);
    SpecificDatumReader<SpecificRecord> reader = reader(fingerprint);
    if (reader == null) {
      return Decoded.rejected(
          Rejection.UNKNOWN_SCHEMA,
          "schema fingerprint must be of a released schema: "
              + String.format("%016x", fingerprint)
              + "; upgrade this job before its producers");
    }
    return decodeBody(bytes, reader);
  }

  /** The schema that wrote the bytes, or null if they do not begin as a record of the contract. */
  static Schema writerOf(byte[] bytes) {
    if (bytes == null
        || bytes.length < HEADER_LENGTH
        || bytes[0] != MARKER_0
        || bytes[1] != MARKER_1) {
      return null;
    }
    SchemaCatalogue.Pair pair = SchemaCatalogue.contract().find(fingerprint(bytes));
    return pair == null ? null : pair.writer();
  }

  private Decoded decodeBody(byte[] bytes, SpecificDatumReader<SpecificRecord> reader) {
    decoder.reset(bytes, HEADER_LENGTH);
    try {
      SpecificRecord record = reader.read(null, decoder);
      if (decoder.remaining() > 0) {
        return Decoded.rejected(
            Rejection.MALFORMED,
            reader.getExpected().getName()
                + " must end with the value: "
                + decoder.remaining()
                + " bytes left over");
      }
      return Decoded.of(record);
    } catch (IOException | RuntimeException e) {
      return Decoded.rejected(
          Rejection.MALFORMED,
          reader.getExpected().getName() + " cannot be decoded: " + e.getMessage());
    }
  }

  private SpecificDatumReader<SpecificRecord> reader(long fingerprint) {
    SpecificDatumReader<SpecificRecord> reader = readers.get(fingerprint);
    if (reader == null) {
      SchemaCatalogue.Pair pair = SchemaCatalogue.contract().find(fingerprint);
      if (pair != null) {
        reader = new SpecificDatumReader<>(pair.writer(), pair.reader(), model);
        readers.put(fingerprint, reader);
      }
    }
    return reader;
  }

  private Writer writer(Schema schema) {
    return new Writer(
        SchemaNormalization.parsingFingerprint64(schema), new SpecificDatumWriter<>(schema, model));
  }

  private static long fingerprint(byte[] bytes) {
    long fingerprint = 0;
    for (int i = HEADER_LENGTH - 1; i >= 2; i--) {
      fingerprint = (fingerprint << 8) | (bytes[i] & 0xFF);
    }
    return fingerprint;
  }
}
