/**
 * A run as one self-contained HTML page.
 *
 * <table>
 *   <caption>Glossary</caption>
 *   <tr><td>Markup</td><td>escaped HTML that is also well-formed XML</td></tr>
 *   <tr><td>Picture</td><td>a chart as inline SVG, for wide and for narrow screens</td></tr>
 *   <tr><td>Palette</td><td>the colour of each policy, the same in all charts</td></tr>
 * </table>
 */
package hindcast.local.page;
