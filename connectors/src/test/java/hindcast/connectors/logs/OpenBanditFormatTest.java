package hindcast.connectors.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hindcast.avro.Impression;
import hindcast.avro.Reward;
import hindcast.connectors.avro.AvroMapping;
import hindcast.feedback.Context;
import hindcast.feedback.Rejection;
import hindcast.feedback.RewardRange;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenBanditFormatTest {
  private static final String HEADER =
      ",timestamp,item_id,position,click,propensity_score,"
          + "user_feature_0,user_feature_1,user-item_affinity_0,user-item_affinity_1";
  private static final String TIME = "2019-11-24 00:03:13.442536+00:00";
  private static final String GOOD = "0," + TIME + ",14,3,1,0.029411764705882353,x,y,0.0,2.5";

  private final LogFormat.LineParser parser = parser(HEADER);

  @Test
  void aLineIsAnImpressionAndItsClickAReward() {
    LogEntry entry = parse(GOOD);
    Impression impression = entry.impression();
    assertThat(entry.reject()).isNull();
    assertThat(impression.getImpressionId()).isEqualTo("000000000002");
    assertThat(impression.getEventTimeMicros()).isEqualTo(1_574_553_793_442_536L);
    assertThat(impression.getSegment()).isEqualTo("3");
    assertThat(impression.getItemId()).isEqualTo("14");
    assertThat(impression.getPosition()).isEqualTo(3);
    assertThat(impression.getPropensity()).isEqualTo(0.029411764705882353);
    assertThat(impression.getPolicyId()).isEqualTo("logging");
    assertThat(entry.rewards())
        .containsExactly(new Reward("000000000002", "click", 1_574_553_793_442_536L, 1.0, ""));
  }

  @Test
  void noClickIsNoReward() {
    assertThat(parse(GOOD.replace(",3,1,", ",3,0,")).rewards()).isEmpty();
  }

  @Test
  void theContextIsInterceptPositionCategoriesAndAffinities() {
    Context context = AvroMapping.context(parse(GOOD).impression().getContext());
    float[] expected = new float[1 + 8 + 64 + 2];
    expected[0] = 1;
    expected[1 + 3] = 1;
    expected[9 + OpenBanditContext.bucket("user_feature_0", "x")]++;
    expected[9 + OpenBanditContext.bucket("user_feature_1", "y")]++;
    expected[9 + 64 + 1] = 2.5f;
    assertThat(context.dimension()).isEqualTo(parser.contextDimension()).isEqualTo(75);
    for (int k = 0; k < context.values().length; k++) {
      assertThat(context.values()[k]).isEqualTo(expected[context.indices()[k]]);
    }
    assertThat(context.indices()).hasSize(5);
  }

  @Test
  void bucketsNeverChange() {
    assertThat(OpenBanditContext.bucket("user_feature_0", "cef3390ed299c09874189c387777674a"))
        .isEqualTo(25);
    assertThat(OpenBanditContext.bucket("user_feature_3", "9bde591ffaab8d54c457448e4dca6f53"))
        .isEqualTo(7);
  }

  @Test
  void columnsMayComeInAnyOrder() {
    LogFormat.LineParser other =
        parser(
            "user-item_affinity_1,click,user_feature_1,position,extra,propensity_score,"
                + "user-item_affinity_0,item_id,timestamp,user_feature_0");
    LogEntry entry =
        other.parse(2, bytes("2.5,1,y,3,?,0.029411764705882353,0.0,14," + TIME + ",x"));
    assertThat(entry.impression()).isEqualTo(parse(GOOD).impression());
    assertThat(other.declaredItems()).containsExactly("0", "1");
  }

  @Test
  void aHeaderWithoutARequiredColumnIsRefused() {
    assertThatThrownBy(() -> parser(",timestamp,item_id,position"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("click")
        .hasMessageContaining("propensity_score");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0,TIME,14,-1,0,0.5,x,y,0,0 | INVALID_POSITION",
        "0,TIME,14,3.5,0,0.5,x,y,0,0 | MALFORMED",
        "0,TIME,14,three,0,0.5,x,y,0,0 | MALFORMED",
        "0,TIME,14,99999999999,0,0.5,x,y,0,0 | MALFORMED",
        "0,TIME,14,3,0,0,x,y,0,0 | INVALID_PROPENSITY",
        "0,TIME,14,3,0,0.0,x,y,0,0 | INVALID_PROPENSITY",
        "0,TIME,14,3,0,1.7,x,y,0,0 | INVALID_PROPENSITY",
        "0,TIME,14,3,0,-0.1,x,y,0,0 | INVALID_PROPENSITY",
        "0,TIME,14,3,0,NaN,x,y,0,0 | INVALID_PROPENSITY",
        "0,TIME,14,3,0,inf,x,y,0,0 | INVALID_PROPENSITY",
        "0,TIME,14,3,0,half,x,y,0,0 | MALFORMED",
        "0,TIME,14,3,0,0x1p-2,x,y,0,0 | MALFORMED",
        "0,TIME,14,3,0,0.5f,x,y,0,0 | MALFORMED",
        "0,TIME,14,3,0,,x,y,0,0 | MISSING_FIELD",
        "0,TIME,,3,0,0.5,x,y,0,0 | MISSING_FIELD",
        "0,,14,3,0,0.5,x,y,0,0 | MISSING_FIELD",
        "0,TIME,14,3,0,0.5,x,y,0 | MISSING_FIELD",
        "0,TIME,14,3 | MISSING_FIELD",
        "0,TIME,14,3,2,0.5,x,y,0,0 | INVALID_REWARD",
        "0,TIME,14,3,-1,0.5,x,y,0,0 | INVALID_REWARD",
        "0,TIME,14,3,nan,0.5,x,y,0,0 | INVALID_REWARD",
        "0,TIME,14,3,yes,0.5,x,y,0,0 | MALFORMED",
        "0,yesterday,14,3,0,0.5,x,y,0,0 | MALFORMED",
        "0,2019-02-29 00:00:00+00:00,14,3,0,0.5,x,y,0,0 | MALFORMED",
        "0,1969-12-31 00:00:00+00:00,14,3,0,0.5,x,y,0,0 | INVALID_TIME",
        "0,TIME,14,3,0,0.5,x,y,0,nan | INVALID_CONTEXT",
        "0,TIME,14,3,0,0.5,x,y,0,1e99 | INVALID_CONTEXT",
        "0,TIME,14,3,0,0.5,x,y,0,much | MALFORMED",
        "0,TIME,14,3,0,0.5,x,y,0,0,0 | MALFORMED",
        "0,TIME,\"14,3,0,0.5,x,y,0,0 | MALFORMED",
        "{not json | MALFORMED"
      })
  void brokenLinesAreRefusedByReason(String line, Rejection reason) {
    LogEntry entry = parse(line.trim().replace("TIME", TIME));
    assertThat(entry.isRejected()).isTrue();
    assertThat(entry.reject().reason()).isEqualTo(reason);
    assertThat(entry.raw()).isEqualTo(bytes(line.trim().replace("TIME", TIME)));
    assertThat(entry.line()).isEqualTo(2);
  }

  @Test
  void damagedLinesNeverThrow() {
    Random random = new Random(20260103);
    for (int round = 0; round < 5000; round++) {
      byte[] line = bytes(GOOD);
      for (int damage = 0; damage <= random.nextInt(4); damage++) {
        line[random.nextInt(line.length)] = (byte) random.nextInt();
      }
      assertThat(parser.parse(2, line)).isNotNull();
    }
  }

  @Test
  void idsAreZeroPaddedBehindAPrefixAndRewardsMayHaveAnotherRange() {
    LogFormat.LineParser euros =
        new OpenBanditFormat("a-", new RewardRange(-5, 5)).parser(bytes(HEADER));
    LogEntry entry = euros.parse(123, bytes(GOOD.replace(",3,1,", ",3,-2.5,")));
    assertThat(entry.impression().getImpressionId()).isEqualTo("a-000000000123");
    assertThat(entry.rewards().get(0).getValue()).isEqualTo(-2.5);
  }

  private LogEntry parse(String line) {
    return parser.parse(2, bytes(line));
  }

  private static LogFormat.LineParser parser(String header) {
    return new OpenBanditFormat().parser(bytes(header));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
