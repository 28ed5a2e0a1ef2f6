package hindcast.bench;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Loops that do nothing but compute or read, written with the Vector API: what they reach is what
 * one core can do. Touch this class only where the module {@code jdk.incubator.vector} is there.
 */
final class VectorProbe {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int CHAINS = 12;

  private VectorProbe() {}

  /** Bits of a register. */
  static int bits() {
    return SPECIES.vectorBitSize();
  }

  /** Floating point operations of {@link #multiplyAdd} with so many turns. */
  static double operations(long turns) {
    return 2.0 * CHAINS * SPECIES.length() * turns;
  }

  /** Independent chains of fused multiply-adds in registers. */
  static float multiplyAdd(long turns, float factor) {
    FloatVector f = FloatVector.broadcast(SPECIES, factor);
    FloatVector g = FloatVector.broadcast(SPECIES, 1 - factor);
    FloatVector a = g;
    FloatVector b = f;
    FloatVector c = g;
    FloatVector d = f;
    FloatVector e = g;
    FloatVector h = f;
    FloatVector i = g;
    FloatVector j = f;
    FloatVector k = g;
    FloatVector l = f;
    FloatVector m = g;
    FloatVector n = f;
    for (long t = 0; t < turns; t++) {
      a = a.fma(f, g);
      b = b.fma(f, g);
      c = c.fma(f, g);
      d = d.fma(f, g);
      e = e.fma(f, g);
      h = h.fma(f, g);
      i = i.fma(f, g);
      j = j.fma(f, g);
      k = k.fma(f, g);
      l = l.fma(f, g);
      m = m.fma(f, g);
      n = n.fma(f, g);
    }
    return a.add(b)
        .add(c.add(d))
        .add(e.add(h))
        .add(i.add(j))
        .add(k.add(l))
        .add(m.add(n))
        .reduceLanes(VectorOperators.ADD);
  }

  /** Reads {@code length} numbers in order and adds them up; a multiple of 256. */
  static float read(float[] numbers, int length) {
    int width = SPECIES.length();
    FloatVector a = FloatVector.zero(SPECIES);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    for (int k = 0; k + 4 * width <= length; k += 4 * width) {
      a = a.add(FloatVector.fromArray(SPECIES, numbers, k));
      b = b.add(FloatVector.fromArray(SPECIES, numbers, k + width));
      c = c.add(FloatVector.fromArray(SPECIES, numbers, k + 2 * width));
      d = d.add(FloatVector.fromArray(SPECIES, numbers, k + 3 * width));
    }
    return a.add(b).add(c.add(d)).reduceLanes(VectorOperators.ADD);
  }
}
