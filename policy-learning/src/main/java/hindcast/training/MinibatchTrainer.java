package hindcast.training;

import hindcast.catalogue.CatalogueIndexes;
import hindcast.catalogue.ItemCatalogue;
import hindcast.criterion.PayoffMoments;
import hindcast.feedback.LoggedFeedback;
import hindcast.gradient.GradientReport;
import hindcast.gradient.MinibatchScoreGradient;
import hindcast.numeric.CounterBasedRandom;
import hindcast.objective.Aggregate;
import hindcast.objective.Objective;
import hindcast.objective.ScoredMinibatch;
import hindcast.policy.PolicyParameters;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Learns one policy, a minibatch a step:
 *
 * <pre>
 *   g = Σ_i c_i x_i ⊗ v_i − λ₂ Θ      Θ ← Θ + optimiser(g)
 * </pre>
 *
 * <p>With the initialisation {@code logged:STEPS} the first steps go towards the logging policy
 * instead ({@link LoggingPolicyFit}): weights are near 1 there, and the value is what criteria with
 * a bar begin from. Then the optimiser and its schedule begin anew.
 *
 * <p>Feedback the objective can't use (an unknown item, a field it needs) is counted by reason and
 * left out; the mean runs over the rest. A gradient that is not finite is refused and counted: the
 * parameters and the optimiser stay as they are, bit for bit. Samplers are keyed by (seed, policy
 * id, step, impression id, draw), so a retried step draws the same.
 *
 * <p>The state that {@link #write} writes is complete: half the minibatches, write, read, the other
 * half gives the parameters of all the minibatches, bit for bit. Not safe for use by several
 * threads.
 */
public final class MinibatchTrainer {
  private static final int FORMAT = 2;
  private static final int FORMAT_WITHOUT_GRADIENT = 1;

  private final LearnerSettings settings;
  private final String policyId;
  private final int contextDimension;
  private final int embeddingDimension;
  private final Objective objective;
  private final MinibatchGradient gradients;
  private final MinibatchGradient approach;
  private final ExampleReader examples;
  private final SideInformationSource source;
  private final OptimizerSettings optimizerSettings;
  private Optimizer optimizer;
  private PayoffMoments moments;
  private final double[] theta;
  private final double[] gradient;
  private long steps;
  private long refusedSteps;

  /** A trainer that knows of an event what its feedback holds. */
  public MinibatchTrainer(
      LearnerSettings settings,
      String policyId,
      int contextDimension,
      ItemCatalogue catalogue,
      CatalogueIndexes indexes) {
    this(settings, policyId, contextDimension, catalogue, indexes, SideInformationSource.SEGMENT);
  }

  /**
   * A trainer at its start.
   *
   * @param settings how to learn
   * @param policyId name of the policy
   * @param contextDimension d
   * @param catalogue the items
   * @param indexes the searches over the catalogue; null for indexes of its own
   * @param source what else is known of events
   */
  public MinibatchTrainer(
      LearnerSettings settings,
      String policyId,
      int contextDimension,
      ItemCatalogue catalogue,
      CatalogueIndexes indexes,
      SideInformationSource source) {
    this.settings = settings;
    this.policyId = policyId;
    this.contextDimension = contextDimension;
    this.embeddingDimension = catalogue.dimension();
    this.source = source;
    objective = Objective.of(settings.objective(), settings.objectiveParameters());
    MinibatchScoreGradient scores =
        MinibatchScoreGradient.of(
            settings.gradient(), settings.gradientParameters(), catalogue, indexes);
    gradients = new MinibatchGradient(objective, scores, catalogue.embeddings());
    approach = new MinibatchGradient(LoggingPolicyFit.SCORING, scores, catalogue.embeddings());
    examples =
        new ExampleReader(
            objective, policyId, settings.seed(), contextDimension, catalogue, source);
    int parameters = Math.multiplyExact(contextDimension, embeddingDimension);
    theta = start(parameters);
    gradient = new double[parameters];
    optimizerSettings = OptimizerSettings.parse(settings.optimizer());
    optimizer = optimizerSettings.create(parameters);
    moments = objective instanceof Aggregate aggregate ? aggregate.newMoments() : null;
  }

  private double[] start(int parameters) {
    double[] start = new double[parameters];
    double deviation = settings.initialDeviation();
    if (deviation > 0) {
      long key = CounterBasedRandom.key(settings.seed(), policyId, 0, "initialisation");
      for (int k = 0; k < parameters; k++) {
        start[k] = deviation * CounterBasedRandom.gaussian(key, k);
      }
    }
    return start;
  }

  /** Makes one step. */
  public StepResult step(List<LoggedFeedback> minibatch) {
    Map<String, Long> skipped = new TreeMap<>();
    List<LoggedFeedback> readable = new ArrayList<>(minibatch.size());
    List<Example> events = new ArrayList<>(minibatch.size());
    for (LoggedFeedback feedback : minibatch) {
      if (examples.isReadable(feedback, skipped)) {
        readable.add(feedback);
        Example example = examples.read(feedback, steps, skipped);
        if (example != null) {
          events.add(example);
        }
      }
    }
    StepResult result =
        events.isEmpty() ? new StepResult(false, 0, 0, 0, skipped) : step(events, skipped);
    if (!readable.isEmpty()) {
      source.learn(readable);
    }
    return result;
  }

  private StepResult step(List<Example> events, Map<String, Long> skipped) {
    PayoffMoments before = moments == null ? null : moments.copy();
    double value = computeGradient(events);
    double norm = norm(gradient);
    long begun = approaches() ? 0 : settings.approachSteps();
    double rate = settings.learningRate() * optimizerSettings.schedule().factor(steps - begun + 1);
    boolean finite = Double.isFinite(norm * rate);
    if (finite) {
      clip(norm);
      steps++;
      optimizer.step(theta, gradient, rate);
      if (steps == settings.approachSteps()) {
        optimizer = optimizerSettings.create(theta.length);
      }
    } else {
      refusedSteps++;
      moments = before;
    }
    return new StepResult(
        finite, Double.isFinite(value) ? value : 0, finite ? norm : 0, events.size(), skipped);
  }

  private boolean approaches() {
    return steps < settings.approachSteps();
  }

  private double computeGradient(List<Example> events) {
    MinibatchGradient workspace = approaches() ? approach : gradients;
    ScoredMinibatch batch = workspace.score(events, theta);
    batch.setStep(steps);
    double[] c = new double[events.size()];
    double value = computeCoefficients(batch, c);
    for (int k = 0; k < theta.length; k++) {
      gradient[k] = -settings.l2() * theta[k];
    }
    workspace.add(events, c, gradient);
    return value;
  }

  private double computeCoefficients(ScoredMinibatch batch, double[] c) {
    if (approaches()) {
      return LoggingPolicyFit.coefficients(batch, c);
    }
    if (objective instanceof Aggregate aggregate) {
      aggregate.addTo(moments, batch);
      aggregate.coefficients(batch, moments, c);
    } else {
      objective.coefficients(batch, c);
    }
    return objective.value(batch);
  }

  private void clip(double norm) {
    double clip = optimizerSettings.clip();
    if (norm > clip) {
      for (int k = 0; k < gradient.length; k++) {
        gradient[k] *= clip / norm;
      }
    }
  }

  private static double norm(double[] vector) {
    double sum = 0;
    for (double value : vector) {
      sum += value * value;
    }
    return Math.sqrt(sum);
  }

  /** How it learns. */
  public LearnerSettings settings() {
    return settings;
  }

  /** Name of the policy. */
  public String policyId() {
    return policyId;
  }

  /** A copy of the parameters as they are now. */
  public PolicyParameters parameters() {
    return new PolicyParameters(contextDimension, embeddingDimension, theta.clone());
  }

  /** Steps made. */
  public long steps() {
    return steps;
  }

  /** Steps refused because their gradient was not finite. */
  public long refusedSteps() {
    return refusedSteps;
  }

  /** What the gradient did since this trainer was made. */
  public GradientReport gradientReport() {
    return gradients.scores().report();
  }

  /** Writes the complete state. */
  public void write(DataOutput out) throws IOException {
    out.writeByte(FORMAT);
    out.writeUTF(policyId);
    out.writeUTF(objective.name());
    out.writeLong(settings.seed());
    out.writeLong(steps);
    out.writeLong(refusedSteps);
    Doubles.write(theta, out);
    optimizer.write(out);
    if (moments != null) {
      moments.write(out);
    }
    source.write(out);
    writeGradient(out);
  }

  private void writeGradient(DataOutput out) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    gradients.scores().write(new DataOutputStream(bytes));
    out.writeUTF(settings.gradient());
    out.writeInt(bytes.size());
    out.write(bytes.toByteArray());
  }

  /**
   * Reads what {@link #write} of a trainer with the same settings wrote. The gradient alone may be
   * another: its watch then starts anew.
   */
  public void read(DataInput in) throws IOException {
    int format = in.readByte();
    if (format != FORMAT && format != FORMAT_WITHOUT_GRADIENT) {
      throw new IOException("trainer state must have format " + FORMAT + ": " + format);
    }
    requireSame("policy", policyId, in.readUTF());
    requireSame("objective", objective.name(), in.readUTF());
    requireSame("seed", settings.seed(), in.readLong());
    steps = in.readLong();
    refusedSteps = in.readLong();
    Doubles.read(theta, in);
    optimizer.read(in);
    if (moments != null) {
      moments.read(in);
    }
    source.read(in);
    if (format == FORMAT) {
      readGradient(in);
    }
  }

  private void readGradient(DataInput in) throws IOException {
    boolean same = in.readUTF().equals(settings.gradient());
    byte[] state = new byte[in.readInt()];
    in.readFully(state);
    if (same && state.length > 0) {
      gradients.scores().read(new DataInputStream(new ByteArrayInputStream(state)));
    }
  }

  private static void requireSame(String what, Object mine, Object stored) throws IOException {
    if (!mine.equals(stored)) {
      throw new IOException("trainer state must be of " + what + " " + mine + ": " + stored);
    }
  }
}
