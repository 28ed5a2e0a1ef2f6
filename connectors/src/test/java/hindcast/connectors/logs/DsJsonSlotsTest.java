package hindcast.connectors.logs;

import static org.assertj.core.api.Assertions.assertThat;

import hindcast.avro.Impression;
import hindcast.connectors.avro.AvroMapping;
import hindcast.feedback.Rejection;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lines of conditional contextual bandits. */
class DsJsonSlotsTest {
  private static final String LINE =
      """
      {"Timestamp":"2021-02-04T16:31:29Z","Version":"1","EventId":"e1",
       "c":{"User":{"os":"x"},
            "_multi":[{"_tag":"tea"},{"_tag":"milk"},{"b":{"f":1}}],
            "_slots":[{"_id":"top","size":2},{"_id":"side","_inc":[0,2]},{"_id":"end"}]},
       "_outcomes":[
         {"_id":"s1","_label_cost":-1,"_a":[1,0,2],"_p":[0.5,0.3,0.2],"_o":[]},
         {"_id":"s2","_label_cost":0,"_a":2,"_p":0.25,"_o":[0]},
         {"_id":"s3","_a":[0],"_p":[1.0],"_o":[0.5,{"v":0.25,"ActionTaken":true}]}],
       "VWState":{"m":"N/A"}}
      """;

  private final LogFormat.LineParser parser = LogFormat.of("dsjson").parser(null);

  @Test
  void eachSlotIsADecision() {
    List<LogEntry> slots = slots(LINE);
    assertThat(slots).hasSize(3).allSatisfy(slot -> assertThat(slot.reject()).isNull());
    assertThat(slots)
        .extracting(slot -> slot.impression().getImpressionId())
        .containsExactly("e1#1", "e1#2", "e1#3");
    assertThat(slots)
        .extracting(slot -> slot.impression().getItemId())
        .containsExactly("milk", "3", "tea");
    assertThat(slots)
        .extracting(slot -> slot.impression().getPropensity())
        .containsExactly(0.5, 0.25, 1.0);
    assertThat(slots)
        .extracting(slot -> slot.impression().getEligibleItemIds())
        .containsExactly(List.of("milk", "tea", "3"), List.of("3", "tea"), List.of("tea"));
    assertThat(slots.get(0).row()).containsExactly(0.5, 0.3, 0.2);
    assertThat(slots.get(1).row()).isNull();
    Impression second = slots.get(1).impression();
    assertThat(second.getSegment()).isEqualTo("2");
    assertThat(second.getPosition()).isEqualTo(1);
    assertThat(second.getSlateId()).isEqualTo("e1");
    assertThat(second.getPolicyId()).isEqualTo("N/A");
  }

  @Test
  void eachSlotHasItsOwnRewardsAndFeatures() {
    List<LogEntry> slots = slots(LINE);
    assertThat(slots.get(0).rewards()).extracting(reward -> reward.getValue()).containsExactly(1.0);
    assertThat(slots.get(1).rewards()).isEmpty();
    assertThat(slots.get(2).rewards())
        .extracting(reward -> reward.getImpressionId() + " " + reward.getValue())
        .containsExactly("e1#3 0.5", "e1#3 0.25");
    double[] expected = new double[257];
    expected[0] = 1;
    expected[1 + HashedFeatures.bucket("/User/os=x", 256)] += 1;
    double[] withSlot = expected.clone();
    withSlot[1 + HashedFeatures.bucket("/_slot/size", 256)] += 2;
    assertThat(context(slots.get(0))).isEqualTo(withSlot);
    assertThat(context(slots.get(2))).isEqualTo(expected);
  }

  @Test
  void anActionChosenAloneWasChosenFromThoseThatWereLeft() {
    List<LogEntry> slots =
        slots(
            "{\"c\":{\"_multi\":[{},{},{}]},\"_outcomes\":[{\"_label_cost\":1,\"_a\":2,\"_p\":0.5},"
                + "{\"_label_cost\":0,\"_a\":0,\"_p\":0.5}]}");
    assertThat(slots.get(0).reject().reason()).isEqualTo(Rejection.INVALID_REWARD);
    assertThat(slots.get(1).impression().getImpressionId()).isEqualTo("000000000007#2");
    assertThat(slots.get(1).impression().getItemId()).isEqualTo("1");
    assertThat(slots.get(1).impression().getEligibleItemIds()).containsExactly("1", "2");
  }

  @Test
  void aSlotThatCannotBeUsedIsRefusedAlone() {
    assertThat(reasons(LINE.replace("0.5,0.3,0.2", "0,0.3,0.2")))
        .containsExactly(Rejection.INVALID_PROPENSITY, null, null);
    assertThat(reasons(LINE.replace("\"_a\":2", "\"_a\":9")))
        .containsExactly(null, Rejection.MALFORMED, null);
    assertThat(reasons(LINE.replace("\"_p\":[1.0]", "\"_p\":[0.5,0.5]")))
        .containsExactly(null, null, Rejection.MALFORMED);
    assertThat(reasons(LINE.replace("\"EventId\"", "\"DeferredAction\":true,\"EventId\"")))
        .containsExactly(Rejection.NOT_ACTIVATED, Rejection.NOT_ACTIVATED, null);
  }

  @Test
  void aLineWithoutSlotsOrOfASlateIsRefused() {
    assertThat(reasons("{\"_outcomes\":[]}")).containsExactly(Rejection.MALFORMED);
    assertThat(reasons("{\"_outcomes\":{}}")).containsExactly(Rejection.MALFORMED);
    LogEntry slate = slots(LINE.replace("\"_tag\":\"tea\"", "\"_slot_id\":0")).get(0);
    assertThat(slate.reject().detail()).contains("a slate has one for all of its slots");
  }

  private List<Rejection> reasons(String line) {
    return slots(line).stream()
        .map(entry -> entry.isRejected() ? entry.reject().reason() : null)
        .toList();
  }

  private static double[] context(LogEntry entry) {
    return AvroMapping.context(entry.impression().getContext()).toArray();
  }

  private List<LogEntry> slots(String line) {
    return parser.entries(7, line.replace("\n", "").getBytes(StandardCharsets.UTF_8));
  }
}
