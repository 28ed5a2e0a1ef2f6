package hindcast.local.certificate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hindcast.avro.ValueWindow;
import hindcast.jobs.config.ConfigValues;
import hindcast.jobs.config.PipelineConfig;
import hindcast.local.LocalStartException;
import hindcast.local.results.Report;
import hindcast.local.results.RunSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;

/**
 * What a replay was made of and what came of it, as JSON.
 *
 * <ul>
 *   <li>{@code command}: the arguments after {@code hindcast}, as given
 *   <li>{@code parts}: the {@link Section}s, which are compared: each with its {@code order} (how
 *       it depends on the order of events), {@code sha256} over its entries, and the entries
 *   <li>{@code environment}: version of the code, hash of its classes, Java, parallelism; said when
 *       it differs, never a difference by itself
 *   <li>{@code deterministic}: whether nothing came late
 *   <li>{@code seal}: SHA-256 over all of this; a file whose seal is broken is refused
 * </ul>
 */
public final class Certificate {
  private static final String SEAL = "seal";
  private static final String PARTS = "parts";
  private static final String COMMAND = "command";
  private static final String ENVIRONMENT = "environment";

  /** Settings that say how and where a run computes, not what. */
  private static final List<String> UNCOMPARED = List.of("job.parallelism");

  private final ObjectNode tree;

  private Certificate(ObjectNode tree) {
    this.tree = tree;
  }

  /**
   * What a run is made of.
   *
   * @param command the arguments after {@code hindcast}
   * @param inputs every file it reads
   * @param config its effective configuration
   */
  public record Origin(List<String> command, List<InputFile> inputs, PipelineConfig config) {}

  /** The certificate of a run that has ended. */
  public static Certificate of(Origin origin, RunSummary run, List<ValueWindow> windows) {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    origin.command().forEach(tree.putArray(COMMAND)::add);
    ObjectNode parts = tree.putObject(PARTS);
    put(parts, Section.INPUTS, inputs(origin.inputs()));
    put(parts, Section.CONFIGURATION, configuration(origin.config()));
    put(parts, Section.LEDGERS, ResultEntries.ledgers(run.impressions(), run.rewards()));
    put(parts, Section.LEARNED, ResultEntries.learned(run.results()));
    put(parts, Section.ESTIMATES, ResultEntries.estimates(run.results()));
    put(parts, Section.WINDOWS, ResultEntries.windows(windows));
    put(parts, Section.VERDICTS, ResultEntries.verdicts(run.results()));
    put(parts, Section.FINDINGS, ResultEntries.findings(run.results()));
    tree.put("deterministic", run.deterministic());
    environment(tree.putObject(ENVIRONMENT), origin.config());
    tree.put(SEAL, Canonical.sha256(tree));
    return new Certificate(tree);
  }

  /**
   * Reads a file.
   *
   * @throws LocalStartException if it cannot be read, is no certificate, or was changed since
   */
  public static Certificate read(Path file) {
    JsonNode json;
    try {
      json = new ObjectMapper().readTree(Files.readString(file));
    } catch (JsonProcessingException e) {
      throw new LocalStartException("--verify: not a certificate, no JSON: " + file, e);
    } catch (IOException e) {
      throw new LocalStartException("--verify: the certificate cannot be read: " + file, e);
    }
    if (!(json instanceof ObjectNode tree)
        || !tree.path(COMMAND).isArray()
        || !tree.path(PARTS).isObject()
        || !tree.path(SEAL).isTextual()) {
      throw new LocalStartException("--verify: not a certificate that replay wrote: " + file);
    }
    ObjectNode content = tree.deepCopy();
    content.remove(SEAL);
    if (!Canonical.sha256(content).equals(tree.path(SEAL).textValue())) {
      throw new LocalStartException(
          "--verify: the certificate was changed after it was written, its seal is broken: "
              + file);
    }
    return new Certificate(tree);
  }

  /** Writes it at once: a reader sees the old file or the whole new one. */
  public void write(Path file) throws IOException {
    Report.write(tree, file);
  }

  /** The arguments after {@code hindcast}. */
  public List<String> command() {
    List<String> arguments = new ArrayList<>();
    tree.path(COMMAND).forEach(argument -> arguments.add(argument.asText()));
    return arguments;
  }

  /** The entries of one part. */
  public JsonNode entries(Section section) {
    return tree.path(PARTS).path(section.key()).path("entries");
  }

  /** The SHA-256 of one part, in hex. */
  public String sha256(Section section) {
    return tree.path(PARTS).path(section.key()).path("sha256").asText();
  }

  /** How one part depends on the order of events. */
  public String order(Section section) {
    return tree.path(PARTS).path(section.key()).path("order").asText();
  }

  /** Where it was computed: name to value. */
  public JsonNode environment() {
    return tree.path(ENVIRONMENT);
  }

  /** Entries of the inputs, {@code role path}. */
  static ObjectNode inputs(List<InputFile> inputs) {
    ObjectNode entries = JsonNodeFactory.instance.objectNode();
    for (InputFile input : inputs) {
      entries
          .putObject(input.role() + " " + input.path())
          .put("sha256", input.sha256())
          .put("bytes", input.bytes());
    }
    return entries;
  }

  /** Entries of the configuration: key to value. */
  static ObjectNode configuration(PipelineConfig config) {
    NavigableMap<String, String> values = ConfigValues.of(config);
    UNCOMPARED.forEach(values::remove);
    ObjectNode entries = JsonNodeFactory.instance.objectNode();
    values.forEach(entries::put);
    return entries;
  }

  private static void environment(ObjectNode node, PipelineConfig config) {
    CodeVersion code = CodeVersion.running();
    node.put("version", code.version());
    node.put("classesSha256", code.classesSha256());
    node.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
    node.put("architecture", System.getProperty("os.arch"));
    node.put("vectorApi", ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent());
    node.put("parallelism", config.job().parallelism());
  }

  private static void put(ObjectNode parts, Section section, ObjectNode entries) {
    ObjectNode part = parts.putObject(section.key());
    part.put("order", section.order());
    part.put("sha256", Canonical.sha256(entries));
    part.set("entries", entries);
  }
}
