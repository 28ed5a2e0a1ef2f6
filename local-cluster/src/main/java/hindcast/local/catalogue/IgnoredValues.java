package hindcast.local.catalogue;

import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.Type;

/** The converters Parquet asks for where columns are read value by value instead. */
final class IgnoredValues extends GroupConverter {
  private final GroupType type;

  IgnoredValues(GroupType type) {
    this.type = type;
  }

  @Override
  public Converter getConverter(int field) {
    Type of = type.getType(field);
    return of.isPrimitive() ? new PrimitiveConverter() {} : new IgnoredValues(of.asGroupType());
  }

  @Override
  public void start() {}

  @Override
  public void end() {}
}
