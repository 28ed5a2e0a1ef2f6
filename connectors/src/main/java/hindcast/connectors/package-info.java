/** How data gets in and out: Kafka, Avro, historical logs, catalogue and checkpoint files. */
package hindcast.connectors;
