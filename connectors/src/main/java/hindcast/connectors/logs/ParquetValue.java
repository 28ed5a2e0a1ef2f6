package hindcast.connectors.logs;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** A value of Parquet as a text, a number, bytes, or a time in microseconds. */
final class ParquetValue extends PrimitiveConverter {
  private static final long JULIAN_DAY_OF_1970 = 2_440_588;
  private static final int INT96_BYTES = 12;

  private final LogicalTypeAnnotation meaning;
  private final boolean isInt96;
  private final Consumer<Object> to;

  ParquetValue(PrimitiveType type, Consumer<Object> to) {
    this.meaning = type.getLogicalTypeAnnotation();
    this.isInt96 = type.getPrimitiveTypeName() == PrimitiveTypeName.INT96;
    this.to = to;
  }

  @Override
  public void addBinary(Binary value) {
    byte[] bytes = value.getBytes();
    if (isInt96 && bytes.length == INT96_BYTES) {
      to.accept(micros(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN)));
    } else if (meaning instanceof DecimalLogicalTypeAnnotation decimal) {
      BigInteger unscaled = bytes.length == 0 ? BigInteger.ZERO : new BigInteger(bytes);
      to.accept(new BigDecimal(unscaled, decimal.getScale()).doubleValue());
    } else if (meaning == null) {
      to.accept(bytes);
    } else {
      String text = new String(bytes, StandardCharsets.UTF_8);
      to.accept(text.indexOf('\uFFFD') >= 0 ? bytes : text);
    }
  }

  @Override
  public void addInt(int value) {
    if (meaning instanceof DateLogicalTypeAnnotation) {
      to.accept(EpochMicros.ofDays(value));
    } else {
      addLong(value);
    }
  }

  @Override
  public void addLong(long value) {
    if (meaning instanceof DecimalLogicalTypeAnnotation decimal) {
      to.accept(BigDecimal.valueOf(value, decimal.getScale()).doubleValue());
    } else if (meaning instanceof TimestampLogicalTypeAnnotation timestamp) {
      to.accept(
          switch (timestamp.getUnit()) {
            case MILLIS -> EpochMicros.ofMillis(value);
            case MICROS -> value;
            case NANOS -> Math.floorDiv(value, 1_000L);
          });
    } else {
      to.accept(value);
    }
  }

  @Override
  public void addFloat(float value) {
    to.accept((double) value);
  }

  @Override
  public void addDouble(double value) {
    to.accept(value);
  }

  @Override
  public void addBoolean(boolean value) {
    to.accept(value);
  }

  /** Nanoseconds of the day, then the Julian day. */
  private static long micros(ByteBuffer int96) {
    long nanos = int96.getLong();
    return EpochMicros.ofDays(int96.getInt() - JULIAN_DAY_OF_1970) + Math.floorDiv(nanos, 1_000L);
  }
}
