package hindcast.connectors.logs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.Type;

/** A group as values by name; a list as its elements, written in two levels or in three. */
final class ParquetGroup extends GroupConverter {
  private final Consumer<Object> parent;
  private final Converter[] fields;
  private final boolean isList;
  private final String element;
  private Map<String, Object> values;
  private List<Object> elements;

  ParquetGroup(GroupType type, Consumer<Object> parent) {
    this.parent = parent;
    this.isList =
        type.getLogicalTypeAnnotation() instanceof LogicalTypeAnnotation.ListLogicalTypeAnnotation
            && type.getFieldCount() == 1
            && type.getType(0).isRepetition(Type.Repetition.REPEATED);
    this.element = isList ? elementOf(type.getType(0)) : null;
    this.fields = new Converter[type.getFieldCount()];
    for (int k = 0; k < fields.length; k++) {
      Type field = type.getType(k);
      Consumer<Object> to = receiver(field);
      fields[k] =
          field.isPrimitive()
              ? new ParquetValue(field.asPrimitiveType(), to)
              : new ParquetGroup(field.asGroupType(), to);
    }
  }

  /** What the one field between a list and its elements is called; null where there is none. */
  private static String elementOf(Type repeated) {
    boolean between =
        !repeated.isPrimitive()
            && repeated.asGroupType().getFieldCount() == 1
            && !repeated.getName().equals("array")
            && !repeated.getName().endsWith("_tuple");
    return between ? RowFile.plain(repeated.asGroupType().getFieldName(0)) : null;
  }

  private Consumer<Object> receiver(Type field) {
    if (isList) {
      return value -> elements.add(element == null ? value : ((Map<?, ?>) value).get(element));
    }
    String name = RowFile.plain(field.getName());
    if (!field.isRepetition(Type.Repetition.REPEATED)) {
      return value -> values.put(name, value);
    }
    return value -> {
      @SuppressWarnings("unchecked")
      List<Object> list = (List<Object>) values.computeIfAbsent(name, key -> new ArrayList<>());
      list.add(value);
    };
  }

  @Override
  public Converter getConverter(int field) {
    return fields[field];
  }

  @Override
  public void start() {
    if (isList) {
      elements = new ArrayList<>();
    } else {
      values = new HashMap<>();
    }
  }

  @Override
  public void end() {
    parent.accept(isList ? elements : values);
  }
}
