package hindcast.connectors.catalogue;

import java.io.IOException;

/** A catalogue that cannot be used, and why. */
public final class CatalogueException extends IOException {
  private static final long serialVersionUID = 1L;

  /** What is wrong. */
  public enum Fault {
    /** There is no such file, or it may not be read. */
    MISSING,
    /** The file ends before its content does. */
    TRUNCATED,
    /** The bytes are not a catalogue, or not the ones the hash is of. */
    CORRUPT,
    /** The file is whole, and another one than the manifest describes. */
    MISMATCHED,
    /** Written by another version of this software. */
    UNSUPPORTED,
    /** It does not fit into the memory there is. */
    TOO_LARGE
  }

  private final Fault fault;

  CatalogueException(Fault fault, String message, Throwable cause) {
    super(message, cause);
    this.fault = fault;
  }

  CatalogueException(Fault fault, String message) {
    this(fault, message, null);
  }

  /** What is wrong. */
  public Fault fault() {
    return fault;
  }
}
