package hindcast.local.cluster;

import hindcast.jobs.PipelineMain;
import hindcast.local.LocalStartException;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** How a process of the cluster is started: this JVM's java, its module flags, a class path. */
final class JavaCommand {
  /** What the job jar brings, or a broker needs: not on the class path of Flink's processes. */
  private static final List<String> NOT_FLINK =
      List.of(
          "flink-avro",
          "flink-connector-base",
          "flink-connector-kafka",
          "/org/apache/kafka/",
          "/org/apache/avro/",
          "/org/apache/parquet/",
          "/org/apache/hadoop/",
          "/com/fasterxml/",
          "/info/picocli/",
          "/org/knowm/",
          "/org/hipparchus/",
          "/com/github/jelmerk/",
          "/org/eclipse/collections/");

  private JavaCommand() {}

  /** A process with everything this one has. */
  static List<String> whole(String main, List<String> flags) {
    return command(System.getProperty("java.class.path"), main, flags);
  }

  /** A process as a Flink distribution has it: without Hindcast, Kafka and what the job brings. */
  static List<String> flink(String main, List<String> flags) {
    List<String> kept = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (isFlink(entry)) {
        kept.add(entry);
      }
    }
    return command(String.join(File.pathSeparator, kept), main, flags);
  }

  /** The job jar beside this build. */
  static Path jobJar() {
    Path build;
    try {
      Path jobs =
          Path.of(PipelineMain.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      build = jobs.getParent();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
    try (Stream<Path> files = Files.list(build)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith("-job.jar"))
          .findFirst()
          .orElseThrow(
              () ->
                  new LocalStartException(
                      "there is no job jar in " + build + ": build it with ./mvnw package"));
    } catch (IOException e) {
      throw new LocalStartException("cannot be read: " + build, e);
    }
  }

  private static List<String> command(String classPath, String main, List<String> flags) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(moduleFlags());
    command.addAll(flags);
    command.addAll(List.of("-cp", classPath, main));
    return command;
  }

  private static List<String> moduleFlags() {
    return java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(flag -> flag.startsWith("--add-opens") || flag.startsWith("--add-modules"))
        .toList();
  }

  private static boolean isFlink(String entry) {
    String path = entry.replace(File.separatorChar, '/');
    return path.endsWith(".jar")
        && !path.contains("/target/")
        && !path.contains("/io/hindcast/")
        && NOT_FLINK.stream().noneMatch(path::contains);
  }
}
