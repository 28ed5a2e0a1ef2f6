/**
 * Estimates of the value of a policy from feedback that another policy logged.
 *
 * <table>
 * <caption>Names in the code and symbols in the papers</caption>
 * <tr><td>{@code targetProbability}</td><td>pi(a|x)</td></tr>
 * <tr><td>{@code propensity}</td><td>p = pi0(a|x)</td></tr>
 * <tr><td>{@code weight}</td><td>w = pi / p</td></tr>
 * <tr><td>{@code reward}</td><td>r in [0, 1]</td></tr>
 * <tr><td>{@code uncertainty}</td><td>U, sd of log p</td></tr>
 * <tr><td>{@code modelReward, modelValue}</td><td>q(x, a), qpi(x)</td></tr>
 * <tr><td>{@code clusterWeight}</td><td>w_c = pi(c|x) / pi0(c|x)</td></tr>
 * <tr><td>{@code cap, floor}</td><td>M, tau</td></tr>
 * <tr><td>{@code MeanEstimator.term}</td><td>y_i</td></tr>
 * <tr><td>{@code effectiveSampleSize}</td><td>ESS = (sum w)^2 / sum w^2</td></tr>
 * </table>
 */
package hindcast.estimator;
