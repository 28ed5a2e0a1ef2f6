package hindcast.connectors.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import hindcast.avro.PolicyCheckpoint;
import hindcast.connectors.FileHash;
import hindcast.connectors.checkpoint.CheckpointException.Fault;
import hindcast.policy.PolicyParameters;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyCheckpointCodecTest {
  private static final int LARGE = PolicyCheckpointCodec.LARGEST_INLINE;

  @TempDir Path directory;

  @Test
  void smallContentTravelsInTheRecord() throws Exception {
    PolicyCheckpoint record = codec().write(content(100));
    assertThat(record.getLocation()).isNull();
    assertThat(record.getSha256()).isEqualTo(FileHash.sha256(record.getContent().array()));
    assertThat(directory).isEmptyDirectory();
    assertEqual(PolicyCheckpointCodec.read(record), content(100));
  }

  @Test
  void largeContentLiesInAFileNamedByItsHash() throws Exception {
    PolicyCheckpoint record = codec().write(content(LARGE));
    Path file = Path.of(record.getLocation());
    assertThat(record.getContent()).isNull();
    assertThat(file).hasFileName(record.getSha256() + ".policy").hasParent(directory);
    assertThat(FileHash.sha256(file)).isEqualTo(record.getSha256());
    assertEqual(PolicyCheckpointCodec.read(record), content(LARGE));
  }

  @Test
  void theLimitIsExact() throws Exception {
    int overhead = codec().write(content(0)).getContent().remaining();
    assertThat(codec().write(content(LARGE - overhead)).getContent()).isNotNull();
    assertThat(codec().write(content(LARGE - overhead + 1)).getContent()).isNull();
  }

  @Test
  void aDamagedFileIsFoundAndWrittenAnew() throws Exception {
    PolicyCheckpoint record = codec().write(content(LARGE));
    Path file = Path.of(record.getLocation());
    byte[] whole = Files.readAllBytes(file);
    byte[] flipped = whole.clone();
    flipped[whole.length / 2] ^= 1;
    for (byte[] damaged : new byte[][] {flipped, Arrays.copyOf(whole, 1000), new byte[0]}) {
      Files.write(file, damaged);
      assertThat(fault(record)).isEqualTo(Fault.CORRUPT);
    }
    assertThat(codec().write(content(LARGE))).isEqualTo(record);
    assertThat(Files.readAllBytes(file)).isEqualTo(whole);
    Files.delete(file);
    assertThat(fault(record)).isEqualTo(Fault.MISSING);
  }

  @Test
  void aLocationThatIsNoFileIsMissing() throws Exception {
    PolicyCheckpoint record = codec().write(content(LARGE));
    for (String location : new String[] {"a\0b", directory.toString(), "/dev/zero", ""}) {
      record.setLocation(location);
      assertThat(fault(record)).isEqualTo(Fault.MISSING);
    }
  }

  @Test
  void everyTruncationAndFlippedBitOfARecordIsFound() throws Exception {
    PolicyCheckpoint record = codec().write(content(10));
    byte[] whole = record.getContent().array().clone();
    for (int length = 0; length < whole.length; length++) {
      record.setContent(ByteBuffer.wrap(whole, 0, length));
      assertThat(fault(record)).isEqualTo(Fault.CORRUPT);
    }
    for (int bit = 0; bit < 8 * whole.length; bit++) {
      byte[] flipped = whole.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      record.setContent(ByteBuffer.wrap(flipped));
      assertThat(fault(record)).isEqualTo(Fault.CORRUPT);
    }
  }

  @Test
  void bytesWithTheRightHashThatAreNoContentAreNamed() throws Exception {
    PolicyCheckpoint record = codec().write(content(10));
    byte[] whole = record.getContent().array().clone();
    Random random = new Random(20260105);
    for (int round = 0; round < 2000; round++) {
      byte[] bytes = Arrays.copyOf(whole, random.nextInt(whole.length + 5));
      for (int damage = 0; damage < 3 && bytes.length > 0; damage++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      record.setContent(ByteBuffer.wrap(bytes));
      record.setSha256(FileHash.sha256(bytes));
      try {
        PolicyCheckpointCodec.read(record);
      } catch (CheckpointException e) {
        assertThat(e.fault()).isIn(Fault.CORRUPT, Fault.MISMATCHED, Fault.UNSUPPORTED);
      }
    }
  }

  @Test
  void aRecordThatSaysSomethingElseIsFound() throws Exception {
    PolicyCheckpoint record = codec().write(content(10));
    record.setDataCutMicros(0);
    assertThat(fault(record)).isEqualTo(Fault.MISMATCHED);
    record.setContent(null);
    assertThat(fault(record)).isEqualTo(Fault.MISSING);
  }

  @Test
  void whatCannotBeStoredIsNotAnnounced() throws Exception {
    Path noDirectory = Files.createFile(directory.resolve("file"));
    for (String place : new String[] {"", noDirectory.toString()}) {
      CheckpointException thrown =
          catchThrowableOfType(
              CheckpointException.class,
              () -> new PolicyCheckpointCodec(place).write(content(LARGE)));
      assertThat(thrown.fault()).isEqualTo(Fault.NOT_STORED);
      assertThat(thrown).hasMessageContaining("clpi version 2");
    }
  }

  @Test
  void theHashCoversEverything() throws Exception {
    String sha256 = codec().write(content(10)).getSha256();
    PolicyCheckpointContent other =
        new PolicyCheckpointContent(
            "clpi",
            2,
            "bb",
            "CLPI",
            10,
            99,
            "v1",
            "space",
            Map.of("a", "1"),
            parameters(),
            state(10));
    assertThat(codec().write(other).getSha256()).isNotEqualTo(sha256);
    assertThat(codec().write(content(10)).getSha256()).isEqualTo(sha256);
  }

  private PolicyCheckpointCodec codec() {
    return new PolicyCheckpointCodec(directory.toString());
  }

  private static PolicyCheckpointContent content(int stateBytes) {
    return new PolicyCheckpointContent(
        "clpi",
        2,
        "aa",
        "CLPI",
        10,
        99,
        "v1",
        "space",
        Map.of("a", "1", "b", "2"),
        parameters(),
        state(stateBytes));
  }

  private static PolicyParameters parameters() {
    return new PolicyParameters(2, 2, new double[] {1, -0.0, Double.MIN_VALUE, 4});
  }

  private static byte[] state(int bytes) {
    byte[] state = new byte[bytes];
    new Random(1).nextBytes(state);
    return state;
  }

  private static void assertEqual(PolicyCheckpointContent got, PolicyCheckpointContent want) {
    assertThat(got.trainerState()).isEqualTo(want.trainerState());
    assertThat(got.parameters().theta()).isEqualTo(want.parameters().theta());
    assertThat(got)
        .usingRecursiveComparison()
        .ignoringFields("trainerState", "parameters")
        .isEqualTo(want);
  }

  private static Fault fault(PolicyCheckpoint record) {
    return catchThrowableOfType(CheckpointException.class, () -> PolicyCheckpointCodec.read(record))
        .fault();
  }
}
