package hindcast.local.results;

import static org.assertj.core.api.Assertions.assertThat;

import hindcast.avro.PolicyCheckpoint;
import hindcast.avro.ValueEstimate;
import org.junit.jupiter.api.Test;

class ResultBoardTest {

  @Test
  void keepsTheNewestOfEachEstimateInWhateverOrderTheyCome() {
    ValueEstimate old = Results.estimate("uniform", 0, "IPS", "*", 1, 0.1);
    ValueEstimate corrected = ValueEstimate.newBuilder(old).setRevision(1).setValue(0.2).build();
    ResultBoard forward = new ResultBoard();
    forward.add(old);
    forward.add(corrected);
    ResultBoard backward = new ResultBoard();
    backward.add(corrected);
    backward.add(old);
    backward.add(corrected);
    assertThat(forward.estimates()).containsExactly(corrected).isEqualTo(backward.estimates());
  }

  @Test
  void headlinesAreWholeLinesOverAllSegments() {
    ResultBoard board = new ResultBoard();
    board.add(Results.estimate("clpi", 0, "IPS", "*", 1, 0.1));
    board.add(Results.estimate("clpi", 3, "IPS", "*", 1, 0.1));
    board.add(Results.estimate("clpi", 0, "IPS", "fr", 1, 0.1));
    assertThat(board.headlines())
        .singleElement()
        .satisfies(
            estimate -> {
              assertThat(estimate.getVersion()).isZero();
              assertThat(estimate.getSegment()).isEqualTo("*");
            });
  }

  @Test
  void keepsCheckpointsOnceAndWithoutContent() {
    ResultBoard board = new ResultBoard();
    board.add(Results.checkpoint("clpi", 2));
    board.add(Results.checkpoint("clpi", 1));
    board.add(Results.checkpoint("clpi", 2));
    assertThat(board.checkpoints())
        .extracting(PolicyCheckpoint::getVersion)
        .containsExactly(1L, 2L);
    assertThat(board.newest("clpi"))
        .get()
        .satisfies(newest -> assertThat(newest.getContent()).isNull());
    assertThat(board.newest("ips")).isEmpty();
  }
}
