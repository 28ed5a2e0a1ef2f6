package hindcast.local.cluster;

import hindcast.local.LocalStartException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.api.common.JobID;

/** The job jar, submitted with Flink's own client as users do: {@code flink run -d}. */
final class JobSubmission {
  private static final String CLIENT_HEAP = "-Xmx512m";
  private static final Pattern OF_JAVA = Pattern.compile("WARNING: |\\s+at ");
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
                "org.apache.flink.client.cli.CliFrontend",
                List.of(CLIENT_HEAP, "-Dlog4j.configurationFile=" + logging(folder).toUri())));
    command.addAll(List.of("run", "-d"));
    if (savepoint != null) {
      command.addAll(List.of("-s", savepoint));
    }
    command.add(JavaCommand.jobJar().toString());
    command.addAll(arguments);
    String printed = output(folder.root(), folder.conf(), command);
    Matcher accepted = ACCEPTED.matcher(printed);
    if (!accepted.find()) {
      throw new LocalStartException("the job was refused: " + saidWhy(printed));
    }
    return JobID.fromHexString(accepted.group(1));
  }

  /** The client logs to a file, so that what it prints is what it says. */
  private static Path logging(ClusterFolder folder) {
    return folder.write(
        "log4j2-client.properties",
        """
        rootLogger.level = INFO
        rootLogger.appenderRef.file.ref = file
        appender.file.type = File
        appender.file.name = file
        appender.file.fileName = %s
        appender.file.layout.type = PatternLayout
        appender.file.layout.pattern = %%d{HH:mm:ss,SSS} %%-5p %%-60c %%x - %%m%%n
        """
            .formatted(folder.log("client")));
  }

  /** What the client printed, in one line. */
  private static String saidWhy(String printed) {
    return printed
        .lines()
        .filter(line -> !line.isBlank() && !OF_JAVA.matcher(line).lookingAt())
        .collect(Collectors.joining("; "));
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
