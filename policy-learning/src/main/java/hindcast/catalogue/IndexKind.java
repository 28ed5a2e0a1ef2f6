package hindcast.catalogue;

import java.util.Locale;

/** The searches over a catalogue that have to be built. */
public enum IndexKind {
  /** The k-means partition. */
  PARTITION,
  /** The small world graph. */
  HNSW;

  /** The name as people read it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
