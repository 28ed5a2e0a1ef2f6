/**
 * The items, their vectors, and the search for the best of them.
 *
 * <table>
 * <caption>Glossary</caption>
 * <tr><td>{@code size}</td><td>P, number of items (K in the PWLL paper)</td></tr>
 * <tr><td>{@code dimension}</td><td>L, length of an item's vector</td></tr>
 * <tr><td>{@code vector}</td><td>β_a</td></tr>
 * <tr><td>{@code topK}</td><td>α_K(x), the K items of largest score (FOPO paper)</td></tr>
 * <tr><td>{@code budget}</td><td>E, places a partition enumerates for one context</td></tr>
 * <tr><td>{@code clusters}</td><td>C clusters of n_c items, mean m_c, spread v_c</td></tr>
 * <tr><td>{@code links}, {@code efConstruction}, {@code ef}</td><td>M, efConstruction and ef of
 * HNSW</td></tr>
 * </table>
 *
 * <p>A <em>place</em> is where a vector lies in an index; items with the same vector share one, and
 * their number is its multiplicity.
 */
package hindcast.catalogue;
