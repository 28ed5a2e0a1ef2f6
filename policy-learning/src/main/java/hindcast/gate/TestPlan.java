package hindcast.gate;

import java.util.List;
import java.util.stream.Stream;

/**
 * The A/B test a gate forecasts, at its planned length and at others.
 *
 * @param length as it is planned
 * @param horizons further lengths
 * @param test all else about it; its number of events is replaced
 */
public record TestPlan(TestLength length, List<TestLength> horizons, PlannedTest test) {
  public TestPlan {
    horizons = List.copyOf(horizons);
  }

  /** The planned test at a rate of events per microsecond. */
  public PlannedTest planned(double perMicro) {
    return test.withEvents(length.events(perMicro));
  }

  /** The planned test, then each further length. */
  public List<PlannedTest> all(double perMicro) {
    return Stream.concat(Stream.of(length), horizons.stream())
        .map(one -> test.withEvents(one.events(perMicro)))
        .toList();
  }
}
