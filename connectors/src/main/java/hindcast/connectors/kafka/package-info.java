/**
 * Topics, sources, sinks and start-up checks of Kafka.
 *
 * <ul>
 *   <li>append time: when the broker stored a record (LogAppendTime), the only clock
 *   <li>event time: when it happened, in the payload, microseconds since 1970
 *   <li>time marker: a producer's promise about the event times still to come in a partition
 *   <li>poison: an input record that is refused where it is read
 * </ul>
 */
package hindcast.connectors.kafka;
