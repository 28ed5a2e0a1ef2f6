package hindcast.jobs.learning;

import hindcast.avro.CatalogueManifest;
import hindcast.avro.Feedback;
import hindcast.avro.PolicyCheckpoint;
import hindcast.connectors.avro.AvroMapping;
import hindcast.connectors.checkpoint.PolicyCheckpointCodec;
import hindcast.connectors.checkpoint.PolicyCheckpointContent;
import hindcast.feedback.LoggedFeedback;
import hindcast.gradient.GradientReport;
import hindcast.jobs.state.StateBytes;
import hindcast.policy.PolicyParameters;
import hindcast.training.MinibatchTrainer;
import hindcast.training.StepResult;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.util.Collector;

/**
 * One policy in training: its trainer, and the line of its checkpoints (version, own and parent
 * hash, data cut). What it writes is its complete state: a learner that reads it goes on bit for
 * bit. One that reads the state of another embedding space begins training anew, since the old
 * parameters mean nothing there; versions and their hashes stay one line.
 *
 * <p>Rolled back, it has the parameters and the optimiser state of an earlier version, bit for bit,
 * and goes on from there: the parent of its next checkpoint is that version, the number of it one
 * above the newest there ever was, its data cut after the rollback. Steps since the last checkpoint
 * are forgotten.
 */
final class Learner {
  private static final int FORMAT = 3;
  private static final long NONE = -1;

  private final LearnerSpec spec;
  private final CatalogueManifest manifest;
  private final MinibatchTrainer trainer;
  private final PolicyCheckpointCodec codec;
  private final Map<String, Long> skipped = new TreeMap<>();
  private long version;
  private String sha256 = "";
  private long checkpointedStep;
  private long dataCutMicros = Long.MIN_VALUE;
  private long trainedOnMicros;
  private long restarts;
  private double gradientNorm;
  private long rolledBackTo = NONE;

  Learner(
      LearnerSpec spec,
      CatalogueManifest manifest,
      MinibatchTrainer trainer,
      PolicyCheckpointCodec codec) {
    this.spec = spec;
    this.manifest = manifest;
    this.trainer = trainer;
    this.codec = codec;
  }

  /** Makes one step on a minibatch in order, and a checkpoint if one is due. */
  void train(List<Feedback> minibatch, Collector<PolicyCheckpoint> out) throws IOException {
    List<LoggedFeedback> feedback = minibatch.stream().map(AvroMapping::feedback).toList();
    StepResult result = trainer.step(feedback);
    result.skipped().forEach((reason, count) -> skipped.merge(reason, count, Long::sum));
    gradientNorm = result.gradientNorm();
    trainedOnMicros = minibatch.get(0).getEventTimeMicros();
    dataCutMicros =
        Math.max(dataCutMicros, minibatch.get(minibatch.size() - 1).getEventTimeMicros() + 1);
    if (trainer.steps() - checkpointedStep >= spec.checkpointEvery()) {
      out.collect(checkpoint());
    }
  }

  /** Makes a checkpoint of what was trained since the last one, if anything was. */
  void finish(Collector<PolicyCheckpoint> out) throws IOException {
    if (trainer.steps() > checkpointedStep) {
      out.collect(checkpoint());
    }
  }

  private PolicyCheckpoint checkpoint() throws IOException {
    version++;
    PolicyCheckpoint checkpoint =
        codec.write(
            new PolicyCheckpointContent(
                spec.id(),
                version,
                sha256,
                spec.objective(),
                trainer.steps(),
                dataCutMicros,
                manifest.getVersion(),
                manifest.getEmbeddingSpace(),
                spec.toMap(),
                trainer.parameters(),
                StateBytes.write(trainer::write)),
            rolledBackTo == NONE ? null : rolledBackTo);
    sha256 = checkpoint.getSha256();
    rolledBackTo = NONE;
    checkpointedStep = trainer.steps();
    return checkpoint;
  }

