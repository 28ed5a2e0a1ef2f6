package hindcast.local.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LedgerTotalsTest {

  @Test
  void writesTheImpressionEquation() {
    LedgerTotals ledger = Results.impressions(1009, 1005);
    assertThat(ledger.gap()).isEqualTo(1);
    assertThat(ledger.equation())
        .isEqualTo(
            "impressions 1,009 = 1,005 outcomes + 1 duplicates + 2 dead letters + 0 held; gap 1");
  }

  @Test
  void countsCorrectionsOfRewards() {
    LedgerTotals ledger =
        new LedgerTotals(
            "rewards",
            new TreeMap<>(Map.of("in", 5L, "joined", 2L, "held", 1L, "corrections", 2L)),
            new TreeMap<>());
    assertThat(ledger.gap()).isZero();
    assertThat(ledger.equation())
        .isEqualTo(
            "rewards 5 = 2 joined + 0 duplicates + 0 dead letters + 1 held + 2 corrections; gap 0");
    assertThat(LedgerTotals.empty("rewards").gap()).isZero();
  }
}
