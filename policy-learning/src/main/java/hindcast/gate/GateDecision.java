package hindcast.gate;

import hindcast.interval.Interval;
import java.util.List;

/**
 * The verdict of a gate, and every number it rests on.
 *
 * @param outcome promote, hold or reject
 * @param candidate which candidate of its line this is, from 1
 * @param level of its interval: its part of the line's error budget
 * @param spent error budget of the line that candidates up to this one took
 * @param n outcomes
 * @param eventsPerSecond of the log, by which durations became events
 * @param loggingValue mean reward of the log over them
 * @param difference estimated V(π) − V(π0)
 * @param standardError of it; infinite with fewer than two outcomes
 * @param effectiveSampleSize (Σw)² / Σw²
 * @param interval of it, at all times at once
 * @param forecasts of the planned test, then of the further horizons; empty without data
 * @param checks one for each condition
 * @param findings names of the critical findings that stand
 * @param segments where support is thin, when it holds
 * @param items likewise
 * @param moreEvents outcomes like these that are missing until every condition that more of them
 *     can meet is met; 0 when none is missing, infinite when no number of them does
 */
public record GateDecision(
    GateOutcome outcome,
    long candidate,
    double level,
    double spent,
    long n,
    double eventsPerSecond,
    double loggingValue,
    double difference,
    double standardError,
    double effectiveSampleSize,
    Interval interval,
    List<TestForecast> forecasts,
    List<GateCheck> checks,
    List<String> findings,
    List<SupportGap> segments,
    List<SupportGap> items,
    double moreEvents) {
  public GateDecision {
    forecasts = List.copyOf(forecasts);
    checks = List.copyOf(checks);
    findings = List.copyOf(findings);
    segments = List.copyOf(segments);
    items = List.copyOf(items);
  }

  /** The check of a condition. */
  public GateCheck check(GateCondition condition) {
    return checks.stream()
        .filter(check -> check.condition() == condition)
        .findFirst()
        .orElseThrow();
  }

  /** The conditions that do not hold. */
  public List<GateCondition> missing() {
    return checks.stream().filter(check -> !check.passed()).map(GateCheck::condition).toList();
  }
}
