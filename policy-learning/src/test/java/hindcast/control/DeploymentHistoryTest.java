package hindcast.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeploymentHistoryTest {
  private final DeploymentHistory history = new DeploymentHistory();

  @Test
  void nothingIsDeployedBeforeTheFirstPromotion() {
    open("clpi", 2, 10);
    assertThat(history.at(9)).isEqualTo(Deployment.NONE);
    assertThat(history.at(10).deployed()).isNull();
    assertThat(history.at(10).isPinned("clpi", 2)).isTrue();
  }

  @Test
  void theOneDeployedBeforeIsTheChampion() {
    promote("clpi", 2, 10);
    promote("ips/greedy", 7, 20);
    assertThat(history.at(19).deployed()).isEqualTo(new PolicyVersion("clpi", 2));
    assertThat(history.at(19).champion()).isNull();
    assertThat(history.at(20).deployed()).isEqualTo(new PolicyVersion("ips/greedy", 7));
    assertThat(history.at(20).champion()).isEqualTo(new PolicyVersion("clpi", 2));
    assertThat(history.at(20).isPinned("ips", 7)).isTrue();
    assertThat(history.deployedBy(20).id()).isEqualTo("ips/greedy-7-20");
    assertThat(history.deployedBy(19).id()).isEqualTo("clpi-2-10");
  }

  @Test
  void deployingTheDeployedOneChangesNothing() {
    promote("clpi", 2, 10);
    promote("clpi", 4, 20);
    promote("clpi", 4, 30);
    assertThat(history.last()).isEqualTo(history.at(20));
    assertThat(history.deployedBy(30).id()).isEqualTo("clpi-4-20");
  }

  @Test
  void aRollbackDeploysAnEarlierVersion() {
    promote("clpi", 2, 10);
    promote("clpi", 4, 20);
    rollback(2, 15, 30);
    assertThat(history.last().deployed()).isEqualTo(new PolicyVersion("clpi/greedy", 2));
    assertThat(history.last().champion()).isEqualTo(new PolicyVersion("clpi", 4));
  }

  @Test
  void theSameIdIsObeyedOnce() {
    promote("clpi", 2, 10);
    assertThat(
            history.add(
                new ControlCommand(
                    "clpi-2-10", ControlAction.CLOSE, new PolicyVersion("x", 1), 5, 0)))
        .isFalse();
    assertThat(history.commands()).hasSize(1);
  }

  @Test
  void aClosedVersionIsNoLongerPinnedUnlessItServes() {
    open("clpi", 2, 10);
    open("clpi", 4, 10);
    promote("clpi", 4, 20);
    close("clpi", 2, 30);
    close("clpi", 4, 30);
    assertThat(history.last().closed()).containsExactly(new PolicyVersion("clpi", 2));
    assertThat(history.last().isPinned("clpi", 4)).isTrue();
    assertThat(history.last().isPinned("clpi", 2)).isFalse();
    open("clpi", 2, 40);
    assertThat(history.last().closed()).isEmpty();
  }

  @Test
  void theOrderOfArrivalDoesNotMatter() {
    List<ControlCommand> commands = new ArrayList<>();
    Random random = new Random(3);
    List<ControlAction> actions = List.of(ControlAction.values());
    for (int k = 0; k < 60; k++) {
      ControlAction action = actions.get(random.nextInt(actions.size()));
      commands.add(command(action, "p" + random.nextInt(2), random.nextInt(5), k, 0));
    }
    commands.forEach(history::add);
    for (int round = 0; round < 20; round++) {
      Collections.shuffle(commands, random);
      DeploymentHistory shuffled = new DeploymentHistory();
      commands.forEach(shuffled::add);
      assertThat(shuffled.commands()).isEqualTo(history.commands());
      for (long time = -1; time < 61; time++) {
        assertThat(shuffled.at(time)).isEqualTo(history.at(time));
      }
    }
  }

  @Test
  void aRollbackLeavesTheVersionsBehindIt() {
    // versions 1 to 8 with cuts 10 to 80; back to 4 at 85; 9 and 10 descend from 4
    rollback(4, 40, 85);
    assertThat(left(8, 80, 84)).isFalse();
    assertThat(left(8, 80, 85)).isTrue();
    assertThat(left(5, 50, 85)).isTrue();
    assertThat(left(4, 40, 85)).isFalse();
    assertThat(left(3, 30, 85)).isFalse();
    assertThat(left(9, 90, 95)).isFalse();
    assertThat(history.isLeft("other", 8, 80, 95)).isFalse();
  }

  @Test
  void aRollbackToAVersionThatWasLeftTakesItsBranchUpAgain() {
    rollback(4, 40, 85);
    rollback(8, 80, 105);
    assertThat(left(8, 80, 105)).isFalse();
    assertThat(left(6, 60, 105)).isFalse();
    assertThat(left(9, 90, 105)).isTrue();
    assertThat(left(11, 110, 115)).isFalse();
    rollback(10, 100, 125);
    assertThat(left(10, 100, 125)).isFalse();
    assertThat(left(8, 80, 125)).isTrue();
    assertThat(left(4, 40, 125)).isFalse();
    assertThat(left(11, 110, 125)).isTrue();
  }

  @Test
  void whatIsReadIsWhatWasWritten() throws IOException {
    promote("clpi", 2, 10);
    rollback(1, 5, 30);
    open("ips/sharpened:4", 9, 20);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    history.write(new DataOutputStream(bytes));
    DeploymentHistory read =
        DeploymentHistory.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    assertThat(read.commands()).isEqualTo(history.commands());
    assertThat(read.last()).isEqualTo(history.last());
    bytes.reset();
    new DataOutputStream(bytes).writeByte(9);
    assertThatThrownBy(
            () ->
                DeploymentHistory.read(
                    new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()))))
        .hasMessageContaining("format 1: 9");
  }

  @Test
  void namesSayLineAndForm() {
    assertThat(new PolicyVersion("clpi/greedy", 3).line()).isEqualTo("clpi");
    assertThat(new PolicyVersion("clpi/greedy", 3).form()).isEqualTo("greedy");
    assertThat(new PolicyVersion("clpi", 3).form()).isEqualTo("softmax");
    assertThatThrownBy(() -> new PolicyVersion("", 3)).hasMessageContaining("name");
    assertThatThrownBy(() -> new PolicyVersion("p", -1)).hasMessageContaining("at least 0: -1");
  }

  private boolean left(long version, long cut, long time) {
    return history.isLeft("clpi", version, cut, time);
  }

  private void open(String policy, long version, long time) {
    history.add(command(ControlAction.OPEN, policy, version, time, 0));
  }

  private void promote(String policy, long version, long time) {
    history.add(command(ControlAction.PROMOTE, policy, version, time, 0));
  }

  private void close(String policy, long version, long time) {
    history.add(command(ControlAction.CLOSE, policy, version, time, 0));
  }

  private void rollback(long version, long cut, long time) {
    history.add(command(ControlAction.ROLLBACK, "clpi/greedy", version, time, cut));
  }

  private static ControlCommand command(
      ControlAction action, String policy, long version, long time, long cut) {
    String prefix = action == ControlAction.PROMOTE ? "" : action + "-";
    return new ControlCommand(
        prefix + policy + "-" + version + "-" + time,
        action,
        new PolicyVersion(policy, version),
        time,
        cut);
  }
}
