package hindcast.jobs.gate;

import hindcast.avro.GateCondition;
import hindcast.avro.GateResult;
import hindcast.avro.GateVerdict;
import hindcast.avro.SupportGap;
import hindcast.avro.TestForecast;
import hindcast.evaluation.EvaluatedSlice;
import hindcast.gate.GateCheck;
import hindcast.gate.GateDecision;
import hindcast.gate.GateOutcome;
import java.util.List;

/** Decisions of gates as records, in the user's unit. */
final class GateVerdicts {
  private GateVerdicts() {}

  static GateVerdict record(
      GateSettings settings, EvaluatedSlice slice, long nowMicros, GateDecision decision) {
    double scale = settings.range().scale();
    return GateVerdict.newBuilder()
        .setPolicy(slice.policy())
        .setVersion(slice.version())
        .setEventTimeMicros(nowMicros)
        .setVerdict(GateResult.valueOf(decision.outcome().name()))
        .setCandidate(decision.candidate())
        .setLevel(decision.level())
        .setSpent(decision.spent())
        .setAlpha(settings.alpha())
        .setMargin(settings.margin())
        .setN(decision.n())
        .setEventsPerSecond(decision.eventsPerSecond())
        .setLoggingValue(settings.range().toUser(decision.loggingValue()))
        .setDifference(scale * decision.difference())
        .setStandardError(orNull(scale * decision.standardError()))
        .setLower(scale * decision.interval().lower())
        .setUpper(scale * decision.interval().upper())
        .setEffectiveSampleSize(decision.effectiveSampleSize())
        .setShare(settings.testShare())
        .setUplift(settings.testUplift())
        .setSignificance(settings.testSignificance())
        .setSuccessLevel(settings.successLevel())
        .setForecasts(
            decision.forecasts().stream()
                .map(forecast -> forecast(forecast, scale, decision.eventsPerSecond()))
                .toList())
        .setChecks(decision.checks().stream().map(check -> check(check, scale)).toList())
        .setFindings(decision.findings())
        .setSegments(gaps(decision.segments()))
        .setItems(gaps(decision.items()))
        .setMoreEvents(orNull(decision.moreEvents()))
        .setPromoted(settings.automatic() && decision.outcome() == GateOutcome.PROMOTE)
        .build();
  }

  private static TestForecast forecast(
      hindcast.gate.TestForecast forecast, double scale, double eventsPerSecond) {
    double events = forecast.test().events();
    return TestForecast.newBuilder()
        .setEvents(events)
        .setSeconds(orNull(events / eventsPerSecond))
        .setSuccessProbability(forecast.successProbability())
        .setProbabilityAbove(forecast.probabilityAbove())
        .setExcess(scale * forecast.excess())
        .setEstimationRisk(scale * forecast.estimationRisk())
        .setOutcomeNoise(scale * forecast.outcomeNoise())
        .build();
  }

  private static GateCondition check(GateCheck check, double scale) {
    double unit =
        switch (check.condition()) {
          case LOWER_BOUND, ESTIMATORS_AGREE -> scale;
          default -> 1;
        };
    return GateCondition.newBuilder()
        .setName(check.condition().name())
        .setValue(orNull(unit * check.value()))
        .setBound(unit * check.bound())
        .setPassed(check.passed())
        .build();
  }

  private static List<SupportGap> gaps(List<hindcast.gate.SupportGap> gaps) {
    return gaps.stream()
        .map(
            gap ->
                SupportGap.newBuilder()
                    .setName(gap.name())
                    .setN(gap.n())
                    .setLogged(gap.logged())
                    .setPlayed(gap.played())
                    .setEffectiveSampleSize(gap.effectiveSampleSize())
                    .setShareOfSpread(gap.shareOfSpread())
                    .build())
        .toList();
  }

  private static Double orNull(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