  /** The catalogue it trains on. */
  CatalogueManifest manifest() {
    return manifest;
  }

  /** Time of the first event of the last minibatch; 0 before the first. */
  long trainedOnMicros() {
    return trainedOnMicros;
  }

  /** A copy of the parameters as they are now. */
  PolicyParameters parameters() {
    return trainer.parameters();
  }

  long version() {
    return version;
  }

  long steps() {
    return trainer.steps();
  }

  /** Steps refused because their gradient was not finite. */
  long refusedSteps() {
    return trainer.refusedSteps();
  }

  /** How often training began anew because a catalogue came with another embedding space. */
  long restarts() {
    return restarts;
  }

  /** What the gradient did since the learner was made. */
  GradientReport gradient() {
    return trainer.gradientReport();
  }

  double gradientNorm() {
    return gradientNorm;
  }

  Map<String, Long> skipped() {
    return skipped;
  }

  /** d of the learner that wrote this state. */
  static int contextDimension(byte[] state) throws IOException {
    return StateBytes.parse(
        state,
        in -> {
          StateBytes.requireFormat(FORMAT, in.readByte(), "learner");
          return in.readInt();
        });
  }

  /** Time of the first event of the last minibatch of the learner that wrote this state. */
  static long trainedOnMicros(byte[] state) throws IOException {
    return StateBytes.parse(
        state,
        in -> {
          StateBytes.requireFormat(FORMAT, in.readByte(), "learner");
          in.readInt();
          return in.readLong();
        });
  }

  void write(DataOutput out) throws IOException {
    out.writeByte(FORMAT);
    out.writeInt(trainer.parameters().contextDimension());
    out.writeLong(trainedOnMicros);
    out.writeUTF(manifest.getEmbeddingSpace());
    writeLine(out);
    trainer.write(out);
  }

  /**
   * Writes the state of this learner rolled back to one of its versions.
   *
   * @param sha256 hash of the version
   * @param effectiveMicros event time of the rollback
   */
  void writeRolledBack(
      PolicyCheckpointContent content, String sha256, long effectiveMicros, DataOutput out)
      throws IOException {
    rolledBackTo = content.version() < version ? content.version() : NONE;
    version = Math.max(version, content.version());
    this.sha256 = sha256;
    checkpointedStep = content.step();
    dataCutMicros = Math.max(dataCutMicros, effectiveMicros + 1);
    out.writeByte(FORMAT);
    out.writeInt(content.parameters().contextDimension());
    out.writeLong(trainedOnMicros);
    out.writeUTF(content.embeddingSpace());
    writeLine(out);
    out.write(content.trainerState());
  }

  private void writeLine(DataOutput out) throws IOException {
    out.writeLong(restarts);
    out.writeLong(version);
    out.writeUTF(sha256);
    out.writeLong(checkpointedStep);
    out.writeLong(dataCutMicros);
    out.writeLong(rolledBackTo);
    out.writeDouble(gradientNorm);
    out.writeInt(skipped.size());
    for (Map.Entry<String, Long> entry : skipped.entrySet()) {
      out.writeUTF(entry.getKey());
      out.writeLong(entry.getValue());
    }
  }

  void read(DataInput in) throws IOException {
    StateBytes.requireFormat(FORMAT, in.readByte(), "learner");
    in.readInt();
    trainedOnMicros = in.readLong();
    boolean sameSpace = in.readUTF().equals(manifest.getEmbeddingSpace());
    restarts = in.readLong();
    version = in.readLong();
    sha256 = in.readUTF();
    checkpointedStep = in.readLong();
    dataCutMicros = in.readLong();
    rolledBackTo = in.readLong();
    gradientNorm = in.readDouble();
    skipped.clear();
    for (int k = in.readInt(); k > 0; k--) {
      skipped.put(in.readUTF(), in.readLong());
    }
    if (sameSpace) {
      trainer.read(in);
    } else {
      checkpointedStep = 0;
      restarts++;
    }
  }
}
