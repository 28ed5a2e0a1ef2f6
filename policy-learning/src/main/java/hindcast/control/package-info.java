/**
 * Which version of which policy is deployed, by command.
 *
 * <table>
 *   <caption>Glossary</caption>
 *   <tr><td>deployed</td><td>the version that serving shows from</td></tr>
 *   <tr><td>champion</td><td>the version that was deployed before it</td></tr>
 *   <tr><td>pinned</td><td>evaluated whatever else is open</td></tr>
 *   <tr><td>left</td><td>a version that what is learned now does not descend from</td></tr>
 * </table>
 */
package hindcast.control;
