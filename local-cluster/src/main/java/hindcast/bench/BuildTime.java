package hindcast.bench;

/**
 * The building of an index.
 *
 * @param name of the index
 * @param cpuSeconds of all threads
 * @param seconds on the clock
 * @param bytes of memory it takes, vectors included; 0 where it does not say
 * @param cached read from a file of an earlier run, and the times are of reading
 */
record BuildTime(String name, double cpuSeconds, double seconds, long bytes, boolean cached) {}
