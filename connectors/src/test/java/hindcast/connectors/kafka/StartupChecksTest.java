package hindcast.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartupChecksTest {
  @Test
  void everyProblemIsReportedAtOnce() throws Exception {
    int closedPort;
    try (ServerSocket socket = new ServerSocket(0)) {
      closedPort = socket.getLocalPort();
    }
    KafkaSettings settings = KafkaSettings.of("127.0.0.1:" + closedPort);
    List<String> problems =
        StartupChecks.problems(
            settings,
            new StartupChecks.Needs(Duration.ofHours(1), Duration.ofHours(1), false),
            Duration.ofSeconds(1),
            Clock.systemUTC());
    assertThat(problems).hasSize(2);
    assertThat(problems.get(0)).contains("transaction timeout", "1h", "15m");
    assertThat(problems.get(1)).contains("must be reachable", Integer.toString(closedPort));
  }

  @Test
  void anAddressThatIsNoneIsReported() {
    List<String> problems =
        StartupChecks.problems(
            KafkaSettings.of("no-port"),
            new StartupChecks.Needs(Duration.ofSeconds(10), Duration.ofHours(1), false));
    assertThat(problems).singleElement().asString().contains("no-port");
  }
}
