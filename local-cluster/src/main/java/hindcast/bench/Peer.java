package hindcast.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hindcast.local.LocalStartException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The same gradients by {@code benchmarks/peer.py} (PyTorch and faiss), on data handed over in a
 * folder. The script is a process of its own; its standard error is passed on.
 */
final class Peer {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String INSTALL =
      "--peer needs Python with torch, faiss and numpy (Debian: apt-get install python3-torch"
          + " python3-faiss libopenblas0-pthread), tried: ";
  private static final int ANSWER_SECONDS = 120;
  private static final int LONGEST_HOURS = 3;

  private final String python;
  private final Path script;
  private final Path cache;

  /** What came back. */
  record Result(String description, List<GradientResult> results) {}

  private Peer(String python, Path script, Path cache) {
    this.python = python;
    this.script = script;
    this.cache = cache;
  }

  /**
   * Finds a Python that can run it.
   *
   * @param python the interpreter; null for the first of python3 and /usr/bin/python3 that can
   * @param cache folder for the index; null for none
   * @throws LocalStartException if none can; it says what to install
   */
  static Peer find(String python, Path cache) {
    Path script = script();
    List<String> candidates =
        python == null ? List.of("python3", "/usr/bin/python3") : List.of(python);
    for (String candidate : candidates) {
      if (canRun(candidate)) {
        return new Peer(candidate, script, cache);
      }
    }
    throw new LocalStartException(INSTALL + String.join(", ", candidates));
  }

  private static Path script() {
    Path folder = Path.of(System.getProperty("hindcast.home", "")).toAbsolutePath();
    for (Path at = folder; at != null; at = at.getParent()) {
      Path script = at.resolve("benchmarks").resolve("peer.py");
      if (Files.isRegularFile(script)) {
        return script;
      }
    }
    throw new LocalStartException("--peer needs benchmarks/peer.py, not found from " + folder);
  }

  private static boolean canRun(String python) {
    try {
      Process process =
          new ProcessBuilder(python, "-c", "import numpy, torch, faiss")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(ANSWER_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return false;
      }
      return process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Hands the data over, runs the script and reads its results. */
  Result run(
      BenchData data,
      List<SessionBatch> batches,
      List<Stage> stages,
      List<List<Map<Reward, double[]>>> exact,
      GradientSettings settings,
      Progress progress) {
    try {
      Path folder = Files.createTempDirectory("hindcast-peer");
      try {
        progress.say("peer: writing its data");
        write(folder, data.items(), batches, stages, exact, settings);
        start(folder);
        return read(MAPPER.readTree(folder.resolve("results.json").toFile()));
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void start(Path folder) throws IOException {
    Process process =
        new ProcessBuilder(python, script.toString(), folder.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      if (!process.waitFor(LONGEST_HOURS, TimeUnit.HOURS) || process.exitValue() != 0) {
        throw new IOException("the peer failed: " + script);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the peer was interrupted", e);
    } finally {
      process.destroyForcibly();
    }
  }

  private void write(
      Path folder,
      ItemVectors items,
      List<SessionBatch> batches,
      List<Stage> stages,
      List<List<Map<Reward, double[]>>> exact,
      GradientSettings settings)
      throws IOException {
    int dimension = items.dimension();
    NpyFile.write(folder.resolve("items.npy"), items.rows(), items.size(), dimension);
    float[] contexts = new float[batches.size() * settings.batchSize() * dimension];
    ObjectNode peer = MAPPER.createObjectNode();
    ArrayNode rewarded = peer.putArray("rewarded");
    int row = 0;
    for (SessionBatch batch : batches) {
      for (int i = 0; i < batch.size(); i++) {
        System.arraycopy(batch.contexts()[i].values(), 0, contexts, dimension * row++, dimension);
        ArrayNode held = rewarded.addArray();
        Arrays.stream(batch.held()[i]).forEach(held::add);
      }
    }
    NpyFile.write(folder.resolve("contexts.npy"), contexts, row, dimension);
    ArrayNode names = peer.putArray("stages");
    for (int s = 0; s < stages.size(); s++) {
      String name = stages.get(s).name();
      names.add(name);
      double[] theta = stages.get(s).theta();
      NpyFile.write(folder.resolve("theta-" + name + ".npy"), theta, dimension, dimension);
      double[] gradients = new double[batches.size() * theta.length];
      for (int m = 0; m < batches.size(); m++) {
        double[] gradient = exact.get(s).get(m).get(Reward.SPARSE);
        System.arraycopy(gradient, 0, gradients, m * theta.length, theta.length);
      }
      NpyFile.write(
          folder.resolve("exact-" + name + ".npy"), gradients, batches.size(), theta.length);
    }
    ArrayNode estimators = peer.putArray("estimators");
    settings.contenders().stream().map(Contender::estimator).distinct().forEach(estimators::add);
    peer.put("batch", settings.batchSize());
    peer.put("rounds", settings.rounds());
    peer.put("samples", 1000);
    peer.put("topK", Math.min(256, items.size()));
    peer.put("epsilon", 0.8);
    if (cache != null) {
      String name =
          "faiss-%s-%d-%d-%d.index"
              .formatted(
                  items.name().replaceAll("[^A-Za-z0-9]+", "-"),
                  items.size(),
                  dimension,
                  settings.seed());
      peer.put("index", cache.resolve(name).toAbsolutePath().toString());
    }
    MAPPER.writeValue(folder.resolve("peer.json").toFile(), peer);
  }

  private static Result read(JsonNode found) {
    List<GradientResult> results = new ArrayList<>();
    for (JsonNode node : found.get("results")) {
      results.add(
          new GradientResult(
              "torch",
              node.get("estimator").asText(),
              node.get("estimator").asText().equals("MIXTURE") ? "as published" : "",
              "torch autograd",
              node.get("stage").asText(),
              Reward.SPARSE,
              new Quantiles(
                  node.get("cpuMsPerMinibatch").asDouble(),
                  node.get("cpuMsPerMinibatchP10").asDouble()),
              node.get("relativeMse").asDouble(),
              node.get("cosine").asDouble(),
              Double.NaN,
              Double.NaN));
    }
    String description =
        "%s, OPENBLAS_CORETYPE=%s (ms of a product by core type: %s), HNSW built in %.0f CPU s"
            .formatted(
                found.get("versions").asText(),
                found.get("coreType").asText(),
                found.get("coreTypesMs"),
                found.get("indexCpuSeconds").asDouble());
    return new Result(description, results);
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
