package hindcast.connectors.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hindcast.avro.Feedback;
import hindcast.avro.SparseFeatures;
import hindcast.feedback.Context;
import hindcast.feedback.LoggedFeedback;
import hindcast.feedback.Rejection;
import hindcast.propensity.Propensity;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class AvroMappingTest {
  private static final ByteBuffer ONE = AvroMapping.pack(new float[] {1});

  @Test
  void contextsComeBackEqual() {
    for (Context context :
        List.of(
            Context.dense(new float[] {1.5f, -0f, Float.MIN_VALUE}),
            Context.sparse(5, new int[] {0, 4}, new float[] {2, 3}),
            Context.sparse(5, new int[0], new float[0]))) {
      assertThat(AvroMapping.context(AvroMapping.context(context))).isEqualTo(context);
    }
  }

  @Test
  void valuesAreLittleEndianFloat32() {
    assertThat(AvroMapping.pack(new float[] {1f}).array()).containsExactly(0, 0, 0x80, 0x3F);
  }

  @Test
  void feedbackComesBackEqual() {
    LoggedFeedback feedback =
        new LoggedFeedback(
            "id",
            123_456_789L,
            "de",
            Context.dense(new float[] {1, 2}),
            "a",
            3,
            List.of("a", "b"),
            "clpi",
            7,
            0.5,
            new Propensity(0.25, 0.125, Propensity.Source.ESTIMATED));
    Propensity estimated = new Propensity(0.5, 0.25, Propensity.Source.ESTIMATED);
    Feedback record = AvroMapping.feedback(feedback, "slate", 2, estimated);
    assertThat(AvroMapping.feedback(record)).isEqualTo(feedback);
    assertThat(record.getSlateId()).isEqualTo("slate");
    assertThat(record.getRewardCount()).isEqualTo(2);
    assertThat(record.getEstimatedPropensity()).isEqualTo(0.5);
    assertThat(record.getEstimatedUncertainty()).isEqualTo(0.25);
  }

  @Test
  void unusableContextsAreNamed() {
    assertRejected(new hindcast.avro.Context(null, null), "neither");
    assertRejected(new hindcast.avro.Context(ONE, new SparseFeatures(1, List.of(0), ONE)), "both");
    assertRejected(new hindcast.avro.Context(ByteBuffer.allocate(0), null), "dimension");
    assertRejected(new hindcast.avro.Context(ByteBuffer.allocate(5), null), "multiple of 4");
    assertRejected(
        new hindcast.avro.Context(AvroMapping.pack(new float[] {Float.NaN}), null), "finite");
    assertRejected(
        new hindcast.avro.Context(null, new SparseFeatures(1, List.of(1), ONE)), "index");
    assertRejected(
        new hindcast.avro.Context(null, new SparseFeatures(3, List.of(), ONE)), "one value");
  }

  private static void assertRejected(hindcast.avro.Context context, String message) {
    assertThatThrownBy(() -> AvroMapping.context(context))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
    assertThat(AvroMapping.checkContext(context).reason()).isEqualTo(Rejection.INVALID_CONTEXT);
  }
}
