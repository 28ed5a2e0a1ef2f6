/**
 * The audit of a log of logged feedback: is it what it says, before anyone believes an estimate?
 *
 * <p>{@link hindcast.audit.LogAudit} takes one outcome at a time and gives its {@link
 * hindcast.audit.Finding}s at any time. {@link hindcast.audit.FindingKind} lists what it can find.
 *
 * <table>
 * <caption>Names in the code and symbols in the papers</caption>
 * <tr><td>{@code weight}</td><td>w = π(a|x) / p, E[w] = 1</td></tr>
 * <tr><td>{@code propensity}</td><td>p = π₀(a|x)</td></tr>
 * <tr><td>{@code row}</td><td>π₀(·|x) over the eligible items</td></tr>
 * <tr><td>{@code logE}</td><td>logarithm of an e-value; false above ln(1/alpha) with probability alpha</td></tr>
 * <tr><td>{@code effectiveSampleSize}</td><td>(Σw)² / Σw²</td></tr>
 * </table>
 */
package hindcast.audit;
