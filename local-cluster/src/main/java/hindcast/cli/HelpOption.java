package hindcast.cli;

import picocli.CommandLine.Option;

/** The help of a command whose {@code --version} names a version of what it is about. */
final class HelpOption {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help message and exit.")
  private boolean unusedHelp;
}
