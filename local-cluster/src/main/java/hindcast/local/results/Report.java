package hindcast.local.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hindcast.avro.Alert;
import hindcast.avro.AuditFinding;
import hindcast.avro.PolicyCheckpoint;
import hindcast.avro.ValueEstimate;
import hindcast.interval.SimultaneousLevel;
import hindcast.local.LocalStartException;
import hindcast.local.gate.VerdictBook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * The report of a run as JSON. Names and order are stable; two runs over the same log differ in
 * {@code throughput} alone.
 *
 * <ul>
 *   <li>{@code log}: format, events (impressions in), outcomes, duplicates, deadLetters by reason,
 *       held
 *   <li>{@code ledgers}: both conservation equations, each with its gap
 *   <li>{@code estimates}: one for each policy, version (0 = whole line), estimator and segment
 *       ({@code *} = all), in the user's unit; null where undefined; truth where known
 *   <li>{@code policies}: every checkpoint with its own and its parent's hash
 *   <li>{@code findings}: what the audit found and still stands; estimates name the critical ones
 *       in {@code unreliable}
 *   <li>{@code verdicts}: the last of each candidate at a gate, as in [gate-verdicts]
 *   <li>{@code alerts}, {@code deterministic}, {@code throughput}
 *   <li>{@code words}: of a replay, the answer and what is said of each policy
 * </ul>
 */
public final class Report {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private Report() {}

  /** The report as a tree. */
  public static ObjectNode of(RunSummary run) {
    ObjectNode report = NODES.objectNode();
    report.set("log", log(run));
    report.set("ledgers", ledgers(run));
    report.set("estimates", estimates(run));
    report.set("policies", policies(run));
    report.set("alerts", alerts(run));
    report.set("findings", findings(run));
    report.set(VerdictBook.FIELD, VerdictBook.json(run.results().verdicts()));
    report.put("deterministic", run.deterministic());
    report.set("throughput", throughput(run));
    return report;
  }

  /** Writes the report at once: a reader sees the old file or the whole new one. */
  public static void write(RunSummary run, Path file) throws IOException {
    write(of(run), file);
  }

