package hindcast.numeric;

/** The one choice between vector and scalar kernels, made when it is first asked for. */
final class FastestKernels {
  static final MinibatchKernels INSTANCE = new ScalarKernels();

  private FastestKernels() {}
}
