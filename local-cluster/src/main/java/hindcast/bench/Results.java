package hindcast.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hindcast.connectors.FileHash;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The parts every benchmark's JSON has; numbers that are not known are null. */
final class Results {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private Results() {}

  /** What ran, where. */
  static ObjectNode header(String benchmark, String data, int size, int dimension, long seed) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("benchmark", benchmark);
    node.put("data", data);
    node.put("items", size);
    node.put("dimension", dimension);
    node.put("seed", seed);
    ObjectNode machine = node.putObject("machine");
    machine.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
    machine.put("arch", System.getProperty("os.arch"));
    machine.put("processors", Runtime.getRuntime().availableProcessors());
    number(
        machine,
        "loadAverage",
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    return node;
  }

  static void builds(ObjectNode node, List<BuildTime> builds) {
    ArrayNode array = node.putArray("builds");
    for (BuildTime build : builds) {
      ObjectNode entry = array.addObject();
      entry.put("index", build.name());
      number(entry, "cpuSeconds", build.cpuSeconds());
      number(entry, "seconds", build.seconds());
      entry.put("bytes", build.bytes());
      entry.put("cached", build.cached());
    }
  }

  static void limits(ObjectNode node, MachineLimits limits) {
    ObjectNode entry = node.putObject("limits");
    entry.put("kernels", limits.kernels());
    number(entry, "fmaPeakGflops", limits.fmaPeakGflops());
    ObjectNode reads = entry.putObject("sequentialReadGigabytesPerSecond");
    limits
        .sequentialReadGigabytes()
        .forEach((megabytes, speed) -> number(reads, megabytes + "MB", speed));
    number(entry, "randomRowDotNanos", limits.randomRowDotNanos());
    number(entry, "gemmCachedGflops", limits.gemmCachedGflops());
    number(entry, "gemmStreamingGflops", limits.gemmStreamingGflops());
    number(entry, "gemmCachedShareOfPeak", limits.gemmCachedGflops() / limits.fmaPeakGflops());
    number(
        entry, "gemmStreamingShareOfPeak", limits.gemmStreamingGflops() / limits.fmaPeakGflops());
  }

  static void number(ObjectNode node, String name, double value) {
    if (Double.isFinite(value)) {
      node.put(name, value);
    } else {
      node.putNull(name);
    }
  }

  /** Writes the file whole or not at all. */
  static void write(ObjectNode node, Path file) throws IOException {
    String text = MAPPER.writeValueAsString(node) + "\n";
    FileHash.writeAtomically(
        file.toAbsolutePath(), out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }
}
