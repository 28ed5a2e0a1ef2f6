package hindcast.connectors.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reads the logs under {@code $HINDCAST_DATA/obd}, where they are. */
class OpenBanditDataTest {
  @ParameterizedTest
  @CsvSource({"random, 46", "bts, 69"})
  void everyLineIsUsed(String policy, long clicks) throws Exception {
    String data = System.getenv("HINDCAST_DATA");
    assumeTrue(data != null, "HINDCAST_DATA is not set: the Open Bandit logs are not read");
    Path log = Path.of(data, "obd", policy, "men.csv.gz");
    assumeTrue(Files.exists(log), log + " does not exist");
    LogScan scan = LogScan.of(new OpenBanditFormat(), log);
    assertThat(scan.entries()).isEqualTo(10_000);
    assertThat(scan.rejects()).isEmpty();
    assertThat(scan.rewards()).isEqualTo(clicks);
    assertThat(scan.items()).isEqualTo(IntStream.range(0, 34).mapToObj(Integer::toString).toList());
    assertThat(scan.segments()).containsExactly("1", "2", "3");
    assertThat(scan.disorderMicros()).isZero();
    assertThat(scan.contextDimension()).isEqualTo(1 + 8 + 64 + 34);
  }
}
