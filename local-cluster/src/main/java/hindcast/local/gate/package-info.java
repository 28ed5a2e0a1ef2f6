/** The verdicts of gates, for people and for scripts. */
package hindcast.local.gate;
