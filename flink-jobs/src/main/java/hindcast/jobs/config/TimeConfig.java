package hindcast.jobs.config;

import java.time.Duration;

/** Section {@code time}: how event time advances. */
public record TimeConfig(
    @Key(
            value = "5s",
            rule = Rule.NOT_NEGATIVE,
            doc =
                "How much earlier than the latest record of its partition a record may be. Time"
                    + " markers are exact and need none.")
        Duration maxOutOfOrderness,
    @Key(
            value = "60s",
            rule = Rule.NOT_NEGATIVE,
            doc =
                "A partition that is read to its end and quiet this long goes on with the wall clock"
                    + " (processing time; each firing is counted). 0 switches it off: right where"
                    + " producers write time markers.")
        Duration idleTimeout,
    @Key(
            value = "5min",
            rule = Rule.NOT_NEGATIVE,
            doc =
                "A record whose event time is further than this after the broker's append time is"
                    + " a dead letter (FUTURE_TIME).")
        Duration futureTolerance) {}
