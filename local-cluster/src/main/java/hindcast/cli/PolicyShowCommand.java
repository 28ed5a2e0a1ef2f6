package hindcast.cli;

import hindcast.local.policy.PolicyPages;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Everything about a version, and who commanded what of its line. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    versionProvider = VersionProvider.class,
    description =
        "Shows a version: configuration, hashes, every estimate, and the commands about its policy"
            + " line with who asked, why and on what evidence.",
    footer = {"", "Example: hindcast policy show clpi 8 --bootstrap localhost:9092"})
final class PolicyShowCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "POLICY", description = "The policy, such as clpi.")
  private String policy;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "VERSION",
      description = "Its version; none for a policy without versions.")
  private Long version;

  @Mixin private PolicyOptions source;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    return source.use(
        checkpoint -> false,
        (book, kafka) -> {
          PrintWriter out = spec.commandLine().getOut();
          new PolicyPages(book).show(book.find(policy, version)).forEach(out::println);
          out.flush();
          return 0;
        });
  }
}
