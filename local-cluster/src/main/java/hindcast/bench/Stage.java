package hindcast.bench;

/**
 * A policy at one point of its training.
 *
 * @param name early, half way or peaked
 * @param theta its parameters, d x L
 * @param perplexity of its choices over the benchmark's minibatches
 * @param steps training steps so far
 * @param scale factor by which the trained Θ was multiplied to come to the perplexity asked for
 */
record Stage(String name, double[] theta, double perplexity, long steps, double scale) {}
