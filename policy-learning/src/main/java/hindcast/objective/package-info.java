/**
 * Learning objectives as coefficients c of score directions: one small file each.
 *
 * <table>
 * <caption>Glossary</caption>
 * <tr><td>{@code reward}</td><td>r</td></tr>
 * <tr><td>{@code propensity}</td><td>p = π₀(a|x)</td></tr>
 * <tr><td>{@code probability}</td><td>π</td></tr>
 * <tr><td>{@code weight}</td><td>w = π / p</td></tr>
 * <tr><td>{@code uncertainty}</td><td>U</td></tr>
 * <tr><td>{@code model}, {@code modelMean}</td><td>q(x, a), q̄ = Σ_b π_b q_b</td></tr>
 * <tr><td>{@code coefficients}</td><td>c</td></tr>
 * </table>
 */
package hindcast.objective;
