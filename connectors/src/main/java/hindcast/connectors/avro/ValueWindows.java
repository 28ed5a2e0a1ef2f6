package hindcast.connectors.avro;

import hindcast.avro.ValueWindow;
import hindcast.evaluation.EvaluatedSlice;
import hindcast.evaluation.SliceSums;
import hindcast.evaluation.StoredWindow;
import hindcast.feedback.RewardRange;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Stored windows as records of [value-windows] and back. A window that a longer one has replaced
 * has no statistics.
 */
public final class ValueWindows {
  private ValueWindows() {}

  /** The record of a window. */
  public static ValueWindow record(EvaluatedSlice slice, RewardRange range, StoredWindow window) {
    return ValueWindow.newBuilder()
        .setPolicy(slice.policy())
        .setVersion(slice.version())
        .setSegment(slice.segment())
        .setStartMicros(window.startMicros())
        .setEndMicros(window.endMicros())
        .setUntilMicros(window.untilMicros())
        .setRevision(window.revision())
        .setN(window.isReplaced() ? 0 : window.requireSums().estimates().n())
        .setRewardMinimum(range.toUser(0))
        .setRewardMaximum(range.toUser(1))
        .setStatistics(window.isReplaced() ? ByteBuffer.allocate(0) : bytes(window.requireSums()))
        .build();
  }

  private static ByteBuffer bytes(SliceSums sums) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      sums.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ByteBuffer.wrap(bytes.toByteArray());
  }

  /** What a record is about. */
  public static EvaluatedSlice slice(ValueWindow record) {
    return new EvaluatedSlice(record.getPolicy(), record.getVersion(), record.getSegment());
  }

  /** The user's unit of its rewards. */
  public static RewardRange range(ValueWindow record) {
    return new RewardRange(record.getRewardMinimum(), record.getRewardMaximum());
  }

  /**
   * The window of a record.
   *
   * @throws IOException if its statistics are not those this version reads
   */
  public static StoredWindow window(ValueWindow record) throws IOException {
    return new StoredWindow(
        record.getStartMicros(),
        record.getEndMicros(),
        record.getUntilMicros(),
        record.getRevision(),
        record.getStatistics().hasRemaining() ? sums(record.getStatistics()) : null);
  }

  private static SliceSums sums(ByteBuffer statistics) throws IOException {
    byte[] bytes = new byte[statistics.remaining()];
    statistics.duplicate().get(bytes);
    SliceSums sums = new SliceSums(List.of());
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      sums.read(in);
    }
    return sums;
  }
}
