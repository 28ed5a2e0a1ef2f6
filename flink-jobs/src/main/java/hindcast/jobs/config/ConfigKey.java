package hindcast.jobs.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One key of a section: a record component and what {@link Key} says about it. */
record ConfigKey(RecordComponent component, Key key) {

  /** The keys of a section in the order of its record. */
  static List<ConfigKey> of(Class<?> section) {
    return Arrays.stream(section.getRecordComponents())
        .map(component -> new ConfigKey(component, component.getAnnotation(Key.class)))
        .toList();
  }

  /** The name in the file: {@code maxParallelism} is {@code max-parallelism}. */
  String name() {
    return component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  boolean isSection() {
    return component.getType().isRecord() && !Scalars.isScalar(component.getType());
  }

  boolean isList() {
    return component.getType() == List.class;
  }

  boolean isMapping() {
    return component.getType() == Map.class;
  }

  boolean isRequired() {
    return key.value().equals(Key.REQUIRED);
  }

  /** The type of the elements of a list, of the values of a mapping, or of the component itself. */
  Class<?> valueType() {
    if (component.getGenericType() instanceof ParameterizedType type) {
      Type[] arguments = type.getActualTypeArguments();
      return (Class<?>) arguments[arguments.length - 1];
    }
    return component.getType();
  }

  boolean isListOfSections() {
    return isList() && valueType().isRecord() && !Scalars.isScalar(valueType());
  }

  Object valueIn(Record section) {
    try {
      return component.getAccessor().invoke(section);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("cannot read " + name(), e);
    }
  }
}
