package hindcast.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaSettingsTest {
  @Test
  void secretsAreNotPrinted() {
    KafkaSettings settings =
        new KafkaSettings(
            "host:1",
            Map.of("sasl.jaas.config", "hunter2", "ssl.key.password", "hunter2", "acks", "all"),
            new Topics("p-"),
            "g",
            "t",
            Duration.ofMinutes(1),
            true,
            Duration.ZERO);
    assertThat(settings.toString()).doesNotContain("hunter2").contains("acks=all", "[REDACTED]");
    assertThat(settings.clientProperties())
        .containsEntry("sasl.jaas.config", "hunter2")
        .containsEntry("bootstrap.servers", "host:1");
  }

  @Test
  void nonsenseIsRefused() {
    assertThatThrownBy(() -> KafkaSettings.of(" ")).hasMessageContaining("bootstrap");
    assertThatThrownBy(
            () ->
                new KafkaSettings(
                    "h:1", Map.of(), new Topics(""), "g", "t", Duration.ZERO, true, Duration.ZERO))
        .hasMessageContaining("transaction timeout");
  }
}
