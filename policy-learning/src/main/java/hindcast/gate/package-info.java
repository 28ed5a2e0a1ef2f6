/**
 * May a policy be deployed: what an A/B test of it would show, and the verdict of its gate.
 *
 * <table>
 * <caption>Names in the code and symbols in the papers</caption>
 * <tr><td>{@code difference}</td><td>Delta = V(pi) - V(pi0)</td></tr>
 * <tr><td>{@code excess}</td><td>delta = V(pi) - (1 + u) V(pi0), mean of y = (w - 1 - u) r</td></tr>
 * <tr><td>{@code estimationRisk}</td><td>tau, the spread of what the log says of delta</td></tr>
 * <tr><td>{@code outcomeNoise}</td><td>s, the spread of what the test would measure of delta</td></tr>
 * </table>
 */
package hindcast.gate;
