package hindcast.local.estimates;

import java.time.Instant;

/**
 * Whose value over which interval is asked for.
 *
 * @param policy as in the estimates: an id, or id/form
 * @param version a version, 0 for the whole line
 * @param segment a segment, {@code *} for all
 * @param estimator a name such as SNIPS; null for all
 * @param from start of the interval
 * @param to its end, not part of it
 */
public record IntervalQuestion(
    String policy, long version, String segment, String estimator, Instant from, Instant to) {}