  /** Writes any report at once. */
  public static void write(ObjectNode report, Path file) throws IOException {
    Path target = file.toAbsolutePath();
    Path unfinished = Files.createTempFile(target.getParent(), ".report", ".json");
    try {
      Files.writeString(unfinished, text(report));
      Files.move(
          unfinished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  /**
   * Checks before a run that its report can be written after it.
   *
   * @throws LocalStartException if it cannot
   */
  public static void checkWritable(String option, Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || Files.isDirectory(file)) {
      throw new LocalStartException(option + " must name a file: " + file);
    }
    if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
      throw new LocalStartException(option + " cannot be written, no such folder: " + file);
    }
    if (Files.exists(file) && !Files.isWritable(file)) {
      throw new LocalStartException(option + " cannot be written: " + file);
    }
  }

  static String text(RunSummary run) throws JsonProcessingException {
    return text(of(run));
  }

  private static String text(ObjectNode report) throws JsonProcessingException {
    return MAPPER.writeValueAsString(report) + "\n";
  }

  private static ObjectNode log(RunSummary run) {
    ObjectNode log = NODES.objectNode();
    log.put("format", run.format());
    log.put("events", run.impressions().in());
    log.put("outcomes", run.impressions().account("outcomes"));
    log.put("duplicates", run.impressions().duplicates() + run.rewards().duplicates());
    log.set("deadLetters", counts(run.deadLetters()));
    log.put("held", run.impressions().held() + run.rewards().held());
    return log;
  }

  private static ObjectNode ledgers(RunSummary run) {
    ObjectNode ledgers = NODES.objectNode();
    ledgers.set("impressions", ledger(run.impressions(), "outcomes"));
    ObjectNode rewards = ledger(run.rewards(), "joined");
    rewards.put("corrections", run.rewards().account("corrections"));
    ledgers.set("rewards", rewards);
    return ledgers;
  }

  private static ObjectNode ledger(LedgerTotals totals, String success) {
    ObjectNode ledger = NODES.objectNode();
    ledger.put("in", totals.in());
    ledger.put(success, totals.account(success));
    ledger.put("duplicates", totals.duplicates());
    ledger.set("deadLetters", counts(totals.deadLetters()));
    ledger.put("held", totals.held());
    ledger.put("gap", totals.gap());
    return ledger;
  }

  private static ArrayNode estimates(RunSummary run) {
    ArrayNode estimates = NODES.arrayNode();
    for (ValueEstimate estimate : run.results().estimates()) {
      ObjectNode node = estimates.addObject();
      node.put("policy", estimate.getPolicy());
      node.put("version", estimate.getVersion());
      node.put("estimator", estimate.getEstimator());
      ObjectNode parameters = node.putObject("parameters");
      new TreeMap<>(estimate.getParameters())
          .forEach((name, value) -> number(parameters, name, value));
      node.put("segment", estimate.getSegment());
      number(node, "value", estimate.getValue());
      number(node, "standardError", estimate.getStandardError());
      number(node, "lower", estimate.getLower());
      number(node, "upper", estimate.getUpper());
      number(node, "truth", truth(run, estimate));
      if (estimate.getCandidates() > 1) {
        node.put("grid", estimate.getGrid());
        node.put("candidates", estimate.getCandidates());
        node.put("level", new SimultaneousLevel(estimate.getCandidates()).level());
      }
      node.put("n", estimate.getN());
      number(node, "effectiveSampleSize", estimate.getEffectiveSampleSize());
      number(node, "rewardedEffectiveSampleSize", estimate.getRewardedEffectiveSampleSize());
      number(node, "largestWeight", estimate.getLargestWeight());
      number(node, "meanWeight", estimate.getMeanWeight());
      node.put("supported", estimate.getSupported());
      node.put("probabilityBias", estimate.getProbabilityBias());
      number(node, "newItemMass", estimate.getNewItemMass());
      texts(node.putArray("unreliable"), estimate.getUnreliable());
    }
    return estimates;
  }

  private static Double truth(RunSummary run, ValueEstimate estimate) {
    OptionalDouble truth =
        run.truths().of(estimate.getPolicy(), estimate.getVersion(), estimate.getSegment());
    return truth.isPresent() ? truth.getAsDouble() : null;
  }

  private static ArrayNode policies(RunSummary run) {
    ArrayNode policies = NODES.arrayNode();
    for (PolicyCheckpoint checkpoint : run.results().checkpoints()) {
      ObjectNode node = policies.addObject();
      node.put("id", checkpoint.getPolicyId());
      node.put("objective", checkpoint.getObjective());
      node.put("version", checkpoint.getVersion());
      node.put("steps", checkpoint.getStep());
      node.put("sha256", checkpoint.getSha256());
      node.put("parentSha256", checkpoint.getParentSha256());
    }
    return policies;
  }

  private static ArrayNode alerts(RunSummary run) {
    ArrayNode alerts = NODES.arrayNode();
    for (Alert alert : run.results().alerts()) {
      ObjectNode node = alerts.addObject();
      node.put("id", alert.getAlertId());
      node.put("name", alert.getName());
      node.put("policy", alert.getPolicy());
      node.put("version", alert.getVersion());
      node.put("segment", alert.getSegment());
      node.put("n", alert.getN());
      node.put("message", alert.getMessage());
    }
    return alerts;
  }

  private static ArrayNode findings(RunSummary run) {
    ArrayNode findings = NODES.arrayNode();
    for (AuditFinding finding : run.results().findings()) {
      ObjectNode node = findings.addObject();
      node.put("name", finding.getName());
      node.put("severity", finding.getSeverity().name());
      node.put("segment", finding.getSegment());
      node.put("item", finding.getItem());
      node.put("policy", finding.getPolicy());
      node.put("sinceMicros", finding.getSinceMicros());
      node.put("eventTimeMicros", finding.getEventTimeMicros());
      ObjectNode evidence = node.putObject("evidence");
      finding
          .getEvidence()
          .forEach(number -> number(evidence, number.getName(), number.getValue()));
      node.put("meaning", finding.getMeaning());
      texts(node.putArray("causes"), finding.getCauses());
      node.put("action", finding.getAction());
    }
    return findings;
  }

  private static void texts(ArrayNode into, List<String> texts) {
    texts.forEach(into::add);
  }

  private static ObjectNode throughput(RunSummary run) {
    ObjectNode throughput = NODES.objectNode();
    throughput.put("events", run.events());
    throughput.put("seconds", Math.round(run.seconds() * 1000) / 1000.0);
    throughput.put(
        "eventsPerSecond", run.seconds() > 0 ? Math.round(run.events() / run.seconds()) : 0);
    return throughput;
  }

  private static ObjectNode counts(Map<String, Long> counts) {
    ObjectNode node = NODES.objectNode();
    new TreeMap<>(counts).forEach(node::put);
    return node;
  }

  private static void number(ObjectNode node, String name, Double value) {
    if (value == null || !Double.isFinite(value)) {
      node.putNull(name);
    } else {
      node.put(name, value);
    }
  }
}
