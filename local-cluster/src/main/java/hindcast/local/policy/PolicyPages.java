package hindcast.local.policy;

import hindcast.avro.ControlEvidence;
import hindcast.avro.PolicyCheckpoint;
import hindcast.avro.PolicyControl;
import hindcast.avro.ValueEstimate;
import hindcast.connectors.avro.ControlMapping;
import hindcast.connectors.checkpoint.PolicyCheckpointCodec;
import hindcast.control.PolicyVersion;
import hindcast.local.LocalStartException;
import hindcast.local.gate.DeployedLine;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Versions of policies as lines for a person. */
public final class PolicyPages {
  private static final int HASH = 12;

  private final PolicyBook book;

  /** Pages of a book. */
  public PolicyPages(PolicyBook book) {
    this.book = book;
  }

  /**
   * One line for each version.
   *
   * @param line only this line; null for all
   * @param all also versions that were never evaluated
   */
  public List<String> list(String line, boolean all) {
    List<String> lines = new ArrayList<>();
    lines.add(
        row("policy", "version", "cut", "sha256", "parent", "step", "estimate (95 %)", "state"));
    book.versions()
        .forEach(
            (name, versions) -> {
              if (line == null || line.equals(name)) {
                versions.values().stream()
                    .filter(one -> all || isShown(one, versions.lastKey()))
                    .map(this::row)
                    .forEach(lines::add);
              }
            });
    PolicyVersion deployed = book.deployment().deployed();
    lines.add("deployed: " + (deployed == null ? "nothing yet" : deployed));
    if (!book.broken().isEmpty()) {
      lines.add("THE CHAIN OF HASHES IS BROKEN: " + book.broken());
    }
    return lines;
  }

  private boolean isShown(PolicyCheckpoint one, long newest) {
    return one.getVersion() == newest
        || !book.state(one.getPolicyId(), one.getVersion()).startsWith("not evaluated");
  }

  private String row(PolicyCheckpoint one) {
    PolicyVersion version = new PolicyVersion(one.getPolicyId(), one.getVersion());
    return row(
        one.getPolicyId(),
        Long.toString(one.getVersion()),
        time(one.getDataCutMicros()),
        hash(one.getSha256()),
        hash(one.getParentSha256()),
        Long.toString(one.getStep()),
        book.estimate(version).map(PolicyPages::value).orElse("-"),
        book.state(one.getPolicyId(), one.getVersion()));
  }

  private static String row(String... cells) {
    return "%-14s %7s  %-24s %-12s %-12s %8s  %-28s %s".formatted((Object[]) cells).stripTrailing();
  }

  /** Everything about a version. */
  public List<String> show(PolicyVersion version) {
    List<String> lines = new ArrayList<>();
    PolicyCheckpoint one = book.checkpoint(version);
    lines.add(version + ": " + book.state(version.line(), version.version()));
    if (one != null) {
      lines.add("cut         " + time(one.getDataCutMicros()));
      lines.add("step        " + one.getStep());
      lines.add("sha256      " + one.getSha256());
      lines.add("parent      " + (one.getParentSha256().isEmpty() ? "-" : one.getParentSha256()));
      if (one.getRolledBackTo() != null) {
        lines.add(
            "descends    from version %d: versions %d to %d were left by a rollback"
                .formatted(one.getRolledBackTo(), one.getRolledBackTo() + 1, one.getVersion() - 1));
      }
      lines.add("catalogue   " + one.getCatalogueVersion() + " in " + one.getEmbeddingSpace());
      one.getConfiguration().entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(entry -> lines.add("  " + entry.getKey() + ": " + entry.getValue()));
    }
    lines.add("estimates");
    for (String name : book.namesOf(version.line())) {
      for (ValueEstimate estimate : book.estimates(new PolicyVersion(name, version.version()))) {
        lines.add("  " + describe(ControlMapping.evidence(estimate)));
      }
      book.estimate(new PolicyVersion(name, version.version()))
          .map(ValueEstimate::getDifferenceToDeployed)
          .ifPresent(difference -> lines.add("  " + name + ": " + DeployedLine.of(difference)));
    }
    lines.addAll(trail(version));
    return lines;
  }

