/**
 * The wire format and its translation to the library's values.
 *
 * <ul>
 *   <li>{@code WireFormat}: Avro single-object encoding, C3 01 + fingerprint + body
 *   <li>fingerprint: CRC-64-AVRO of the parsing canonical form of the writer's schema
 *   <li>{@code Decoded}: a record, or a {@link hindcast.feedback.Reject}
 *   <li>packed: a vector as little-endian float32, 4 bytes per feature
 * </ul>
 */
package hindcast.connectors.avro;
