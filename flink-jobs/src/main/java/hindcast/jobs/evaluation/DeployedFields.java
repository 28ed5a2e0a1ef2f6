package hindcast.jobs.evaluation;

import hindcast.avro.DifferenceToDeployed;
import hindcast.avro.GateVerdict;
import hindcast.avro.ValueEstimate;
import hindcast.avro.internal.ScoredBlock;
import hindcast.control.PolicyVersion;
import hindcast.estimator.PointEstimate;
import hindcast.estimator.SupportRule;
import hindcast.evaluation.DeployedBlock;
import hindcast.evaluation.DeployedComparisons;
import hindcast.evaluation.DeployedDifference;
import hindcast.feedback.RewardRange;
import hindcast.interval.Interval;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * The comparisons with what is deployed, from blocks of weights, and what records say of them in
 * the user's unit. A closed version is remembered while it can be corrected.
 */
final class DeployedFields {
  private static final double SEQUENCE_ALPHA = 0.05;

  private final RewardRange range;
  private final SupportRule support;
  private final long rememberMillis;
  private final DeployedComparisons comparisons = new DeployedComparisons(SEQUENCE_ALPHA);

  DeployedFields(EvaluationSettings settings) {
    range = settings.rewardRange();
    support =
        new SupportRule(
            settings.minimumRewardedEffectiveSampleSize(), settings.maximumEventShare());
    rememberMillis = settings.correctionHorizonMillis();
  }

  /** Adds the blocks of one event time, in any order. */
  void add(List<ScoredBlock> scored, long timeMillis) {
    TreeMap<Long, DeployedBlock> deployed = new TreeMap<>();
    TreeMap<Long, TreeMap<PolicyVersion, double[]>> weights = new TreeMap<>();
    for (ScoredBlock block : scored) {
      PolicyVersion version = new PolicyVersion(block.getPolicy(), block.getVersion());
      if (block.getClosed()) {
        comparisons.close(version, timeMillis);
        continue;
      }
      double[] ofVersion = array(block.getWeights());
      weights.computeIfAbsent(block.getNumber(), k -> new TreeMap<>()).put(version, ofVersion);
      if (!block.getDeployment().isEmpty()) {
        deployed.put(block.getNumber(), deployedBlock(block, version, ofVersion));
      }
    }
    deployed.forEach(
        (number, block) ->
            weights
                .get(number)
                .forEach((version, ofVersion) -> comparisons.add(block, version, ofVersion)));
  }

  private static DeployedBlock deployedBlock(
      ScoredBlock block, PolicyVersion version, double[] weights) {
    return new DeployedBlock(
        version,
        block.getDeployment(),
        weights,
        array(block.getRewards()),
        array(block.getUncertainties()));
  }

  private static double[] array(List<Double> numbers) {
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** Forgets what was closed too long ago to be corrected. */
  void forget(long timeMillis) {
    comparisons.forgetClosedBefore(timeMillis - rememberMillis);
  }

  /** Number of compared versions. */
  int size() {
    return comparisons.size();
  }

  /** Sets what an estimate says of its version. */
  void set(ValueEstimate estimate) {
    estimate.setDifferenceToDeployed(of(estimate.getPolicy(), estimate.getVersion()));
  }

  /** Sets what a verdict says of its candidate. */
  void set(GateVerdict verdict) {
    verdict.setDifferenceToDeployed(of(verdict.getPolicy(), verdict.getVersion()));
  }

  private DifferenceToDeployed of(String policy, long version) {
    return comparisons.of(new PolicyVersion(policy, version)).map(this::record).orElse(null);
  }

  private DifferenceToDeployed record(DeployedComparisons.Comparison comparison) {
    DeployedDifference difference = comparison.difference();
    PointEstimate estimate = difference.estimate();
    Optional<Interval> interval = difference.interval(support);
    Optional<Interval> sequence = difference.sequence();
    return DifferenceToDeployed.newBuilder()
        .setPolicy(comparison.deployed().policy())
        .setVersion(comparison.deployed().version())
        .setN(difference.n())
        .setValue(scaled(estimate.value()))
        .setStandardError(scaled(estimate.standardError()))
        .setLower(interval.map(ends -> ends.lower() * range.scale()).orElse(null))
        .setUpper(interval.map(ends -> ends.upper() * range.scale()).orElse(null))
        .setSequenceLower(sequence.map(ends -> ends.lower() * range.scale()).orElse(null))
        .setSequenceUpper(sequence.map(ends -> ends.upper() * range.scale()).orElse(null))
        .build();
  }

  private Double scaled(OptionalDouble x) {
    return x.isPresent() ? x.getAsDouble() * range.scale() : null;
  }

  void write(DataOutput out) throws IOException {
    comparisons.write(out);
  }

  void read(DataInput in) throws IOException {
    comparisons.read(in);
  }
}