  /** Who asked for what, when, why and on what evidence, of a whole line. */
  public List<String> trail(PolicyVersion version) {
    List<String> lines = new ArrayList<>();
    lines.add("commands");
    for (PolicyControl control : book.controls()) {
      String line = control.getPolicy().split("/", 2)[0];
      if (!line.equals(version.line())) {
        continue;
      }
      lines.add(
          "  %s %s version %d from %s, asked by %s: %s (%s)"
              .formatted(
                  control.getCommand(),
                  control.getPolicy(),
                  control.getVersion(),
                  time(control.getEffectiveTimeMicros()),
                  control.getRequestedBy(),
                  control.getReason().isBlank() ? "no reason given" : control.getReason(),
                  control.getCommandId()));
      if (control.getEvidence() != null) {
        lines.add("    on " + describe(control.getEvidence()));
      }
    }
    return lines;
  }

  /** What differs between two versions of a line. */
  public List<String> diff(PolicyVersion one, PolicyVersion other) {
    PolicyCheckpoint first = book.checkpoint(one);
    PolicyCheckpoint second = book.checkpoint(other);
    if (first == null || second == null) {
      throw new LocalStartException(one.line() + " has no versions to compare");
    }
    List<String> lines = new ArrayList<>();
    lines.add(one + " and " + other);
    lines.add(
        "cut         " + time(first.getDataCutMicros()) + "  " + time(second.getDataCutMicros()));
    lines.add("step        " + first.getStep() + "  " + second.getStep());
    TreeSet<String> keys = new TreeSet<>(first.getConfiguration().keySet());
    keys.addAll(second.getConfiguration().keySet());
    for (String key : keys) {
      String before = first.getConfiguration().getOrDefault(key, "-");
      String after = second.getConfiguration().getOrDefault(key, "-");
      if (!before.equals(after)) {
        lines.add("  " + key + ": " + before + "  " + after);
      }
    }
    lines.add(norms(first, second));
    for (String name : book.namesOf(one.line())) {
      lines.addAll(differences(name, one.version(), other.version()));
    }
    return lines;
  }

  private static String norms(PolicyCheckpoint first, PolicyCheckpoint second) {
    try {
      double[] a = PolicyCheckpointCodec.read(first).parameters().theta();
      double[] b = PolicyCheckpointCodec.read(second).parameters().theta();
      if (a.length != b.length) {
        return "parameters  %d and %d numbers".formatted(a.length, b.length);
      }
      double normA = 0;
      double normB = 0;
      double norm = 0;
      for (int k = 0; k < a.length; k++) {
        normA += a[k] * a[k];
        normB += b[k] * b[k];
        norm += (b[k] - a[k]) * (b[k] - a[k]);
      }
      return "parameters  norm %.5g  %.5g, of the difference %.5g"
          .formatted(Math.sqrt(normA), Math.sqrt(normB), Math.sqrt(norm));
    } catch (IOException e) {
      throw new LocalStartException(e.getMessage(), e);
    }
  }

  private List<String> differences(String name, long one, long other) {
    List<String> lines = new ArrayList<>();
    for (ValueEstimate a : book.estimates(new PolicyVersion(name, one))) {
      for (ValueEstimate b : book.estimates(new PolicyVersion(name, other))) {
        boolean same =
            a.getEstimator().equals(b.getEstimator())
                && a.getParameters().equals(b.getParameters());
        if (same && a.getValue() != null && b.getValue() != null) {
          lines.add(
              "%-20s %-8s %s  %s, difference %+.5g (each over its own outcomes: n %,d and %,d)"
                  .formatted(
                      name,
                      a.getEstimator(),
                      value(a),
                      value(b),
                      b.getValue() - a.getValue(),
                      a.getN(),
                      b.getN()));
        }
      }
    }
    return lines;
  }

  private static String describe(ControlEvidence evidence) {
    return "%s version %d %s %s at %s, n %,d, ESS %,.0f%s"
        .formatted(
            evidence.getPolicy(),
            evidence.getVersion(),
            evidence.getEstimator(),
            value(evidence.getValue(), evidence.getLower(), evidence.getUpper()),
            time(evidence.getEventTimeMicros()),
            evidence.getN(),
            evidence.getEffectiveSampleSize(),
            evidence.getUnreliable().isEmpty() ? "" : ", unreliable: " + evidence.getUnreliable());
  }

  private static String value(ValueEstimate estimate) {
    return value(estimate.getValue(), estimate.getLower(), estimate.getUpper());
  }

  private static String value(Double value, Double lower, Double upper) {
    if (value == null) {
      return "undefined";
    }
    return lower == null || upper == null
        ? "%.4g no interval".formatted(value)
        : "%.4g [%.4g, %.4g]".formatted(value, lower, upper);
  }

  private static String hash(String sha256) {
    return sha256.isEmpty() ? "-" : sha256.substring(0, Math.min(HASH, sha256.length()));
  }

  /** An event time for people. */
  public static String time(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
