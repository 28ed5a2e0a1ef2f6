package hindcast.testing;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

/** A case of reference numbers fails for what is missing, left over, or no number. */
class GoldenCheckTest {
  private static Golden golden(String json) throws JsonProcessingException {
    return new Golden("case", new ObjectMapper().readTree(json), 1e-9, 1e-11);
  }

  @Test
  void whatWasNotComparedFails() throws Exception {
    Golden golden =
        golden(
            "{'inputs': {'w': 1}, 'expected': {'a': 1, 'b': [2, 3]}, 'more': 4}"
                .replace('\'', '"'));
    golden.check("/expected/a", 1);
    golden.check("/expected/b/0", 2);
    assertThatThrownBy(golden::assertExercised)
        .hasMessageContaining("/expected/b/1")
        .hasMessageContaining("/more");
    golden.check("/expected/b", new double[] {2, 3});
    golden.check("/more", 4);
    assertThatCode(golden::assertExercised).doesNotThrowAnyException();
  }

  @Test
  void whatIsMissingFails() throws Exception {
    Golden golden = golden("{\"expected\": {\"b\": [2, 3]}}");
    assertThatThrownBy(() -> golden.check("/expected/a", 1)).hasMessageContaining("/expected/a");
    assertThatThrownBy(() -> golden.check("/expected/b", new double[] {2}))
        .hasMessageContaining("/expected/b");
  }

  @Test
  void theToleranceIsThatOfTheFile() throws Exception {
    Golden golden = golden("{\"expected\": {\"a\": 1000, \"z\": 0}}");
    assertThatCode(() -> golden.check("/expected/a", 1000 + 0.99e-6)).doesNotThrowAnyException();
    assertThatThrownBy(() -> golden.check("/expected/a", 1000 + 1.01e-6))
        .hasMessageContaining("got 1000.00000101");
    assertThatThrownBy(() -> golden.check("/expected/z", 1.01e-11)).hasMessageContaining("want 0");
    assertThatThrownBy(() -> golden.check("/expected/z", Double.NaN)).hasMessageContaining("NaN");
  }

  @Test
  void onlyNumbersEqualNumbers() throws Exception {
    Golden golden =
        golden("{\"a\": null, \"b\": \"0.5\", \"c\": \"Infinity\", \"d\": 3.0, \"e\": true}");
    assertThatThrownBy(() -> golden.check("/a", 0)).hasMessageContaining("is a number: null");
    assertThatThrownBy(() -> golden.check("/b", 0.5)).hasMessageContaining("is no number");
    assertThatThrownBy(() -> golden.check("/c", 1e300)).hasMessageContaining("want Infinity");
    assertThatThrownBy(() -> golden.checkExactly("/e", 1))
        .hasMessageContaining("is a number: true");
    assertThatThrownBy(() -> golden.checkExactly("/a", 0L))
        .hasMessageContaining("is a number: null");
    golden.check("/c", Double.POSITIVE_INFINITY);
    golden.checkExactly("/a", null);
    golden.checkExactly("/d", 3L);
    golden.checkExactly("/e", true);
  }
}
