package hindcast.connectors.logs;

import java.util.List;

/** A mapping file that is refused, with every problem found: {@code file: key: value: rule}. */
public final class MappingException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  MappingException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** One line for each problem. */
  public List<String> problems() {
    return problems;
  }
}
