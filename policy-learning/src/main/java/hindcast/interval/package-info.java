/**
 * Intervals, confidence sequences and sequential tests.
 *
 * <table>
 * <caption>Names in the code and symbols in the papers</caption>
 * <tr><td>{@code alpha}</td><td>probability of missing or of a false rejection</td></tr>
 * <tr><td>{@code m0}</td><td>largest mean under the hypothesis</td></tr>
 * <tr><td>{@code logE}</td><td>logarithm of the e-process</td></tr>
 * <tr><td>{@code sum, deviations}</td><td>sum of X, and v = sum (X - xhat)^2</td></tr>
 * </table>
 */
package hindcast.interval;
