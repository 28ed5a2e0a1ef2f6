/** Refused records: where they came from, why they were refused, and their bytes. */
package hindcast.connectors.deadletter;
