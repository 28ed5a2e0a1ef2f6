/**
 * The items, their vectors, and the search for the best of them.
 *
 * <table>
 * <caption>Glossary</caption>
 * <tr><td>{@code size}</td><td>P, number of items (K in the PWLL paper)</td></tr>
 * <tr><td>{@code dimension}</td><td>L, length of an item's vector</td></tr>
 * <tr><td>{@code vector}</td><td>β_a</td></tr>
 * <tr><td>{@code topK}</td><td>α_K(x), the K items of largest score (FOPO paper)</td></tr>
 * </table>
 */
package hindcast.catalogue;
