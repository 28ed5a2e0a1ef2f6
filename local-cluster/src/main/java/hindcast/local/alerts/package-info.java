/** Alerts of a broker: read, acknowledged, delivered. */
package hindcast.local.alerts;
