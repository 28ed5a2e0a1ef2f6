package hindcast.numeric;

/**
 * The one choice between vector and scalar kernels, made when it is first asked for: vector kernels
 * where the boot layer has the Vector API's module. Without it no class that mentions the API is
 * loaded.
 */
final class FastestKernels {
  private static final String MODULE = "jdk.incubator.vector";
  private static final String VECTOR_KERNELS = "hindcast.numeric.VectorKernels";

  static final MinibatchKernels INSTANCE =
      ModuleLayer.boot().findModule(MODULE).isPresent() ? vector() : new ScalarKernels();

  private FastestKernels() {}

  private static MinibatchKernels vector() {
    try {
      return Class.forName(VECTOR_KERNELS)
          .asSubclass(MinibatchKernels.class)
          .getDeclaredConstructor()
          .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("vector kernels are missing from this build", e);
    }
  }
}
