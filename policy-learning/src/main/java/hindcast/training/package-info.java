/**
 * Learning: minibatches of feedback in, parameters out.
 *
 * <table>
 * <caption>Glossary</caption>
 * <tr><td>{@code theta}</td><td>Θ</td></tr>
 * <tr><td>{@code learningRate}</td><td>α</td></tr>
 * <tr><td>{@code l2}</td><td>λ₂</td></tr>
 * <tr><td>{@code directions}</td><td>v_i</td></tr>
 * <tr><td>{@code coefficients}</td><td>c_i</td></tr>
 * </table>
 */
package hindcast.training;
