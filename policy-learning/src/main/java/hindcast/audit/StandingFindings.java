package hindcast.audit;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which findings stand, and since when: turns what an audit says at each look into beginnings,
 * changes of severity, and ends. Two findings of a look with the same {@link #id} are one, the more
 * severe.
 */
public final class StandingFindings {
  private static final int FORMAT = 1;

  /**
   * A beginning, a change of severity, or an end.
   *
   * @param finding as it is; as it was before it ended
   * @param sinceMicros event time of the look at which it began, microseconds
   * @param stands false if it has ended
   */
  public record Change(Finding finding, long sinceMicros, boolean stands) {}

  private final TreeMap<String, Change> standing = new TreeMap<>();

  /** {@code name/segment/item/policy}, {@code *} where it concerns none in particular. */
  public static String id(Finding finding) {
    return String.join(
        "/",
        finding.name(),
        orAll(finding.segment()),
        orAll(finding.item()),
        orAll(finding.policy()));
  }

  private static String orAll(String name) {
    return name.isEmpty() ? "*" : name;
  }

  /**
   * What has changed since the look before, by id.
   *
   * @param findings of this look, most severe first
   * @param timeMicros its event time
   */
  public List<Change> update(List<Finding> findings, long timeMicros) {
    Map<String, Finding> now = new TreeMap<>();
    findings.forEach(finding -> now.putIfAbsent(id(finding), finding));
    List<Change> changes = new ArrayList<>();
    now.forEach(
        (id, finding) -> {
          Change before = standing.get(id);
          Change after =
              new Change(finding, before == null ? timeMicros : before.sinceMicros(), true);
          standing.put(id, after);
          if (before == null || before.finding().severity() != finding.severity()) {
            changes.add(after);
          }
        });
    standing
        .entrySet()
        .removeIf(
            entry -> {
              Change last = entry.getValue();
              boolean ended = !now.containsKey(entry.getKey());
              if (ended) {
                changes.add(new Change(last.finding(), last.sinceMicros(), false));
              }
              return ended;
            });
    return changes;
  }

  /** How many critical findings stand. */
  public long critical() {
    return standing.values().stream().filter(change -> change.finding().isCritical()).count();
  }

  /** The policies that critical findings of a kind concern. */
  public Set<String> criticalPolicies(FindingKind kind) {
    return standing.values().stream()
        .map(Change::finding)
        .filter(finding -> finding.kind() == kind && finding.isCritical())
        .map(Finding::policy)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Writes the complete state. */
  public void write(DataOutput out) throws IOException {
    out.writeByte(FORMAT);
    out.writeInt(standing.size());
    for (Change change : standing.values()) {
      Finding finding = change.finding();
      out.writeUTF(finding.kind().name());
      out.writeUTF(finding.severity().name());
      out.writeUTF(finding.segment());
      out.writeUTF(finding.item());
      out.writeUTF(finding.policy());
      out.writeInt(finding.evidence().size());
      for (Map.Entry<String, Double> number : finding.evidence().entrySet()) {
        out.writeUTF(number.getKey());
        out.writeDouble(number.getValue());
      }
      out.writeLong(change.sinceMicros());
    }
  }

  /** Replaces the state by one that {@link #write} wrote. */
  public void read(DataInput in) throws IOException {
    int format = in.readByte();
    if (format != FORMAT) {
      throw new IOException("state of findings must have format " + FORMAT + ": " + format);
    }
    standing.clear();
    for (int k = in.readInt(); k > 0; k--) {
      FindingKind kind = FindingKind.valueOf(in.readUTF());
      Severity severity = Severity.valueOf(in.readUTF());
      String segment = in.readUTF();
      String item = in.readUTF();
      String policy = in.readUTF();
      Map<String, Double> evidence = new LinkedHashMap<>();
      for (int j = in.readInt(); j > 0; j--) {
        evidence.put(in.readUTF(), in.readDouble());
      }
      Finding finding = new Finding(kind, severity, segment, item, policy, evidence);
      standing.put(id(finding), new Change(finding, in.readLong(), true));
    }
  }
}
