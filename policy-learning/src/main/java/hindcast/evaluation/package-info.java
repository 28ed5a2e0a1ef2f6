/**
 * Which outcomes a policy may be judged on.
 *
 * <table>
 *   <caption>Glossary</caption>
 *   <tr><td>policy line</td><td>a policy over all its versions</td></tr>
 *   <tr><td>data cut</td><td>the time before which all impressions a version was trained on lie</td></tr>
 *   <tr><td>form</td><td>how a learned Theta chooses: softmax, greedy, sharpened</td></tr>
 *   <tr><td>progressive validation</td><td>test each outcome before training on it</td></tr>
 * </table>
 */
package hindcast.evaluation;
