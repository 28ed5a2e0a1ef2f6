package hindcast.catalogue;

/** Two items of one id. */
public final class DuplicateIdException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String id;
  private final int first;
  private final int second;

  DuplicateIdException(String id, int first, int second) {
    super(
        "item ids must differ: " + id + " appears twice (items " + first + " and " + second + ")");
    this.id = id;
    this.first = first;
    this.second = second;
  }

  /** The id. */
  public String id() {
    return id;
  }

  /** Index of the first item that has it. */
  public int first() {
    return first;
  }

  /** Index of the second. */
  public int second() {
    return second;
  }
}
