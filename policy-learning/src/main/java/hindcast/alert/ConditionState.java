package hindcast.alert;

import hindcast.alert.Condition.Contribution;
import hindcast.alert.Condition.Subject;
import hindcast.audit.Severity;
import hindcast.regression.Contributions;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A condition as bytes and back. */
final class ConditionState {
  private ConditionState() {}

  static void write(Condition condition, DataOutput out) throws IOException {
    out.writeUTF(condition.kind().name());
    out.writeUTF(condition.severity().name());
    out.writeUTF(condition.subject().policy());
    out.writeLong(condition.subject().version());
    out.writeUTF(condition.subject().segment());
    out.writeUTF(condition.subject().detail());
    out.writeLong(condition.n());
    out.writeDouble(condition.logEvidence());
    out.writeDouble(condition.threshold());
    out.writeInt(condition.evidence().size());
    for (Map.Entry<String, Double> number : condition.evidence().entrySet()) {
      out.writeUTF(number.getKey());
      out.writeDouble(number.getValue());
    }
    out.writeInt(condition.explanation().size());
    for (Contribution contribution : condition.explanation()) {
      out.writeUTF(contribution.dimension());
      out.writeUTF(contribution.part().name());
      out.writeLong(contribution.part().n());
      out.writeDouble(contribution.part().share());
    }
    out.writeUTF(condition.message());
  }

  static Condition read(DataInput in) throws IOException {
    AlertKind kind = AlertKind.valueOf(in.readUTF());
    Severity severity = Severity.valueOf(in.readUTF());
    Subject subject = new Subject(in.readUTF(), in.readLong(), in.readUTF(), in.readUTF());
    long n = in.readLong();
    double logEvidence = in.readDouble();
    double threshold = in.readDouble();
    Map<String, Double> evidence = new LinkedHashMap<>();
    for (int k = in.readInt(); k > 0; k--) {
      evidence.put(in.readUTF(), in.readDouble());
    }
    List<Contribution> explanation = new ArrayList<>();
    for (int k = in.readInt(); k > 0; k--) {
      explanation.add(
          new Contribution(
              in.readUTF(), new Contributions.Part(in.readUTF(), in.readLong(), in.readDouble())));
    }
    return new Condition(
        kind, severity, subject, n, logEvidence, threshold, evidence, explanation, in.readUTF());
  }
}
