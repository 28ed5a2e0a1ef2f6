package hindcast.connectors.catalogue;

import hindcast.catalogue.DuplicateIdException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.DoubleConsumer;

/**
 * A file of items and their vectors as a user brings them, read once from beginning to end into the
 * packed order of a catalogue: memory holds the catalogue and a buffer, never the file.
 *
 * <p>Errors: {@link IOException} with one line that names the file, the place in it, the value and
 * the rule.
 */
public interface ItemFile extends Closeable {
  /** The file. */
  Path path();

  /** How many items it has, or a few more. */
  int count();

  /** L. */
  int dimension();

  /** Reads every item; {@code progress} is told the share that is done. */
  void readInto(PackedItems items, DoubleConsumer progress) throws IOException;

  /** Where an item stands in the file: {@code line 7}. */
  String place(int item);

  /** Reads every item. */
  default PackedItems read(DoubleConsumer progress) throws IOException {
    PackedItems items = PackedItems.of(path(), count(), dimension());
    try {
      readInto(items, progress);
      return items.complete();
    } catch (DuplicateIdException e) {
      throw new IOException(
          "%s: %s must have an id of its own: '%s' is the id of %s"
              .formatted(path(), place(e.second()), e.id(), place(e.first())),
          e);
    }
  }

  /** Names the next item. */
  default void addId(PackedItems items, int item, String id) throws IOException {
    try {
      items.add(id);
    } catch (IllegalArgumentException e) {
      throw wrong(item, "must have an id of at least one character", "'" + id + "'");
    }
  }

  /** A number of a column, which must be finite in single precision. */
  default float finite(int item, String column, float value) throws IOException {
    if (!Float.isFinite(value)) {
      throw wrong(item, "column " + column + " must be a finite float32", value);
    }
    return value;
  }

  /** The error of a value at an item's place. */
  default IOException wrong(int item, String rule, Object value) {
    return new IOException("%s: %s %s: %s".formatted(path(), place(item), rule, value));
  }
}
