/**
 * Policies: probabilities of items given a context.
 *
 * <table>
 * <caption>Glossary</caption>
 * <tr><td>{@code theta}</td><td>Θ, d x L, the learned map from contexts to items</td></tr>
 * <tr><td>{@code latent}</td><td>h = Θᵀx</td></tr>
 * <tr><td>{@code scores}</td><td>f_a = h · β_a</td></tr>
 * <tr><td>{@code logZ}</td><td>log Σ_b e^{f_b}</td></tr>
 * <tr><td>{@code meanEmbedding}</td><td>β̄ = Σ_b π(b|x) β_b</td></tr>
 * </table>
 */
package hindcast.policy;
