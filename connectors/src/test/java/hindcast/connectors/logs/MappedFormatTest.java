package hindcast.connectors.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hindcast.avro.Impression;
import hindcast.avro.Reward;
import hindcast.connectors.avro.AvroMapping;
import hindcast.feedback.Rejection;
import hindcast.feedback.RewardRange;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MappedFormatTest {
  private static final String MAPPING =
      """
      csv: {delimiter: ";"}
      id: request
      time: {column: at, format: "dd.MM.yyyy HH:mm:ss.SSS", zone: Europe/Berlin}
      item: shown
      propensity: p
      segment: [country, device]
      policy: model
      policy-version: version
      position: place
      slate: page
      context:
        - age
        - {column: height, missing: 1.5}
        - {column: device, values: [phone, desktop], other: true}
        - {column: city, buckets: 4}
        - {column: scores, length: 2, separator: " "}
      eligible: {column: choice, separator: "|"}
      reward:
        click: clicked
        euros: {column: paid, range: [0, 100], zeros: true}
      """;
  private static final String HEADER =
      "request;at;shown;p;country;device;age;height;city;scores;choice;clicked;paid;model;version;"
          + "place;page;not read";
  private static final String LINE =
      "r7;24.11.2019 01:00:00.250;tea;0.25;de;phone;41;;\"Bad;Ems\";1 -2;tea|milk;1;0;m;3;2;s9;?";

  @Test
  void aLineIsWhatTheMappingSays() {
    LogEntry entry = parser(MAPPING, HEADER).parse(2, bytes(LINE));
    Impression impression = entry.impression();
    assertThat(impression.getImpressionId()).isEqualTo("r7");
    assertThat(impression.getEventTimeMicros()).isEqualTo(1_574_553_600_250_000L);
    assertThat(impression.getItemId()).isEqualTo("tea");
    assertThat(impression.getPropensity()).isEqualTo(0.25);
    assertThat(impression.getSegment()).isEqualTo("de/phone");
    assertThat(impression.getPolicyId()).isEqualTo("m");
    assertThat(impression.getPolicyVersion()).isEqualTo(3);
    assertThat(impression.getPosition()).isEqualTo(2);
    assertThat(impression.getSlateId()).isEqualTo("s9");
    assertThat(impression.getEligibleItemIds()).containsExactly("tea", "milk");
    float[] expected = new float[1 + 2 + 3 + 4 + 2];
    expected[0] = 1;
    expected[1] = 41;
    expected[2] = 1.5f;
    expected[3] = 1;
    expected[6 + HashedFeatures.bucket("city=Bad;Ems", 4)] = 1;
    expected[10] = 1;
    expected[11] = -2;
    hindcast.feedback.Context context = AvroMapping.context(impression.getContext());
    assertThat(context.dimension()).isEqualTo(expected.length);
    for (int k = 0; k < context.indices().length; k++) {
      assertThat(context.values()[k]).isEqualTo(expected[context.indices()[k]]);
    }
    assertThat(context.indices()).hasSize(7);
    long time = impression.getEventTimeMicros();
    assertThat(entry.rewards())
        .containsExactly(
            new Reward("r7", "click", time, 1.0, "click"),
            new Reward("r7", "euros", time, 0.0, "euros"));
  }

  @Test
  void withoutIdAndTimeTheNumberOfTheLineStandsForThem() {
    LogFormat.LineParser parser =
        parser("csv: {header: false, quotes: none}\nitem: 2\nreward: {r: 1}\n", null);
    Impression impression = parser.parse(7, bytes("0,\"a")).impression();
    assertThat(impression.getImpressionId()).isEqualTo("000000000007");
    assertThat(impression.getEventTimeMicros()).isEqualTo(7_000_000);
    assertThat(impression.getItemId()).isEqualTo("\"a");
    assertThat(impression.getPropensity()).isNull();
    assertThat(impression.getSegment()).isEqualTo("all");
    assertThat(parser.contextDimension()).isEqualTo(1);
    assertThat(parser.parse(8, bytes("1")).reject().reason()).isEqualTo(Rejection.MISSING_FIELD);
  }

  @ParameterizedTest
  @CsvSource({
    "iso, 2023-11-14T22:13:20.5Z, 1700000000500000",
    "seconds, 1700000000.5000009, 1700000000500000",
    "seconds, 1.7000000005E9, 1700000000500000",
    "millis, 1700000000500, 1700000000500000",
    "millis, 1700000000500.25, 1700000000500250",
    "micros, 1700000000500000, 1700000000500000",
    "yyyyMMddHHmmss, 20231114221320, 1700000000000000",
  })
  void timesAreExact(String format, String text, long micros) {
    String mapping = "time: {column: t, format: " + format + "}\nitem: i\nreward: {r: r}\n";
    assertThat(
            parser(mapping, "t,i,r")
                .parse(2, bytes(text + ",a,1"))
                .impression()
                .getEventTimeMicros())
        .isEqualTo(micros);
  }

  @Test
  void probabilitiesGiveThePropensity() {
    LogFormat.LineParser parser =
        parser("item: i\nitems: [a, b]\nprobabilities: [pa, pb]\nreward: {r: r}\n", "i,pa,pb,r");
    LogEntry entry = parser.parse(2, bytes("b,0.25,0.75,1"));
    assertThat(entry.row()).containsExactly(0.25, 0.75);
    assertThat(entry.impression().getPropensity()).isEqualTo(0.75);
    assertThat(entry.impression().getEligibleItemIds()).containsExactly("a", "b");
    assertThat(parser.declaredItems()).containsExactly("a", "b");
  }

  @Test
  void rewardsMayHaveAFileOfTheirOwn() {
    MappedFormat format =
        new MappedFormat(
            "csv",
            "m.yaml",
            """
            item: i
            rewards:
              csv: {delimiter: tab}
              id: request
              time: {column: at, format: seconds}
              name: kind
              value: amount
            """,
            RewardRange.UNIT);
    LogFormat.LineParser parser = format.rewards().parser(bytes("request\tat\tkind\tamount"));
    LogEntry entry = parser.parse(2, bytes("r7\t1700000000\tclick\t0.5"));
    long time = 1_700_000_000_000_000L;
    assertThat(entry.impression()).isNull();
    assertThat(entry.rewards())
        .containsExactly(new Reward("r7", "click@" + time, time, 0.5, "click"));
    assertThat(parser.parse(3, bytes("r7\t\tclick\t0.5")).reject().reason())
        .isEqualTo(Rejection.MISSING_FIELD);
    assertThat(parser.parse(3, bytes("r7\t1700000000\tclick\t5")).reject().detail())
        .contains("amount must be in [0.0, 1.0]: 5.0");
  }

  @Test
  void everyProblemOfAMappingIsNamedWithItsWayOut() {
    assertThatThrownBy(
            () ->
                parser(
                    """
                    csv: {delimiter: ";;"}
                    itm: shown
                    time: {column: at, format: whenever}
                    context: [{column: age, values: [x], buckets: 3}, {column: b, missing: few}]
                    reward: {click: {column: c, range: [1, 0]}}
                    """,
                    "a"))
        .isInstanceOfSatisfying(
            MappingException.class,
            e ->
                assertThat(e.problems())
                    .anySatisfy(
                        p ->
                            assertThat(p)
                                .startsWith("mapping m.yaml: csv.delimiter: ;;: must be one"))
                    .anySatisfy(
                        p -> assertThat(p).contains("item: nothing: name the column of the shown"))
                    .anySatisfy(p -> assertThat(p).contains("itm: unknown; known here are "))
                    .anySatisfy(p -> assertThat(p).contains("time.format: whenever: must be iso"))
                    .anySatisfy(p -> assertThat(p).contains("one of values, buckets and length"))
                    .anySatisfy(p -> assertThat(p).contains("context[1].missing: few: must be a"))
                    .anySatisfy(
                        p -> assertThat(p).contains("reward.click.range: [1, 0]: must be [least")));
  }

  @Test
  void aColumnTheHeaderHasNotIsNamedWithThoseItHas() {
    assertThatThrownBy(() -> parser("item: shown\nreward: {r: r}\n", "item,r"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("mapping m.yaml")
        .hasMessageContaining("names column shown, which the header has not: it has item, r");
  }

  @Test
  void formatAndMappingBelongTogether() {
    assertThatThrownBy(() -> LogFormat.of("csv")).hasMessageContaining("needs --mapping");
    assertThatThrownBy(
            () -> LogFormat.of("obd", RewardRange.UNIT, new LogFormat.MappingText("m", "")))
        .hasMessageContaining("takes no --mapping");
    assertThatThrownBy(() -> LogFormat.of("obd").rewards())
        .hasMessageContaining("must be on the lines of their impressions");
    assertThat(List.of("csv", "jsonl"))
        .allSatisfy(
            name ->
                assertThatThrownBy(
                        () ->
                            LogFormat.of(
                                name, RewardRange.UNIT, new LogFormat.MappingText("m", "")))
                    .isInstanceOf(MappingException.class));
  }

  private static LogFormat.LineParser parser(String mapping, String header) {
    return new MappedFormat("csv", "m.yaml", mapping, new RewardRange(0, 100))
        .parser(header == null ? null : bytes(header));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
