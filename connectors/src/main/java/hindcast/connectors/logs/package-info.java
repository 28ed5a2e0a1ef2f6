/**
 * Historical logs as inputs.
 *
 * <ul>
 *   <li>line: one decision and its outcome; lines are counted from 1, a header included
 *   <li>entry: an impression with its rewards, or the reason the line is none
 *   <li>disorder: how far the event time of a line is behind the latest one before it
 * </ul>
 */
package hindcast.connectors.logs;
