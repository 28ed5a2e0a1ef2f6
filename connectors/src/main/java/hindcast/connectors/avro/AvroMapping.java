package hindcast.connectors.avro;

import hindcast.avro.Feedback;
import hindcast.avro.PropensitySource;
import hindcast.avro.SparseFeatures;
import hindcast.feedback.Context;
import hindcast.feedback.LoggedFeedback;
import hindcast.feedback.Reject;
import hindcast.feedback.Rejection;
import hindcast.propensity.Propensity;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Between the records of the contract and the values of the library. Feature values travel as
 * packed little-endian float32.
 *
 * <p>Errors: {@link IllegalArgumentException} for a record that breaks a rule of the library.
 */
public final class AvroMapping {
  private AvroMapping() {}

  /** The context of the library. */
  public static Context context(hindcast.avro.Context record) {
    ByteBuffer dense = record.getDense();
    SparseFeatures sparse = record.getSparse();
    if ((dense == null) == (sparse == null)) {
      throw new IllegalArgumentException(
          "context must be either dense or sparse: " + (dense == null ? "neither" : "both"));
    }
    return dense != null
        ? Context.dense(unpack(dense))
        : Context.sparse(
            sparse.getDimension(), toArray(sparse.getIndices()), unpack(sparse.getValues()));
  }

  /** Why a record's context cannot be used, or null. */
  public static Reject checkContext(hindcast.avro.Context record) {
    try {
      context(record);
      return null;
    } catch (IllegalArgumentException e) {
      return new Reject(Rejection.INVALID_CONTEXT, e.getMessage());
    }
  }

  /** The context of the contract. */
  public static hindcast.avro.Context context(Context context) {
    ByteBuffer values = pack(context.values());
    if (!context.isSparse()) {
      return new hindcast.avro.Context(values, null);
    }
    return new hindcast.avro.Context(
        null, new SparseFeatures(context.dimension(), toList(context.indices()), values));
  }

  /** The feedback of the library. */
  public static LoggedFeedback feedback(Feedback record) {
    return new LoggedFeedback(
        record.getImpressionId(),
        record.getEventTimeMicros(),
        record.getSegment(),
        context(record.getContext()),
        record.getItemId(),
        record.getPosition(),
        record.getEligibleItemIds(),
        record.getPolicyId(),
        record.getPolicyVersion(),
        record.getReward(),
        new Propensity(
            record.getPropensity(),
            record.getPropensityUncertainty(),
            Propensity.Source.valueOf(record.getPropensitySource().name())));
  }

  /**
   * The feedback of the contract.
   *
   * @param slateId id of the slate, or null
   * @param rewardCount how many distinct rewards were joined
   * @param estimated the running estimate before this event
   */
  public static Feedback feedback(
      LoggedFeedback feedback, String slateId, int rewardCount, Propensity estimated) {
    return Feedback.newBuilder()
        .setImpressionId(feedback.impressionId())
        .setEventTimeMicros(feedback.eventTimeMicros())
        .setSegment(feedback.segment())
        .setContext(context(feedback.context()))
        .setItemId(feedback.itemId())
        .setPosition(feedback.position())
        .setSlateId(slateId)
        .setEligibleItemIds(feedback.eligibleItemIds())
        .setPolicyId(feedback.policyId())
        .setPolicyVersion(feedback.policyVersion())
        .setReward(feedback.reward())
        .setRewardCount(rewardCount)
        .setPropensity(feedback.propensity().value())
        .setPropensitySource(PropensitySource.valueOf(feedback.propensity().source().name()))
        .setPropensityUncertainty(feedback.propensity().uncertainty())
        .setEstimatedPropensity(estimated.value())
        .setEstimatedUncertainty(estimated.uncertainty())
        .build();
  }

  /** Packs numbers as little-endian float32. */
  public static ByteBuffer pack(float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes;
  }

  /** Unpacks little-endian float32; leaves the buffer's position as it is. */
  public static float[] unpack(ByteBuffer bytes) {
    if (bytes.remaining() % Float.BYTES != 0) {
      throw new IllegalArgumentException(
          "packed float32 values must have a multiple of 4 bytes: " + bytes.remaining());
    }
    float[] values = new float[bytes.remaining() / Float.BYTES];
    bytes.slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }

  private static int[] toArray(List<Integer> list) {
    int[] array = new int[list.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = list.get(i);
    }
    return array;
  }

  private static List<Integer> toList(int[] array) {
    List<Integer> list = new ArrayList<>(array.length);
    for (int value : array) {
      list.add(value);
    }
    return list;
  }
}
