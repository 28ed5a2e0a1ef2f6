package hindcast.methods;

/**
 * A method of the library, in words. What does not apply is empty.
 *
 * @param kind what it is
 * @param name as in configuration and code
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
    String formula,
    String parameters,
    String needs,
    String merges,
    String use,
    String source) {

  static Method stateless(MethodKind kind, String name, String formula, String source) {
    return new Method(kind, name, formula, "", "", "", "", source);
  }

  static Method streaming(
      MethodKind kind, Enum<?> name, String formula, boolean mergeable, String source) {
    return new Method(kind, name.name(), formula, "", "", mergeable ? "yes" : "no", "", source);
  }
}
