package hindcast.methods;

import java.util.List;

/**
 * A method of the library, in words. What does not apply is empty.
 *
 * @param kind what it is
 * @param name as in configuration and code
 * @param aliases what papers and other libraries call it
 * @param formula in a line
 * @param parameters with their defaults; those without must be given
 * @param needs fields of the feedback
 * @param merges whether states of parts of a stream merge: yes or no
 * @param use of its number: whether it is a value estimate, when a level holds, whether a gradient
 *     is the derivative of the value
 * @param source the paper
 */
public record Method(
    MethodKind kind,
    String name,
    String aliases,
    String formula,
    String parameters,
    String needs,
    String merges,
    String use,
    String source) {

  /** A method that is called the same everywhere. */
  public Method(
      MethodKind kind,
      String name,
      String formula,
      String parameters,
      String needs,
      String merges,
      String use,
      String source) {
    this(kind, name, "", formula, parameters, needs, merges, use, source);
  }

  /** The same method with other names of it. */
  public Method withAliases(List<String> names) {
    return new Method(
        kind, name, String.join(", ", names), formula, parameters, needs, merges, use, source);
  }

  static Method stateless(MethodKind kind, String name, String formula, String source) {
    return new Method(kind, name, formula, "", "", "", "", source);
  }

  static Method streaming(
      MethodKind kind, Enum<?> name, String formula, boolean mergeable, String source) {
    return new Method(kind, name.name(), formula, "", "", mergeable ? "yes" : "no", "", source);
  }
}
