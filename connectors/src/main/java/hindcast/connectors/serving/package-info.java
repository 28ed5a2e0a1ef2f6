/** What serving reads: the deployed policy, as the commands and the checkpoints have it. */
package hindcast.connectors.serving;
