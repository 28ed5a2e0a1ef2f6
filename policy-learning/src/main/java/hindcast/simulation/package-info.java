/**
 * A world whose truth is known, and the traffic a serving system would write in it: what estimates
 * and learners are tested against, and what the demo shows.
 *
 * <table>
 *   <caption>Names and symbols</caption>
 *   <tr><th>code</th><th>symbol</th></tr>
 *   <tr><td>{@link hindcast.simulation.SyntheticWorld#context context(m)}</td><td>x, one of M</td></tr>
 *   <tr><td>{@link hindcast.simulation.SyntheticWorld#rewardProbability}</td><td>q(x,a)</td></tr>
 *   <tr><td>{@link hindcast.simulation.SyntheticWorld#propensity}</td><td>π₀(a|x)</td></tr>
 *   <tr><td>{@link hindcast.simulation.SyntheticWorld#exploration}</td><td>ε</td></tr>
 *   <tr><td>{@link hindcast.simulation.Truth}</td><td>V(π)</td></tr>
 *   <tr><td>{@link hindcast.simulation.TrafficSettings#inWindowShare}</td><td>κ</td></tr>
 *   <tr><td>{@link hindcast.simulation.TrafficSettings#rewardWindowMicros}</td><td>W</td></tr>
 * </table>
 *
 * <p>{@link hindcast.simulation.Traffic} gives raw messages in order of arrival, copies and broken
 * ones among them; {@link hindcast.simulation.JoinedLog} gives the finished decisions that a
 * perfect join makes of the same traffic.
 */
package hindcast.simulation;
