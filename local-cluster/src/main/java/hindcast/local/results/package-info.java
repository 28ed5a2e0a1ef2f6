/**
 * What a run found out, as the screen and the report show it.
 *
 * <table>
 *   <caption>Glossary</caption>
 *   <tr><td>LedgerTotals</td><td>a conservation equation: in = out + duplicates + dead letters + held
 *   </td></tr>
 *   <tr><td>effectiveSampleSize</td><td>(Σ w)² / Σ w²</td></tr>
 *   <tr><td>rewardedEffectiveSampleSize</td><td>(Σ wr)² / Σ (wr)²</td></tr>
 *   <tr><td>truth</td><td>V(π), the expected reward of a policy, known to a simulator only</td></tr>
 * </table>
 */
package hindcast.local.results;
