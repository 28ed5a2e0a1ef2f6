/**
 * What the logging policy is, and how sure we are of it.
 *
 * <table>
 * <caption>Names in the code and symbols in the papers</caption>
 * <tr><td>{@code Propensity.value}</td><td>p = π₀(a|x), or its estimate</td></tr>
 * <tr><td>{@code Propensity.uncertainty}</td><td>U, sd of log p (UIPS)</td></tr>
 * <tr><td>{@code priorStrength, priorMean}</td><td>alpha, m_a of the Dirichlet prior</td></tr>
 * <tr><td>{@code concentration, total}</td><td>n_a + alpha m_a, A</td></tr>
 * <tr><td>{@code UipsWeight}</td><td>phi* (UIPS, Theorem 3.2)</td></tr>
 * </table>
 */
package hindcast.propensity;
