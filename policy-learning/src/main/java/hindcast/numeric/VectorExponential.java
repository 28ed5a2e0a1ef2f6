package hindcast.numeric;

import static hindcast.numeric.MinibatchKernels.LANES;
import static hindcast.numeric.ScalarExponential.C2;
import static hindcast.numeric.ScalarExponential.C3;
import static hindcast.numeric.ScalarExponential.C4;
import static hindcast.numeric.ScalarExponential.C5;
import static hindcast.numeric.ScalarExponential.C6;
import static hindcast.numeric.ScalarExponential.CLAMP;
import static hindcast.numeric.ScalarExponential.MINUS_LOG2_E;
import static hindcast.numeric.ScalarExponential.ROUNDER;
import static hindcast.numeric.VectorRegister.FLOATS;
import static hindcast.numeric.VectorRegister.WIDTH;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * e^{f − m} with the Vector API, by the method of {@link ScalarExponential}; fused multiply-adds
 * make one part of ln 2 enough.
 *
 * <p>y = m − f is clamped as an integer: the bits of a positive float order like the float itself
 * and those of a negative one are a negative integer, so one integer minimum does what a float
 * minimum, which must mind NaN and −0, takes six instructions for.
 */
final class VectorExponential {
  private static final int CLAMP_BITS = Float.floatToRawIntBits(CLAMP);
  private static final float LN_2 = (float) Math.log(2);
  private static final float FLOOR = positive(CLAMP);
  private static final VectorSpecies<Double> DOUBLES =
      VectorSpecies.of(double.class, FLOATS.vectorShape());
  private static final int HALF = WIDTH / 2;

  private VectorExponential() {}

  static void exponentials(
      float[] f, int from, int items, float[] shift, float[] out, double[] sums) {
    for (int start = 0; start < items; start += BlockwiseSum.LENGTH) {
      int count = Math.min(items - start, BlockwiseSum.LENGTH);
      for (int lane = 0; lane < LANES; lane += WIDTH) {
        block(f, from + start * LANES + lane, count, shift, lane, out, sums);
      }
    }
  }

  private static void block(
      float[] f, int from, int items, float[] shift, int lane, float[] out, double[] sums) {
    FloatVector shifts = FloatVector.fromArray(FLOATS, shift, lane);
    FloatVector sum = FloatVector.zero(FLOATS);
    for (int at = from; at < from + items * LANES; at += LANES) {
      FloatVector weight = exponential(shifts.sub(FloatVector.fromArray(FLOATS, f, at)));
      weight.intoArray(out, at);
      sum = sum.add(weight);
    }
    add(sum, sums, lane);
  }

  /** Adds a register of single precision to as many numbers of double precision. */
  static void add(FloatVector block, double[] sums, int lane) {
    DoubleVector low = (DoubleVector) block.convertShape(VectorOperators.F2D, DOUBLES, 0);
    DoubleVector high = (DoubleVector) block.convertShape(VectorOperators.F2D, DOUBLES, 1);
    DoubleVector.fromArray(DOUBLES, sums, lane).add(low).intoArray(sums, lane);
    DoubleVector.fromArray(DOUBLES, sums, lane + HALF).add(high).intoArray(sums, lane + HALF);
  }

  static double exponentialsOfOne(float[] f, int from, int count, float shift, float[] out) {
    double sum = 0;
    for (int start = 0; start < count; start += BlockwiseSum.LENGTH) {
      int length = Math.min(count - start, BlockwiseSum.LENGTH);
      sum += blockOfOne(f, from + start, length, shift, out);
    }
    return sum;
  }

  private static float blockOfOne(float[] f, int from, int count, float shift, float[] out) {
    FloatVector shifts = FloatVector.broadcast(FLOATS, shift);
    FloatVector sums = FloatVector.zero(FLOATS);
    int k = 0;
    for (; k + WIDTH <= count; k += WIDTH) {
      FloatVector weight = exponential(shifts.sub(FloatVector.fromArray(FLOATS, f, from + k)));
      weight.intoArray(out, from + k);
      sums = sums.add(weight);
    }
    float sum = sums.reduceLanes(VectorOperators.ADD);
    for (; k < count; k++) {
      float e = positive(Math.min(shift - f[from + k], CLAMP)) - FLOOR;
      out[from + k] = e;
      sum += e;
    }
    return sum;
  }

  /** e^{−y}, 0 from 50 on. */
  private static FloatVector exponential(FloatVector distance) {
    FloatVector y =
        distance
            .reinterpretAsInts()
            .lanewise(VectorOperators.MIN, CLAMP_BITS)
            .reinterpretAsFloats();
    FloatVector rounded =
        y.fma(FloatVector.broadcast(FLOATS, MINUS_LOG2_E), FloatVector.broadcast(FLOATS, ROUNDER));
    FloatVector n = rounded.sub(FloatVector.broadcast(FLOATS, ROUNDER));
    FloatVector r = n.fma(FloatVector.broadcast(FLOATS, LN_2), y);
    FloatVector t = r.fma(FloatVector.broadcast(FLOATS, C6), FloatVector.broadcast(FLOATS, C5));
    t = t.fma(r, FloatVector.broadcast(FLOATS, C4));
    t = t.fma(r, FloatVector.broadcast(FLOATS, C3));
    t = t.fma(r, FloatVector.broadcast(FLOATS, C2));
    t = t.fma(r, FloatVector.broadcast(FLOATS, -1f));
    t = t.fma(r, FloatVector.broadcast(FLOATS, 1f));
    return t.reinterpretAsInts()
        .add(rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23))
        .reinterpretAsFloats()
        .sub(FloatVector.broadcast(FLOATS, FLOOR));
  }

  /** The same for one number, to the same bits. */
  private static float positive(float y) {
    float rounded = Math.fma(y, MINUS_LOG2_E, ROUNDER);
    float r = Math.fma(rounded - ROUNDER, LN_2, y);
    float t = Math.fma(r, C6, C5);
    t = Math.fma(t, r, C4);
    t = Math.fma(t, r, C3);
    t = Math.fma(t, r, C2);
    t = Math.fma(t, r, -1);
    t = Math.fma(t, r, 1);
    int exponent = Float.floatToRawIntBits(rounded) << 23;
    return Float.intBitsToFloat(Float.floatToRawIntBits(t) + exponent);
  }
}
