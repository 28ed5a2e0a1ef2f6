package hindcast.local.page;

import hindcast.audit.DelayQuantiles;
import hindcast.local.certificate.Certificate;
import hindcast.local.results.RunSummary;
import hindcast.local.words.LogSpan;
import hindcast.local.words.PolicyCase;
import java.util.List;
import java.util.Optional;

/**
 * Everything a page says.
 *
 * @param title of the page
 * @param span event times of the log
 * @param cases the policies
 * @param run its results
 * @param delays of the rewards, where they were read
 * @param origin command, inputs and configuration
 * @param certificate of the run, where one was written
 */
public record PageData(
    String title,
    LogSpan span,
    List<PolicyCase> cases,
    RunSummary run,
    Optional<DelayQuantiles> delays,
    Certificate.Origin origin,
    Optional<Certificate> certificate) {
  public PageData {
    cases = List.copyOf(cases);
  }

  /** A time on the axis of a chart: milliseconds since 1970, or the number that stands for it. */
  double axis(long micros) {
    long inside = span.inside(micros);
    return span.isDated() ? inside / 1000.0 : inside;
  }
}
