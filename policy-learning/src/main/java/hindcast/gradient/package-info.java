/**
 * The gradient of a softmax policy at one event, and sums of it.
 *
 * <table>
 * <caption>Glossary</caption>
 * <tr><td>{@code direction}</td><td>β_a − β̄; s = x ⊗ (β_a − β̄) is ∇ log π(a|x)</td></tr>
 * <tr><td>{@code covariance}</td><td>Cov_π(q, β) = ∇_h E_π[q]</td></tr>
 * <tr><td>{@code topK}, {@code head}</td><td>K, α_K(x)</td></tr>
 * <tr><td>{@code samples}</td><td>S</td></tr>
 * <tr><td>{@code epsilon}</td><td>ε, share of uniform draws</td></tr>
 * <tr><td>{@code share}</td><td>ω_s, self-normalised importance weight</td></tr>
 * </table>
 */
package hindcast.gradient;
