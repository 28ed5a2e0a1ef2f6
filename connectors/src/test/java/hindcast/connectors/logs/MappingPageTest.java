package hindcast.connectors.logs;

import static org.assertj.core.api.Assertions.assertThat;

import hindcast.feedback.RewardRange;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The examples of docs/mapping.md do what the page says. */
class MappingPageTest {
  @Test
  void theCsvExampleIsRead() throws Exception {
    List<String> lines = block("csv").lines().toList();
    LogFormat.LineParser parser =
        new MappedFormat("csv", "mapping.yaml", block("yaml"), new RewardRange(0, 500))
            .parser(bytes(lines.get(0)));
    LogEntry first = parser.parse(2, bytes(lines.get(1)));
    assertThat(first.reject()).isNull();
    assertThat(first.impression().getSegment()).isEqualTo("de/phone");
    assertThat(first.row()).containsExactly(0.5, 0.25, 0.25);
    assertThat(first.rewards()).extracting("kind", "value").hasSize(2);
    assertThat(parser.parse(3, bytes(lines.get(2))).reject()).isNull();
    LogEntry third = parser.parse(4, bytes(lines.get(3)));
    assertThat(third.reject()).isNull();
    assertThat(third.impression().getImpressionId()).isEqualTo("000000000004");
    assertThat(third.impression().getEventTimeMicros()).isEqualTo(4_000_000);
    assertThat(third.rewards()).isEmpty();
  }

  @Test
  void theJsonExampleIsRead() throws Exception {
    LogEntry entry =
        new MappedFormat("jsonl", "mapping.yaml", block("yaml-jsonl"), RewardRange.UNIT)
            .parser(null)
            .parse(1, bytes(block("jsonl").strip()));
    assertThat(entry.reject()).isNull();
    assertThat(entry.impression().getItemId()).isEqualTo("tea");
    assertThat(entry.impression().getEventTimeMicros()).isEqualTo(1_769_842_800_250_000L);
    assertThat(entry.impression().getEligibleItemIds()).containsExactly("tea", "milk", "cocoa");
    assertThat(entry.rewards()).hasSize(1);
  }

  @Test
  void theExampleOfRewardsIsRead() throws Exception {
    LogFormat.LineParser parser =
        new MappedFormat("csv", "mapping.yaml", block("yaml-rewards"), RewardRange.UNIT)
            .rewards()
            .parser(bytes("request;at;what;amount"));
    LogEntry entry = parser.parse(2, bytes("r-17;1769842801;click;1"));
    assertThat(entry.reject()).isNull();
    assertThat(entry.rewards().get(0).getRewardId()).isEqualTo("click@1769842801000000");
  }

  private static String block(String language) throws Exception {
    String page = Files.readString(Path.of("..", "docs", "mapping.md"));
    Matcher block = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(page);
    assertThat(block.find()).as(language).isTrue();
    return block.group(1);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
