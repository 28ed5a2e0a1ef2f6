package hindcast.bench;

import java.util.List;

/**
 * What a gradient benchmark found.
 *
 * @param data name of the data
 * @param size P
 * @param dimension L
 * @param builds what was built before, with its time
 * @param limits of the machine
 * @param stages the policies
 * @param results in the order measured, the peer's last
 * @param peer what the peer is; null without one
 */
record GradientRun(
    String data,
    int size,
    int dimension,
    GradientSettings settings,
    List<BuildTime> builds,
    MachineLimits limits,
    List<Stage> stages,
    List<GradientResult> results,
    String peer) {}
