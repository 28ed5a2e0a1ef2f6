package hindcast.connectors.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CsvLineTest {
  @Test
  void fieldsAreWhatIsBetweenCommas() throws Exception {
    assertThat(CsvLine.split("a,b,c")).containsExactly("a", "b", "c");
    assertThat(CsvLine.split("")).containsExactly("");
    assertThat(CsvLine.split(",")).containsExactly("", "");
    assertThat(CsvLine.split("a,,")).containsExactly("a", "", "");
    assertThat(CsvLine.split("a\"b,c")).containsExactly("a\"b", "c");
  }

  @Test
  void quotedFieldsMayHoldCommasAndQuotes() throws Exception {
    assertThat(CsvLine.split("\"a,b\",\"say \"\"hi\"\"\",\"\""))
        .containsExactly("a,b", "say \"hi\"", "");
  }

  @Test
  void openQuotesAreMalformed() {
    assertThatThrownBy(() -> CsvLine.split("a,\"b")).isInstanceOf(LineRejectedException.class);
    assertThatThrownBy(() -> CsvLine.split("\"a\"b")).isInstanceOf(LineRejectedException.class);
  }
}
