/**
 * A cluster of separate processes on this machine: ZooKeeper, Kafka brokers behind links that can
 * be cut or slowed, two JobManagers and TaskManagers, and the faults to try on them.
 */
package hindcast.local.cluster;
