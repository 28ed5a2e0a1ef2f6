package hindcast.connectors.logs;

import static org.assertj.core.api.Assertions.assertThat;

import hindcast.connectors.avro.AvroMapping;
import hindcast.connectors.avro.WireFormat;
import hindcast.feedback.RewardRange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Lines nobody should write, each with a name, and many more made of them by a seeded generator.
 */
class BrokenLinesTest {
  private static final byte[] HEADER =
      (",timestamp,item_id,position,click,propensity_score,user_feature_0,user_feature_1,"
              + "user-item_affinity_0,user-item_affinity_1")
          .getBytes(StandardCharsets.UTF_8);
  private static final byte[] CSV_HEADER =
      "id,at,item,p,country,device,age,city,from,row,click,euros,paid"
          .getBytes(StandardCharsets.UTF_8);
  private static final List<String> FORMATS = List.of("dsjson", "obd", "csv", "jsonl");
  private static final int DAMAGES = 150;

  private final WireFormat wire = new WireFormat();

  @TestFactory
  Stream<DynamicTest> eachIsAnEntryOrARejectWithItsRule() {
    return FORMATS.stream()
        .flatMap(
            format ->
                corpus(format).entrySet().stream()
                    .map(
                        line ->
                            DynamicTest.dynamicTest(
                                format + ": " + line.getKey(),
                                () -> parse(parser(format), line.getValue()))));
  }

  @Test
  void wholeLinesAreRead() {
    for (String format : FORMATS) {
      assertThat(parser(format).parse(1, corpus(format).get("whole")).reject()).isNull();
    }
  }

  @Test
  void damagedLinesNeverThrow() {
    Random random = new Random(20260103);
    for (String format : FORMATS) {
      LogFormat.LineParser parser = parser(format);
      List<byte[]> lines = List.copyOf(corpus(format).values());
      for (byte[] line : lines) {
        for (int round = 0; round < DAMAGES; round++) {
          parse(parser, damaged(line, lines.get(random.nextInt(lines.size())), random));
        }
      }
    }
  }

  private void parse(LogFormat.LineParser parser, byte[] line) {
    parser.entries(7, line).forEach(this::check);
  }

  private void check(LogEntry entry) {
    assertThat(entry.line()).isEqualTo(7);
    if (entry.isRejected()) {
      assertThat(entry.reject().detail()).isNotBlank();
      assertThat(entry.rewards()).isEmpty();
    } else {
      assertThat(wire.decode(wire.encode(entry.impression())).record())
          .isEqualTo(entry.impression());
      assertThat(AvroMapping.checkContext(entry.impression().getContext())).isNull();
      entry.rewards().forEach(reward -> assertThat(reward.getValue()).isFinite());
    }
  }

  /** Bytes changed, a piece taken out, or the end of another line put on. */
  private static byte[] damaged(byte[] line, byte[] other, Random random) {
    byte[] bytes = line.clone();
    int at = random.nextInt(bytes.length);
    switch (random.nextInt(3)) {
      case 0 -> {
        for (int i = 0; i <= random.nextInt(3); i++) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return bytes;
      }
      case 1 -> {
        int end = at + random.nextInt(bytes.length - at + 1);
        return joined(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, end, bytes.length));
      }
      default -> {
        int from = random.nextInt(other.length);
        return joined(Arrays.copyOf(bytes, at), Arrays.copyOfRange(other, from, other.length));
      }
    }
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static LogFormat.LineParser parser(String format) {
    boolean mapped = format.equals("csv") || format.equals("jsonl");
    LogFormat log =
        LogFormat.of(
            format,
            RewardRange.UNIT,
            mapped
                ? new LogFormat.MappingText(format, resource("/mappings/" + format + ".yaml"))
                : null);
    return log.parser(log.hasHeader() ? mapped ? CSV_HEADER : HEADER : null);
  }

  /** Name, tab, line. */
  private static Map<String, byte[]> corpus(String format) {
    Map<String, byte[]> corpus = new LinkedHashMap<>();
    for (String line : resource("/broken-lines/" + format + ".txt").split("\n")) {
      int tab = line.indexOf('\t');
      corpus.put(line.substring(0, tab), line.substring(tab + 1).getBytes(StandardCharsets.UTF_8));
    }
    return corpus;
  }

  private static String resource(String name) {
    try (InputStream in = BrokenLinesTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
