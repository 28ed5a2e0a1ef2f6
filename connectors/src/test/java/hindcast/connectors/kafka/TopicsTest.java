package hindcast.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hindcast.avro.InputStream;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

class TopicsTest {
  @Test
  void twelveNamesBehindThePrefix() {
    assertThat(new Topics("shop.").all())
        .containsExactlyInAnyOrder(
            "shop.impressions",
            "shop.rewards",
            "shop.catalogue",
            "shop.policy-control",
            "shop.feedback",
            "shop.policy-checkpoints",
            "shop.value-estimates",
            "shop.value-windows",
            "shop.gate-verdicts",
            "shop.regression-alerts",
            "shop.audit-findings",
            "shop.dead-letters");
    assertThat(new Topics("").of(InputStream.POLICY_CONTROL)).isEqualTo("policy-control");
  }

  @Test
  void theyAreStampedByTheBrokerAndKeptAsTheyMustBe() {
    Map<String, NewTopic> topics =
        new Topics("")
            .definitions(4, (short) 3).stream()
                .collect(Collectors.toMap(NewTopic::name, Function.identity()));
    assertThat(topics.values())
        .allSatisfy(
            topic ->
                assertThat(topic.configs())
                    .containsEntry("message.timestamp.type", "LogAppendTime"));
    for (String name :
        new String[] {
          "catalogue",
          "value-estimates",
          "value-windows",
          "gate-verdicts",
          "regression-alerts",
          "audit-findings"
        }) {
      assertThat(topics.get(name).configs()).containsEntry("cleanup.policy", "compact");
    }
    for (String name : new String[] {"policy-control", "policy-checkpoints"}) {
      assertThat(topics.get(name).configs()).containsEntry("retention.ms", "-1");
    }
    assertThat(topics.get("impressions").numPartitions()).isEqualTo(4);
    assertThat(topics.get("policy-control").numPartitions()).isEqualTo(1);
    assertThat(topics.get("catalogue").numPartitions()).isEqualTo(1);
    assertThat(topics.get("feedback").replicationFactor()).isEqualTo((short) 3);
  }

  @Test
  void aPrefixKafkaWouldRefuseIsRefused() {
    assertThatThrownBy(() -> new Topics("a b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a b");
  }
}
