package hindcast.fuzz;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fuzzes the targets one after another with Jazzer, each in a process of its own that starts from
 * the corpus. A process has 512 MB of heap, and an input 30 seconds: what needs more is a finding,
 * like each exception that escapes.
 *
 * <p>Arguments: seconds in all; names of targets with commas between them, or {@code all}; the
 * folder of the corpus; a folder to write to. It gets a folder for each target, with what was
 * learned ({@code inputs}, where the next run goes on), the log, and each finding as {@code
 * crash-HASH}, {@code oom-HASH} or {@code timeout-HASH}. Exit code 1 if there is one.
 */
public final class FuzzRun {
  private static final Pattern EXECUTIONS =
      Pattern.compile("stat::number_of_executed_units: +(\\d+)");
  private static final Pattern COVERAGE = Pattern.compile("cov: (\\d+) ft: (\\d+)");
  private static final PrintStream OUT = System.out;

  private final int secondsEach;
  private final Path corpus;
  private final Path output;

  private FuzzRun(int secondsEach, Path corpus, Path output) {
    this.secondsEach = secondsEach;
    this.corpus = corpus;
    this.output = output;
  }

  /** See the class. */
  public static void main(String[] args) throws Exception {
    int seconds = Integer.parseInt(args[0]);
    List<FuzzTarget> targets =
        args[1].equals("all")
            ? List.of(FuzzTarget.values())
            : Arrays.stream(args[1].split(",")).map(FuzzTarget::valueOf).toList();
    FuzzRun run =
        new FuzzRun(Math.max(1, seconds / targets.size()), Path.of(args[2]), Path.of(args[3]));
    OUT.printf(
        "%-16s %8s %12s %10s %10s %s%n",
        "target", "seconds", "executions", "edges", "features", "findings");
    int findings = 0;
    for (FuzzTarget target : targets) {
      findings += run.fuzz(target);
    }
    if (findings > 0) {
      OUT.println("Findings lie in " + run.output.toAbsolutePath());
      System.exit(1);
    }
  }

  private int fuzz(FuzzTarget target) throws IOException, InterruptedException {
    Path folder = Files.createDirectories(output.resolve(target.folder()));
    Path inputs = Files.createDirectories(folder.resolve("inputs"));
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(command(target, folder, inputs))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    int exit = process.waitFor();
    List<Path> findings = findings(folder);
    int count = exit == 0 ? findings.size() : Math.max(1, findings.size());
    OUT.printf(
        "%-16s %8d %12s %10s %10s %s%n",
        target,
        secondsEach,
        last(log, EXECUTIONS, 1),
        last(log, COVERAGE, 1),
        last(log, COVERAGE, 2),
        count == 0 ? "none" : count + ", see " + log);
    return count;
  }

  private List<String> command(FuzzTarget target, Path folder, Path inputs) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx512m");
    command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("-Dhindcast.fuzz.target=" + target.name());
    command.add("com.code_intelligence.jazzer.Jazzer");
    command.add("--target_class=" + FuzzEntry.class.getName());
    command.add("--instrumentation_includes=hindcast.**");
    command.add("--keep_going=10");
    command.add("--reproducer_path=" + folder);
    command.add("-max_total_time=" + secondsEach);
    command.add("-timeout=30");
    command.add("-max_len=16384");
    command.add("-print_final_stats=1");
    command.add("-artifact_prefix=" + folder + "/");
    command.add(inputs.toString());
    command.add(corpus.resolve(target.folder()).toString());
    return command;
  }

  private static List<Path> findings(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches("(crash|oom|timeout)-.*"))
          .toList();
    }
  }

  private static String last(Path log, Pattern pattern, int group) throws IOException {
    String found = "-";
    try (BufferedReader lines = Files.newBufferedReader(log, StandardCharsets.ISO_8859_1)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher matcher = pattern.matcher(line);
        if (matcher.find()) {
          found = matcher.group(group);
        }
      }
    }
    return found;
  }
}
