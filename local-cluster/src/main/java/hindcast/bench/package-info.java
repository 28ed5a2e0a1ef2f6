/**
 * Benchmarks of the large-catalogue gradients, indexes and learning curves: what {@code hindcast
 * bench} runs.
 *
 * <p>Data ({@link hindcast.bench.BenchData}) are items with vectors and sessions of users: x is the
 * mean vector of the first half of a session, the reward is 1 for an item of the second half. Times
 * are CPU time of one thread; errors are relative to {@link hindcast.bench.ReferenceGradient},
 * summed in double precision.
 */
package hindcast.bench;
