package hindcast.local;

import hindcast.cli.Hindcast;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line in a process of its own, which can be killed. */
public final class OwnProcess {
  private OwnProcess() {}

  /**
   * Not started yet.
   *
   * @param options of the JVM
   * @param arguments after {@code hindcast}
   */
  public static ProcessBuilder command(List<String> options, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(
        List.of(
            "--add-modules=jdk.incubator.vector",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "-Dlog4j2.configurationFile=log4j2.properties",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            Hindcast.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command);
  }
}
