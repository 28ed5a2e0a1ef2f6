package hindcast.numeric;

import static hindcast.numeric.MinibatchKernels.BLOCK;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The register of the vector kernels: the machine's largest of at most 16 numbers, so that a block
 * of items is a whole number of registers. Constants, because the compiler turns the API's calls
 * into instructions only where it knows the species.
 */
final class VectorRegister {
  /** The species of single precision vectors. */
  static final VectorSpecies<Float> FLOATS =
      FloatVector.SPECIES_PREFERRED.length() <= BLOCK
          ? FloatVector.SPECIES_PREFERRED
          : FloatVector.SPECIES_512;

  /** Numbers in a register: 4, 8 or 16. */
  static final int WIDTH = FLOATS.length();

  private VectorRegister() {}
}
