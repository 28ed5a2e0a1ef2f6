package hindcast.connectors.alert;

import static org.assertj.core.api.Assertions.assertThat;

import hindcast.avro.Alert;
import hindcast.avro.AlertAcknowledgement;
import hindcast.avro.AlertState;
import hindcast.connectors.avro.Samples;
import org.junit.jupiter.api.Test;

class AlertBoardTest {
  private static Alert alert(long start, long time, AlertState state) {
    return Alert.newBuilder(Samples.alert())
        .setStartMicros(start)
        .setEventTimeMicros(time)
        .setState(state)
        .setEndMicros(state == AlertState.ENDED ? time : null)
        .build();
  }

  private static AlertAcknowledgement acknowledgement(long start) {
    return new AlertAcknowledgement(Samples.alert().getAlertId(), start, "ann", "", 1L);
  }

  private static AlertState state(AlertBoard board) {
    return board.alert(Samples.alert().getAlertId()).orElseThrow().getState();
  }

  @Test
  void anAcknowledgementHoldsForItsEpisodeWhicheverIsReadFirst() {
    AlertBoard board = new AlertBoard();
    board.accept(acknowledgement(4));
    assertThat(board.accept(alert(4, 5, AlertState.OPEN)).orElseThrow().getState())
        .isEqualTo(AlertState.ACKNOWLEDGED);
    board.accept(alert(4, 7, AlertState.ENDED));
    assertThat(state(board)).isEqualTo(AlertState.ENDED);
    board.accept(alert(9, 9, AlertState.OPEN));
    assertThat(state(board)).isEqualTo(AlertState.OPEN);
    assertThat(board.accept(acknowledgement(4))).isEmpty();
    assertThat(board.accept(acknowledgement(9)).orElseThrow().getState())
        .isEqualTo(AlertState.ACKNOWLEDGED);
  }

  @Test
  void olderAndRepeatedRecordsChangeNothing() {
    AlertBoard board = new AlertBoard();
    board.accept(alert(4, 7, AlertState.ENDED));
    assertThat(board.accept(alert(4, 5, AlertState.OPEN))).isEmpty();
    assertThat(board.accept(alert(4, 7, AlertState.ENDED))).isEmpty();
    assertThat(board.accept("something else")).isEmpty();
    assertThat(board.alerts()).hasSize(1);
  }
}
