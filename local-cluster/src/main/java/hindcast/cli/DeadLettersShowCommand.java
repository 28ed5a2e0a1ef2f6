package hindcast.cli;

import hindcast.local.LocalStartException;
import hindcast.local.letters.LetterPage;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows dead letters as far as they can be decoded. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    versionProvider = VersionProvider.class,
    description =
        "Shows dead letters: origin, reason, the fields before the fault, and the bytes as text.",
    footer = {"", "Example: hindcast dead-letters show --data-dir demo --reason INVALID_REWARD"})
final class DeadLettersShowCommand implements Callable<Integer> {

  @Mixin private LetterOptions source;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "Shows the first N; 0 for all. Default: ${DEFAULT-VALUE}; JSON has all.")
  private int limit;

  @Option(
      names = "--json",
      description = "Prints JSON lines, which list, show and replay read as a FILE.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    if (limit < 0) {
      throw new LocalStartException("--limit must be at least 0: " + limit);
    }
    PrintWriter out = spec.commandLine().getOut();
    return source.use(
        (letters, box, config) -> {
          if (json) {
            letters.forEach(letter -> out.println(LetterPage.json(letter)));
          } else {
            int shown = limit == 0 ? letters.size() : Math.min(limit, letters.size());
            letters
                .subList(0, shown)
                .forEach(letter -> LetterPage.lines(letter).forEach(out::println));
            if (shown < letters.size()) {
              out.printf("%,d more: --limit 0 shows all%n", letters.size() - shown);
            }
          }
          out.flush();
          return 0;
        });
  }
}
