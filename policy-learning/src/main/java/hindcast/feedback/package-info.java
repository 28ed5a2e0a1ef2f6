/**
 * From raw records to logged feedback: validation, the join of impressions and rewards, and the
 * tuple (x, a, p, r) that everything else works on.
 *
 * <table>
 * <caption>Names in the code and symbols in the papers</caption>
 * <tr><td>{@code Context}</td><td>x</td></tr>
 * <tr><td>{@code itemId}</td><td>a, the action</td></tr>
 * <tr><td>{@code reward}</td><td>r in [0, 1]</td></tr>
 * <tr><td>{@code propensity}</td><td>p = π₀(a|x)</td></tr>
 * <tr><td>{@code segment}</td><td>s, a discrete key of x</td></tr>
 * <tr><td>{@code windowMicros}</td><td>W, the reward window</td></tr>
 * </table>
 */
package hindcast.feedback;
