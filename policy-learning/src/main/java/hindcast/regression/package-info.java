/**
 * Verdicts about a policy: worse than the logging policy, or good enough to be promoted.
 *
 * <table>
 * <caption>Names in the code and symbols in the papers</caption>
 * <tr><td>{@code toleratedDrop}</td><td>delta of {@code H0: V(pi) - V(pi0) >= -delta}</td></tr>
 * <tr><td>{@code logEvidence}</td><td>ln E, the e-value</td></tr>
 * </table>
 */
package hindcast.regression;
