/**
 * What a run means, in words: the same sentences for the terminal, the JSON report and the page.
 *
 * <table>
 *   <caption>Glossary</caption>
 *   <tr><td>LineWindows</td><td>sums of whole policy lines over time, all segments together</td></tr>
 *   <tr><td>PolicyCase</td><td>all that is known of one policy</td></tr>
 *   <tr><td>forecast</td><td>P(success) of a planned A/B test</td></tr>
 *   <tr><td>relative difference</td><td>mean((w - 1) r) / mean(r)</td></tr>
 * </table>
 */
package hindcast.local.words;
