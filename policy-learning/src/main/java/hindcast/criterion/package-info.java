/**
 * Non-linear criteria of an aggregate reward (aggregate-criterion paper).
 *
 * <table>
 * <caption>Glossary</caption>
 * <tr><td>{@code mean}</td><td>μ, expected total payoff of N events</td></tr>
 * <tr><td>{@code variance}</td><td>σ², of that total</td></tr>
 * <tr><td>{@code Derivatives}</td><td>G, G_μ, G_σ²</td></tr>
 * <tr><td>{@code bar}</td><td>b</td></tr>
 * <tr><td>{@code aversion}</td><td>k, or g of the power</td></tr>
 * </table>
 */
package hindcast.criterion;
