package hindcast.cli;

import hindcast.local.letters.LetterCounts;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Counts dead letters. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    versionProvider = VersionProvider.class,
    description = "Counts dead letters by reason and topic, with the time of the first and last.",
    footer = {"", "Example: hindcast dead-letters list refused.jsonl"})
final class DeadLettersListCommand implements Callable<Integer> {

  @Mixin private LetterOptions source;

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    return source.use(
        (letters, box, config) -> {
          LetterCounts counts = new LetterCounts(letters);
          if (json) {
            out.println(counts.json());
          } else {
            counts.lines().forEach(out::println);
            if (box.repeated() > 0) {
              out.printf("%,9d  repetitions are not counted%n", box.repeated());
            }
            if (box.unreadable() > 0) {
              out.printf("%,9d  records of the topic are no dead letters%n", box.unreadable());
            }
          }
          out.flush();
          return 0;
        });
  }
}
