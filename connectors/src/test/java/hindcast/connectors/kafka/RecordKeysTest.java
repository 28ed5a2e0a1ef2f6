package hindcast.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import hindcast.connectors.avro.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordKeysTest {
  @Test
  void keysAreAsTheSchemasSay() {
    List<String> keys = Samples.all().stream().map(RecordKeys::text).toList();
    assertThat(keys)
        .containsExactly(
            "00001",
            "dense",
            "00001",
            "time-marker",
            "time-marker",
            "00001",
            "clpi",
            "clpi/greedy/3/SWITCH/cap=10.0,tau=0.5/*",
            "VALUE_BELOW_LOGGING/p/1/*",
            "acknowledged/VALUE_BELOW_LOGGING/p/1/*",
            "clpi/2/de/0/3600000000",
            "CALIBRATION/de/a/*",
            "clpi/greedy/2",
            "impressions/1/42/MALFORMED",
            "v1",
            "clpi");
  }
}
