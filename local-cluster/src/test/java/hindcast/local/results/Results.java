package hindcast.local.results;

import hindcast.avro.AuditFinding;
import hindcast.avro.EvidenceNumber;
import hindcast.avro.PolicyCheckpoint;
import hindcast.avro.Severity;
import hindcast.avro.ValueEstimate;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Results for tests. */
public final class Results {

  private Results() {}

  public static ValueEstimate estimate(
      String policy, long version, String estimator, String segment, long micros, Double value) {
    boolean supported = value != null;
    return ValueEstimate.newBuilder()
        .setPolicy(policy)
        .setVersion(version)
        .setEstimator(estimator)
        .setParameters(Map.of())
        .setSegment(segment)
        .setEventTimeMicros(micros)
        .setN(1234)
        .setValue(value)
        .setStandardError(supported ? 0.01 : null)
        .setLower(supported ? value - 0.02 : null)
        .setUpper(supported ? value + 0.02 : null)
        .setEffectiveSampleSize(987.6)
        .setRewardedEffectiveSampleSize(432.1)
        .setLargestWeight(3.25)
        .setMeanWeight(0.998)
        .setSupported(supported)
        .build();
  }

  public static ValueEstimate unreliable(ValueEstimate estimate, String name) {
    return ValueEstimate.newBuilder(estimate).setUnreliable(List.of(name)).build();
  }

  public static AuditFinding finding(String name, long micros, boolean standing) {
    return AuditFinding.newBuilder()
        .setFindingId(name + "/*/*/*")
        .setName(name)
        .setSeverity(Severity.CRITICAL)
        .setStanding(standing)
        .setSegment("*")
        .setSinceMicros(1)
        .setEventTimeMicros(micros)
        .setN(100)
        .setEvidence(List.of(new EvidenceNumber("meanWeight", 1.5)))
        .setMeaning("weights are too large")
        .setCauses(List.of("rounding"))
        .setAction("compare")
        .build();
  }

  public static PolicyCheckpoint checkpoint(String policyId, long version) {
    return PolicyCheckpoint.newBuilder()
        .setPolicyId(policyId)
        .setVersion(version)
        .setObjective("CLPI")
        .setStep(version * 10)
        .setDataCutMicros(version * 1_000_000)
        .setSha256("%064x".formatted(version))
        .setParentSha256(version == 1 ? "" : "%064x".formatted(version - 1))
        .setCatalogueVersion("v1")
        .setEmbeddingSpace("space")
        .setContextDimension(2)
        .setEmbeddingDimension(3)
        .setConfiguration(Map.of())
        .setContent(ByteBuffer.wrap(new byte[] {1, 2, 3}))
        .build();
  }

  public static LedgerTotals impressions(long in, long outcomes) {
    return new LedgerTotals(
        "impressions",
        new TreeMap<>(Map.of("in", in, "outcomes", outcomes, "duplicates", 1L, "deadLettered", 2L)),
        new TreeMap<>(Map.of("MALFORMED", 2L)));
  }

  public static RunSummary summary(ResultBoard board, Truths truths, double seconds) {
    LedgerTotals rewards =
        new LedgerTotals(
            "rewards",
            new TreeMap<>(Map.of("in", 8L, "joined", 4L, "duplicates", 1L, "deadLettered", 3L)),
            new TreeMap<>(Map.of("AFTER_WINDOW", 2L, "MALFORMED", 1L)));
    return new RunSummary("obd", impressions(8, 5), rewards, board, truths, true, 8, seconds);
  }
}
