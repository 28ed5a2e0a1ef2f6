package hindcast.local.estimates;

import hindcast.avro.ValueWindow;
import hindcast.connectors.avro.ValueWindows;
import hindcast.estimator.Disagreement;
import hindcast.estimator.EstimateSet;
import hindcast.estimator.PointEstimate;
import hindcast.estimator.SupportRule;
import hindcast.evaluation.EvaluatedSlice;
import hindcast.evaluation.SliceSums;
import hindcast.evaluation.StoredWindow;
import hindcast.evaluation.WindowMerge;
import hindcast.feedback.RewardRange;
import hindcast.local.LocalStartException;
import java.io.IOException;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The value of one policy over an interval, and over each stored window in it. */
public final class IntervalAnswer {
  private final IntervalQuestion question;
  private final SupportRule support;
  private final RewardRange range;
  private final WindowMerge.Merged merged;
  private final List<StoredWindow> windows;

  private IntervalAnswer(
      IntervalQuestion question,
      SupportRule support,
      RewardRange range,
      WindowMerge.Merged merged,
      List<StoredWindow> windows) {
    this.question = question;
    this.support = support;
    this.range = range;
    this.merged = merged;
    this.windows = windows;
  }

  /**
   * Answers a question.
   *
   * @throws LocalStartException if nothing is known of the policy or of the interval
   */
  public static IntervalAnswer of(IntervalQuestion question, WindowBook book, SupportRule support) {
    List<ValueWindow> records =
        book.records().stream()
            .filter(
                record ->
                    ValueWindows.slice(record)
                        .equals(
                            new EvaluatedSlice(
                                question.policy(), question.version(), question.segment())))
            .toList();
    if (records.isEmpty()) {
      throw new LocalStartException(unknown(question, book));
    }
    WindowMerge merge = new WindowMerge();
    records.forEach(record -> merge.add(window(record)));
    long from = micros(question.from());
    long to = micros(question.to());
    List<StoredWindow> windows = merge.windows();
    WindowMerge.Merged merged = merged(merge, from, to);
    if (merged == null) {
      throw new LocalStartException(
          "no window of %s touches %s to %s: the stored ones are from %s to %s"
              .formatted(
                  question.policy(),
                  question.from(),
                  question.to(),
                  Times.text(windows.get(0).startMicros()),
                  Times.text(windows.get(windows.size() - 1).endMicros())));
    }
    IntervalAnswer answer =
        new IntervalAnswer(
            question,
            support,
            ValueWindows.range(records.get(0)),
            merged,
            windows.stream()
                .filter(window -> window.startMicros() < to && window.endMicros() > from)
                .toList());
    if (answer.lines().isEmpty()) {
      throw new LocalStartException(
          "--estimator must be one of %s: %s"
              .formatted(
                  merged.sums().estimates().specs().stream()
                      .map(spec -> spec.method().name())
                      .distinct()
                      .collect(Collectors.joining(", ")),
                  question.estimator()));
    }
    return answer;
  }

  private static WindowMerge.Merged merged(WindowMerge merge, long from, long to) {
    try {
      return merge.over(from, to).orElse(null);
    } catch (IllegalArgumentException e) {
      throw new LocalStartException(
          "the windows of the interval were written with other estimators: " + e.getMessage(), e);
    }
  }

  private static StoredWindow window(ValueWindow record) {
    try {
      return ValueWindows.window(record);
    } catch (IOException e) {
      throw new LocalStartException(
          "a window of " + record.getPolicy() + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static String unknown(IntervalQuestion question, WindowBook book) {
    TreeSet<String> policies = new TreeSet<>();
    TreeSet<String> others = new TreeSet<>();
    for (ValueWindow record : book.records()) {
      policies.add(record.getPolicy());
      if (record.getPolicy().equals(question.policy())) {
        others.add("version " + record.getVersion() + " segment " + record.getSegment());
      }
    }
    if (policies.isEmpty()) {
      return "no windows are stored there yet: they are written when they end, see evaluation.window";
    }
    return others.isEmpty()
        ? "no windows of policy " + question.policy() + ": known are " + String.join(", ", policies)
        : "no windows of %s version %d segment %s: known are %s"
            .formatted(
                question.policy(),
                question.version(),
                question.segment(),
                others.stream().limit(12).collect(Collectors.joining(", ")));
  }

  private static long micros(java.time.Instant time) {
    return Math.addExact(
        Math.multiplyExact(time.getEpochSecond(), 1_000_000L), time.getNano() / 1000);
  }

  /** What was asked. */
  public IntervalQuestion question() {
    return question;
  }

  /** The interval as grown to whole windows. */
  public WindowMerge.Merged merged() {
    return merged;
  }

  /** Whether the interval had to be grown to whole windows. */
  public boolean isWidened() {
    return merged.fromMicros() < micros(question.from())
        || merged.toMicros() > micros(question.to());
  }

  /** The estimates over the interval, in the user's unit. */
  public List<EstimateSet.Line> lines() {
    return lines(merged.sums());
  }

  private List<EstimateSet.Line> lines(SliceSums sums) {
    return sums.estimates().estimates(support).stream()
        .filter(
            line ->
                question.estimator() == null
                    || line.spec().method().name().equalsIgnoreCase(question.estimator())
                    || line.spec().toString().equalsIgnoreCase(question.estimator()))
        .map(
            line ->
                new EstimateSet.Line(line.spec(), line.estimate().toUser(range), line.refused()))
        .toList();
  }

  /** How far all its estimators are apart, see {@link Disagreement}. */
  public OptionalDouble disagreement() {
    return Disagreement.of(merged.sums().estimates().estimates(support));
  }

  /** Mass of the policy on items the log never shows, from the mean weight. */
  public OptionalDouble unsupportedMass() {
    return merged.sums().estimates().weights().unsupportedMass();
  }

  /** The paired difference to the logging policy, in the user's unit. */
  public PointEstimate difference() {
    PointEstimate point = merged.sums().difference();
    return new PointEstimate(point.n(), scaled(point.value()), scaled(point.standardError()));
  }

  /** Whether support carries an interval of the difference. */
  public boolean isSupported() {
    return support.supports(merged.sums().estimates().weights());
  }

  private OptionalDouble scaled(OptionalDouble x) {
    return x.isPresent() ? OptionalDouble.of(x.getAsDouble() * range.scale()) : x;
  }

  /** One window of the interval with its estimates. */
  public record Point(StoredWindow window, List<EstimateSet.Line> lines) {}

  /** The windows it was merged from, in order of time. */
  public List<Point> points() {
    return windows.stream().map(window -> new Point(window, lines(window.requireSums()))).toList();
  }
}
