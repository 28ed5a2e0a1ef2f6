package hindcast.connectors.avro;

import hindcast.avro.Alert;
import hindcast.avro.AlertAcknowledgement;
import hindcast.avro.AlertContribution;
import hindcast.avro.AuditFinding;
import hindcast.avro.CatalogueManifest;
import hindcast.avro.Context;
import hindcast.avro.DeadLetter;
import hindcast.avro.EvidenceNumber;
import hindcast.avro.Feedback;
import hindcast.avro.GateCondition;
import hindcast.avro.GateResult;
import hindcast.avro.GateVerdict;
import hindcast.avro.Impression;
import hindcast.avro.InputStream;
import hindcast.avro.PolicyCheckpoint;
import hindcast.avro.PolicyCommand;
import hindcast.avro.PolicyControl;
import hindcast.avro.PropensitySource;
import hindcast.avro.Reward;
import hindcast.avro.Severity;
import hindcast.avro.SparseFeatures;
import hindcast.avro.SupportGap;
import hindcast.avro.TestForecast;
import hindcast.avro.TimeMarker;
import hindcast.avro.ValueEstimate;
import hindcast.avro.ValueWindow;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/** One record of each kind. */
public final class Samples {
  private Samples() {}

  /** Every kind of record in the contract. */
  public static List<SpecificRecord> all() {
    return List.of(
        impression("00001", 1_000_000),
        denseImpression(),
        new Reward("00001", "click", 1_500_000L, 1.0, ""),
        new TimeMarker(2_000_000L, false),
        new TimeMarker(3_000_000L, true),
        feedback(),
        checkpoint(),
        estimate(),
        alert(),
        new AlertAcknowledgement("VALUE_BELOW_LOGGING/p/1/*", 4L, "ann", "looking", 6L),
        window(),
        finding(),
        verdict(),
        new DeadLetter(
            "impressions",
            1,
            42L,
            InputStream.IMPRESSIONS,
            "MALFORMED",
            "detail",
            7L,
            ByteBuffer.wrap(new byte[] {1, 2, 3})),
        manifest(),
        control());
  }

  /** An impression with a sparse context and a list of eligible items. */
  public static Impression impression(String id, long eventTimeMicros) {
    return Impression.newBuilder()
        .setImpressionId(id)
        .setEventTimeMicros(eventTimeMicros)
        .setSegment("de")
        .setContext(
            new Context(
                null,
                new SparseFeatures(10, List.of(1, 7), AvroMapping.pack(new float[] {0.5f, -2f}))))
        .setItemId("item-ä-7")
        .setPosition(2)
        .setSlateId("slate")
        .setEligibleItemIds(List.of("item-ä-7", "x"))
        .setPropensity(0.25)
        .build();
  }

  /** An impression with a dense context and every default. */
  public static Impression denseImpression() {
    return Impression.newBuilder()
        .setImpressionId("dense")
        .setEventTimeMicros(5)
        .setContext(new Context(AvroMapping.pack(new float[] {1, 2, 3}), null))
        .setItemId("a")
        .build();
  }

  static Feedback feedback() {
    return Feedback.newBuilder()
        .setImpressionId("00001")
        .setEventTimeMicros(1_000_000)
        .setSegment("de")
        .setContext(new Context(AvroMapping.pack(new float[] {1, 2, 3}), null))
        .setItemId("a")
        .setPolicyId("logging")
        .setPolicyVersion(3)
        .setReward(1.0)
        .setRewardCount(1)
        .setPropensity(0.5)
        .setPropensitySource(PropensitySource.ESTIMATED)
        .setPropensityUncertainty(0.1)
        .setEstimatedPropensity(0.5)
        .setEstimatedUncertainty(0.1)
        .build();
  }

  static PolicyCheckpoint checkpoint() {
    return PolicyCheckpoint.newBuilder()
        .setPolicyId("clpi")
        .setVersion(1)
        .setObjective("CLPI")
        .setStep(100)
        .setDataCutMicros(9)
        .setSha256("ab")
        .setParentSha256("")
        .setCatalogueVersion("1")
        .setEmbeddingSpace("s")
        .setContextDimension(3)
        .setEmbeddingDimension(2)
        .setConfiguration(Map.of("minibatch", "32"))
        .setContent(ByteBuffer.wrap(new byte[1000]))
        .build();
  }

