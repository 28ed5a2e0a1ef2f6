/**
 * Everything on one machine: a Kafka broker and a Flink cluster inside this JVM, traffic for them,
 * and the runs behind the commands {@code demo} and {@code replay}.
 *
 * <p>All of it listens on the loopback interface only. What keeps a run from starting is a {@link
 * hindcast.local.LocalStartException} whose message is one line for the user.
 */
package hindcast.local;
