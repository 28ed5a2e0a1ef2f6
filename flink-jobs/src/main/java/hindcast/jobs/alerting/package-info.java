/**
 * ALERTS: what is deployed, the feedback, findings and versions in; alerts that begin, change and
 * end out.
 */
package hindcast.jobs.alerting;
