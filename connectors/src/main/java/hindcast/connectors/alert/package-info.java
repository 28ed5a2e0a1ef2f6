/**
 * Alerts delivered to people: read from [regression-alerts], sent to Alertmanager, a webhook or a
 * file, retried until they arrive or are written to a dead-letter file.
 *
 * <p>Runs in a process of its own beside the job, one thread for each endpoint, so that an endpoint
 * that fails or hangs delays neither the job nor another endpoint.
 */
package hindcast.connectors.alert;
