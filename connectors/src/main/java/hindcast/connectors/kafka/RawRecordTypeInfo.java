package hindcast.connectors.kafka;

import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** Flink's view of {@link RawRecord}: atomic, not a key, its own serializer. */
public final class RawRecordTypeInfo extends TypeInformation<RawRecord> {
  private static final long serialVersionUID = 1L;

  /** Lets Flink find the type by the class alone. */
  public static final class Factory extends TypeInfoFactory<RawRecord> {
    @Override
    public TypeInformation<RawRecord> createTypeInfo(
        Type type, Map<String, TypeInformation<?>> genericParameters) {
      return new RawRecordTypeInfo();
    }
  }

  @Override
  public boolean isBasicType() {
    return false;
  }

  @Override
  public boolean isTupleType() {
    return false;
  }

  @Override
  public int getArity() {
    return 1;
  }

  @Override
  public int getTotalFields() {
    return 1;
  }

  @Override
  public Class<RawRecord> getTypeClass() {
    return RawRecord.class;
  }

  @Override
  public boolean isKeyType() {
    return false;
  }

  @Override
  public TypeSerializer<RawRecord> createSerializer(SerializerConfig config) {
    return RawRecordSerializer.INSTANCE;
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof RawRecordTypeInfo;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RawRecordTypeInfo;
  }

  @Override
  public int hashCode() {
    return RawRecordTypeInfo.class.hashCode();
  }

  @Override
  public String toString() {
    return "RawRecord";
  }
}
