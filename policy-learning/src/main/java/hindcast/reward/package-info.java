/**
 * Predictions of the reward for the direct method and the doubly robust family.
 *
 * <table>
 * <caption>Glossary</caption>
 * <tr><td>{@code predict}</td><td>q(x, a)</td></tr>
 * <tr><td>{@code psi}, {@code omega}</td><td>Ψ, Ω: context maps of the bilinear forms</td></tr>
 * <tr><td>{@code within}</td><td>ĥ(x, a) of POTEC</td></tr>
 * </table>
 */
package hindcast.reward;
