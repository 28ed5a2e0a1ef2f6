package hindcast.gradient;

/** The statistics of a weighted sample with a logged item. */
record ListStatistics(SampledSoftmax sample) implements SoftmaxStatistics {
  @Override
  public double logProbability() {
    return sample.logProbability();
  }

  @Override
  public double logZ() {
    return sample.items().logZ();
  }

  @Override
  public double entropy() {
    return sample.items().entropy();
  }

  @Override
  public void direction(double[] out) {
    sample.direction(out);
  }

  @Override
  public double covariance(ItemFunction q, double[] out) {
    return sample.items().covariance(q, out);
  }
}
