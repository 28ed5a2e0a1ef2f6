package hindcast.connectors.catalogue;

/**
 * What the header of a catalogue file says.
 *
 * @param version version of the catalogue
 * @param embeddingSpace name of the space the vectors live in
 * @param count P
 * @param dimension L
 * @param layout {@code packed}, {@code one-hot} or {@code partitioned}
 * @param bytes length of the file
 */
public record CatalogueInfo(
    String version, String embeddingSpace, int count, int dimension, String layout, long bytes) {}