  /** An estimate with two parameters. */
  public static ValueEstimate estimate() {
    return ValueEstimate.newBuilder()
        .setPolicy("clpi/greedy")
        .setVersion(3)
        .setEstimator("SWITCH")
        .setParameters(Map.of("tau", 0.5, "cap", 10.0))
        .setSegment("*")
        .setEventTimeMicros(5)
        .setN(10)
        .setValue(0.5)
        .setStandardError(null)
        .setLower(null)
        .setUpper(null)
        .setEffectiveSampleSize(3)
        .setRewardedEffectiveSampleSize(2)
        .setLargestWeight(2)
        .setMeanWeight(1.0)
        .setSupported(false)
        .build();
  }

  /** An open alert. */
  public static Alert alert() {
    return Alert.newBuilder()
        .setAlertId("VALUE_BELOW_LOGGING/p/1/*")
        .setName("VALUE_BELOW_LOGGING")
        .setSeverity(Severity.CRITICAL)
        .setPolicy("p")
        .setVersion(1)
        .setSegment("*")
        .setEventTimeMicros(5)
        .setN(100)
        .setLogEvidence(3.1)
        .setThreshold(2.99)
        .setMessage("worse")
        .setStartMicros(4)
        .setEvidence(List.of(new EvidenceNumber("value", 0.1)))
        .setExplanation(List.of(new AlertContribution("item", "i1", 3L, 0.02)))
        .build();
  }

  static ValueWindow window() {
    return ValueWindow.newBuilder()
        .setPolicy("clpi")
        .setVersion(2)
        .setSegment("de")
        .setStartMicros(0)
        .setEndMicros(3_600_000_000L)
        .setUntilMicros(3_600_000_000L)
        .setN(7)
        .setRewardMinimum(0)
        .setRewardMaximum(1)
        .setStatistics(ByteBuffer.wrap(new byte[] {1, 2, 3}))
        .build();
  }

  static GateVerdict verdict() {
    SupportGap gap = new SupportGap("de", 9L, .1, .2, 4.0, .5);
    return GateVerdict.newBuilder()
        .setPolicy("clpi/greedy")
        .setVersion(2)
        .setEventTimeMicros(5)
        .setVerdict(GateResult.PROMOTE)
        .setCandidate(2)
        .setLevel(.01)
        .setSpent(.04)
        .setAlpha(.05)
        .setMargin(0)
        .setN(100)
        .setEventsPerSecond(3)
        .setLoggingValue(.3)
        .setDifference(.1)
        .setStandardError(null)
        .setLower(.05)
        .setUpper(.2)
        .setEffectiveSampleSize(40)
        .setShare(.5)
        .setUplift(.02)
        .setSignificance(.05)
        .setSuccessLevel(.8)
        .setForecasts(List.of(new TestForecast(1000.0, null, .9, .95, .1, .01, .02)))
        .setChecks(List.of(new GateCondition("LOWER_BOUND", .05, 0.0, true)))
        .setFindings(List.of())
        .setSegments(List.of(gap))
        .setItems(List.of(gap))
        .setMoreEvents(null)
        .build();
  }

  static AuditFinding finding() {
    return AuditFinding.newBuilder()
        .setFindingId("CALIBRATION/de/a/*")
        .setName("CALIBRATION")
        .setSeverity(Severity.CRITICAL)
        .setStanding(true)
        .setSegment("de")
        .setItem("a")
        .setSinceMicros(3)
        .setEventTimeMicros(5)
        .setN(100)
        .setEvidence(List.of(new EvidenceNumber("z", 7.5)))
        .setMeaning("other probabilities")
        .setCauses(List.of("wrong features", "a fallback"))
        .setAction("compare")
        .build();
  }

  /** A manifest that holds from time 0. */
  public static CatalogueManifest manifest() {
    return new CatalogueManifest("v1", 0L, "/tmp/x", "00", 10L, 4, "space");
  }

  static PolicyControl control() {
    return PolicyControl.newBuilder()
        .setCommandId("c1")
        .setCommand(PolicyCommand.PROMOTE)
        .setPolicy("clpi")
        .setVersion(3)
        .setEffectiveTimeMicros(5)
        .setRequestedBy("ann")
        .setReason("better")
        .setCheckpoint(checkpoint())
        .build();
  }
}
