package hindcast.connectors.logs;

import static org.assertj.core.api.Assertions.assertThat;

import hindcast.avro.Impression;
import hindcast.avro.Reward;
import hindcast.connectors.avro.AvroMapping;
import hindcast.feedback.Context;
import hindcast.feedback.Rejection;
import hindcast.feedback.RewardRange;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DsJsonFormatTest {
  private static final String GOOD =
      "{\"_label_cost\":-0.5,\"_label_probability\":0.7,\"_label_Action\":3,\"_labelIndex\":2,"
          + "\"Timestamp\":\"2021-02-04T16:31:29.2460001Z\",\"Version\":\"1\",\"EventId\":\"e1\","
          + "\"a\":[3,1,2],\"c\":{\"User\":{\"os\":\"x\",\"age\":4,\"_id\":\"y\"},"
          + "\"_multi\":[{\"_tag\":\"tea\"},{\"i\":{\"id\":\"milk\"}},{\"b\":{\"f\":1}}]},"
          + "\"p\":[0.7,0.2,0.1],\"VWState\":{\"m\":\"model/7\"},"
          + "\"o\":[{\"v\":0.25,\"EventId\":\"e1\",\"ActionTaken\":false}]}";

  private final LogFormat.LineParser parser = LogFormat.of("dsjson").parser(null);

  @Test
  void aLineIsADecisionWithItsRowAndItsReward() {
    LogEntry entry = parse(GOOD);
    Impression impression = entry.impression();
    assertThat(entry.reject()).isNull();
    assertThat(impression.getImpressionId()).isEqualTo("e1");
    assertThat(impression.getEventTimeMicros()).isEqualTo(1_612_456_289_246_000L);
    assertThat(impression.getEligibleItemIds()).containsExactly("3", "tea", "milk");
    assertThat(entry.row()).containsExactly(0.7, 0.2, 0.1);
    assertThat(impression.getItemId()).isEqualTo("3");
    assertThat(impression.getPropensity()).isEqualTo(0.7);
    assertThat(impression.getSegment()).isEqualTo("all");
    assertThat(impression.getPolicyId()).isEqualTo("model/7");
    assertThat(entry.rewards()).hasSize(1);
    assertReward(entry.rewards().get(0), "cost", 1_612_456_289_246_000L, 0.5);
  }

  @Test
  void theContextIsTheSharedFeaturesInBuckets() {
    Context context = AvroMapping.context(parse(GOOD).impression().getContext());
    double[] expected = new double[257];
    expected[0] = 1;
    expected[1 + HashedFeatures.bucket("/User/os=x", 256)] += 1;
    expected[1 + HashedFeatures.bucket("/User/age", 256)] += 4;
    assertThat(context.toArray()).isEqualTo(expected);
    assertThat(parser.contextDimension()).isEqualTo(257);
    assertThat(HashedFeatures.bucket("/User/os=x", 256)).isEqualTo(46);
  }

  @Test
  void arraysAndTruthValuesAreFeaturesToo() {
    LogEntry entry =
        parse(GOOD.replace("\"age\":4", "\"age\":[4,\"k\",{\"deep\":true}],\"n\":null"));
    double[] expected = new double[257];
    expected[0] = 1;
    expected[1 + HashedFeatures.bucket("/User/os=x", 256)] += 1;
    expected[1 + HashedFeatures.bucket("/User/age/0", 256)] += 4;
    expected[1 + HashedFeatures.bucket("/User/age=k", 256)] += 1;
    expected[1 + HashedFeatures.bucket("/User/age/deep", 256)] += 1;
    assertThat(AvroMapping.context(entry.impression().getContext()).toArray()).isEqualTo(expected);
  }

  @Test
  void whatIsNotThereHasADefault() {
    LogEntry entry = parse("{\"a\":[2,1],\"p\":[0.9,0.1],\"c\":{}}");
    Impression impression = entry.impression();
    assertThat(impression.getImpressionId()).isEqualTo("000000000007");
    assertThat(impression.getEventTimeMicros()).isEqualTo(7_000_000);
    assertThat(impression.getItemId()).isEqualTo("2");
    assertThat(impression.getPropensity()).isEqualTo(0.9);
    assertThat(impression.getPolicyId()).isEqualTo("logging");
    assertThat(entry.rewards()).isEmpty();

    LogEntry bare = parse("{\"_labelIndex\":1,\"c\":{\"_multi\":[{},{},{}]}}");
    assertThat(bare.impression().getEligibleItemIds()).containsExactly("1", "2", "3");
    assertThat(bare.impression().getItemId()).isEqualTo("2");
    assertThat(bare.impression().getPropensity()).isNull();
    assertThat(bare.row()).isNull();
  }

  @Test
  void actionsOfOneNameAreToldApartByTheirNumbers() {
    LogEntry entry = parse(GOOD.replace("{\"b\":{\"f\":1}}", "{\"_tag\":\"tea\"}"));
    assertThat(entry.impression().getEligibleItemIds()).containsExactly("tea#3", "tea", "milk");
    assertThat(entry.impression().getItemId()).isEqualTo("tea#3");
    assertThat(entry.impression().getPropensity()).isEqualTo(0.7);
  }

  @Test
  void theNumberOfAnActionIsAnotherNameWhereItIsTheSameItemInAllLines() {
    parse(GOOD);
    parse(GOOD.replace("milk", "juice"));
    assertThat(parser.otherNames()).isEqualTo(java.util.Map.of("1", "tea", "3", "3"));
  }

  @Test
  void withoutACostEachObservationIsAReward() {
    LogEntry entry =
        parse(
            GOOD.replace("\"_label_cost\":-0.5,", "")
                .replace(
                    "}]}", "},{\"v\":0,\"Timestamp\":\"2021-02-04T16:32:00Z\"},{\"v\":null}]}"));
    assertThat(entry.rewards()).hasSize(2);
    assertReward(entry.rewards().get(0), "o0", 1_612_456_289_246_000L, 0.25);
    assertReward(entry.rewards().get(1), "o1", 1_612_456_320_000_000L, 0);
    assertThat(parse(GOOD.replace("-0.5", "-0.0")).rewards()).isEmpty();
  }

  @Test
  void aDeferredActionCountsOnceItIsTaken() {
    String deferred = GOOD.replace("{\"_label_cost\"", "{\"DeferredAction\":true,\"_label_cost\"");
    assertThat(parse(deferred).reject().reason()).isEqualTo(Rejection.NOT_ACTIVATED);
    assertThat(parse(deferred.replace("\"ActionTaken\":false", "\"ActionTaken\":true")).reject())
        .isNull();
    assertThat(parse(GOOD.replace("{\"_label", "{\"_skipLearn\":false,\"_label")).reject())
        .isNull();
  }

  @Test
  void rewardsMayHaveAnotherRange() {
    LogFormat.LineParser euros = new DsJsonFormat(new RewardRange(-5, 5)).parser(null);
    LogEntry entry = euros.parse(1, bytes(GOOD.replace("-0.5", "2.5")));
    assertThat(entry.rewards().get(0).getValue()).isEqualTo(-2.5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "-0.5 | 0.5 | INVALID_REWARD",
        "-0.5 | -2 | INVALID_REWARD",
        "-0.5 | -1e999 | INVALID_REWARD",
        "-0.5 | \"half\" | MALFORMED",
        "-0.5 | NaN | MALFORMED",
        "\"_label_probability\":0.7 | \"_label_probability\":0 | INVALID_PROPENSITY",
        "\"_label_probability\":0.7 | \"_label_probability\":-1 | INVALID_PROPENSITY",
        "\"_label_probability\":0.7 | \"_label_probability\":1.7 | INVALID_PROPENSITY",
        "\"_label_probability\":0.7 | \"_label_probability\":\"0.7\" | MALFORMED",
        "\"_label_Action\":3 | \"_label_Action\":4 | ITEM_NOT_ELIGIBLE",
        "\"_label_Action\":3 | \"_label_Action\":0 | ITEM_NOT_ELIGIBLE",
        "\"_label_Action\":3 | \"_label_Action\":3.5 | MALFORMED",
        "\"_label_Action\":3 | \"_label_Action\":99999999999 | MALFORMED",
        "\"a\":[3,1,2] | \"a\":[3,1,1] | MALFORMED",
        "\"a\":[3,1,2] | \"a\":[3,1,4] | MALFORMED",
        "\"a\":[3,1,2] | \"a\":[3,1,0] | MALFORMED",
        "\"a\":[3,1,2] | \"a\":[3,1] | MALFORMED",
        "\"a\":[3,1,2] | \"a\":[] | MALFORMED",
        "\"a\":[3,1,2] | \"a\":3 | MALFORMED",
        "\"p\":[0.7,0.2,0.1] | \"p\":[0.7,0.2,null] | MALFORMED",
        "\"p\":[0.7,0.2,0.1] | \"p\":{} | MALFORMED",
        "\"EventId\":\"e1\" | \"EventId\":17 | MALFORMED",
        "2021-02-04T16:31:29.2460001Z | yesterday | MALFORMED",
        "2021-02-04T16:31:29.2460001Z | 2021-02-30T16:31:29Z | MALFORMED",
        "2021-02-04T16:31:29.2460001Z | 1921-02-04T16:31:29Z | INVALID_TIME",
        "\"age\":4 | \"age\":1e39 | INVALID_CONTEXT",
        "\"Version\":\"1\" | \"pdrop\":1 | MALFORMED",
        "\"Version\":\"1\" | \"pdrop\":\"x\" | MALFORMED",
        "\"Version\":\"1\" | \"_skipLearn\":true | NOT_ACTIVATED",
        "\"Version\":\"1\" | \"_skipLearn\":1 | MALFORMED",
        "\"ActionTaken\":false}]} | \"ActionTaken\":false}]}} | MALFORMED",
        "\"ActionTaken\":false}]} | \"ActionTaken\":false}] | MALFORMED"
      })
  void brokenLinesAreRefusedByReason(String from, String to, Rejection reason) {
    assertThat(GOOD).contains(from);
    LogEntry entry = parse(GOOD.replace(from, to));
    assertThat(entry.isRejected()).isTrue();
    assertThat(entry.reject().reason()).as(entry.reject().detail()).isEqualTo(reason);
    assertThat(entry.line()).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {" ", "[CHECKPOINT INFO LINE]", "7", "null", "\"a\"", "{", "{\"a\"", "\u0000"})
  void whatIsNoObjectIsMalformed(String line) {
    assertThat(parse(line).reject().reason()).isEqualTo(Rejection.MALFORMED);
  }

  @Test
  void whatIsNoDecisionIsNamed() {
    assertThat(
            parse("{\"RewardValue\":1.0,\"EventId\":\"e\",\"Observations\":[]}").reject().reason())
        .isEqualTo(Rejection.NO_IMPRESSION);
    assertThat(parse("{\"_label_cost\":0}").reject().reason()).isEqualTo(Rejection.MISSING_FIELD);
    String deep = "[".repeat(100_000);
    assertThat(parse("{\"c\":" + deep).reject().reason()).isEqualTo(Rejection.MALFORMED);
  }

  @Test
  void damagedLinesNeverThrow() {
    Random random = new Random(20260103);
    for (int round = 0; round < 20_000; round++) {
      byte[] line = bytes(GOOD);
      for (int damage = 0; damage <= random.nextInt(4); damage++) {
        line[random.nextInt(line.length)] = damage(random);
      }
      int cut = random.nextInt(4) == 0 ? random.nextInt(line.length) : line.length;
      assertThat(parser.parse(2, Arrays.copyOf(line, cut))).isNotNull();
    }
  }

  private static byte damage(Random random) {
    String structure = "{}[]\",:0129.-eE\\ntf";
    return random.nextBoolean()
        ? (byte) random.nextInt()
        : (byte) structure.charAt(random.nextInt(structure.length()));
  }

  private static void assertReward(Reward reward, String id, long time, double value) {
    assertThat(reward.getImpressionId()).isEqualTo("e1");
    assertThat(reward.getRewardId()).isEqualTo(id);
    assertThat(reward.getEventTimeMicros()).isEqualTo(time);
    assertThat(reward.getValue()).isEqualTo(value);
  }

  private LogEntry parse(String line) {
    return parser.parse(7, bytes(line));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
