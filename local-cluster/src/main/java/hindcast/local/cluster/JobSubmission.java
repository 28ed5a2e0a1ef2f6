package hindcast.local.cluster;

import hindcast.local.LocalStartException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.api.common.JobID;

/** The job jar, submitted with Flink's own client as users do: {@code flink run -d}. */
final class JobSubmission {
  private static final int CLIENT_HEAP = 512;
  private static final Pattern ACCEPTED = Pattern.compile("JobID ([0-9a-f]{32})");

  private JobSubmission() {}

  /**
   * Submits the pipeline.
   *
   * @param savepoint to start from, or null
   * @param arguments of the job's main class
   * @throws LocalStartException with what the client printed if it refused
   */
  static JobID run(ClusterFolder folder, String savepoint, List<String> arguments) {
    List<String> command =
        new ArrayList<>(
            JavaCommand.flink(
                CLIENT_HEAP,
                "org.apache.flink.client.cli.CliFrontend",
                List.of(
                    "-Dlog4j.configurationFile="
                        + folder.conf().resolve("log4j2.properties").toUri())));
    command.addAll(List.of("run", "-d"));
    if (savepoint != null) {
      command.addAll(List.of("-s", savepoint));
    }
    command.add(JavaCommand.jobJar().toString());
    command.addAll(arguments);
    String printed = output(folder.root(), folder.conf(), command);
    Matcher accepted = ACCEPTED.matcher(printed);
    if (!accepted.find()) {
      throw new LocalStartException("the job was refused:\n" + printed.strip());
    }
    return JobID.fromHexString(accepted.group(1));
  }

  private static String output(Path directory, Path conf, List<String> command) {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().put("FLINK_CONF_DIR", conf.toString());
    try {
      Process client = builder.start();
      String printed = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      client.waitFor();
      return printed;
    } catch (IOException e) {
      throw new LocalStartException("Flink's client cannot be run: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
