package hindcast.connectors.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {
  @ParameterizedTest
  @CsvSource({
    "1970-01-01 00:00:00+00:00, 0",
    "1970-01-01T00:00:00Z, 0",
    "1970-01-01 00:00:00, 0",
    "1970-01-01 00:00:00.000001, 1",
    "1970-01-01 00:00:00.1, 100000",
    "1970-01-01 00:00:00.123456789, 123456",
    "1969-12-31 23:59:59.999999, -1",
    "1970-01-01 09:00:00+09:00, 0",
    "1970-01-01 00:00:00-0130, 5400000000",
    "1970-01-01 00:00:00+01, -3600000000",
    "2019-11-24 00:03:13.442536+00:00, 1574553793442536",
    "2020-02-29 00:00:00Z, 1582934400000000",
    "9999-12-31 23:59:59.999999Z, 253402300799999999"
  })
  void isExact(String text, long micros) {
    assertThat(Timestamps.micros(text)).isEqualTo(micros);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "now",
        "2019-11-24",
        "2019-11-24 00:03",
        "2019-11-24x00:03:13",
        "2019-02-29 00:00:00",
        "2019-13-01 00:00:00",
        "2019-11-24 24:00:00",
        "2019-11-24 00:60:00",
        "2019-11-24 00:00:60",
        "2019-11-24 00:03:13.",
        "2019-11-24 00:03:13.+00:00",
        "2019-11-24 00:03:13.1234567890",
        "2019-11-24 00:03:13 00:00",
        "2019-11-24 00:03:13+1",
        "2019-11-24 00:03:13+aa:bb",
        "2019-11-24 00:03:13+19:00",
        "2019-11-24 00:03:13Zulu",
        "201a-11-24 00:03:13"
      })
  void refusesTheRest(String text) {
    assertThatThrownBy(() -> Timestamps.micros(text)).isInstanceOf(DateTimeException.class);
  }
}
