package hindcast.local.certificate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hindcast.local.results.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a run is made of, as JSON: its inputs with their hashes, its configuration (but for
 * parallelism) and the hash of the code. Kept beside the state of a run that may be taken up again.
 */
public final class RunOrigin {
  private static final String CODE = "code";

  private final ObjectNode tree;

  private RunOrigin(ObjectNode tree) {
    this.tree = tree;
  }

  /** What a run with the running code is made of. */
  public static RunOrigin of(Certificate.Origin origin) {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.set(Section.INPUTS.key(), Certificate.inputs(origin.inputs()));
    tree.set(Section.CONFIGURATION.key(), Certificate.configuration(origin.config()));
    tree.putObject(CODE).put("classesSha256", CodeVersion.running().classesSha256());
    return new RunOrigin(tree);
  }

  /** What a file says; empty if there is none, or none that was written whole. */
  public static Optional<RunOrigin> read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      JsonNode json = new ObjectMapper().readTree(Files.readString(file));
      return json instanceof ObjectNode tree ? Optional.of(new RunOrigin(tree)) : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** Writes it at once: a reader sees the old file or the whole new one. */
  public void write(Path file) throws IOException {
    Report.write(tree, file);
  }

  /**
   * Where another run is made of something else, {@code part entry: field before, now}.
   *
   * @param now the other run
   * @param where what {@code this} stands in, in two or three words
   */
  public List<String> differences(RunOrigin now, String where) {
    List<String> found = new ArrayList<>();
    for (String part : List.of(Section.INPUTS.key(), Section.CONFIGURATION.key(), CODE)) {
      Comparison.differences(tree.path(part), now.tree.path(part), where)
          .forEach(line -> found.add(part + " " + line));
    }
    return found;
  }
}
