package hindcast.cli;

import hindcast.avro.PolicyCommand;
import hindcast.avro.PolicyControl;
import hindcast.local.LocalStartException;
import hindcast.local.policy.CommandSender;
import hindcast.local.policy.PolicyPages;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What every command about a version says: which, who asks, why, and from when on. */
final class PolicyRequest {

  @Parameters(
      index = "0",
      paramLabel = "POLICY",
      description = "The policy and its form, such as clpi or clpi/greedy.")
  private String policy;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "VERSION",
      description = "Its version; none for a policy without versions.")
  private Long version;

  @Option(names = "--reason", defaultValue = "", description = "Why.")
  private String reason;

  @Option(
      names = "--requested-by",
      paramLabel = "NAME",
      description = "Who asks; the user of this machine by default.")
  private String requestedBy = System.getProperty("user.name", "");

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description =
          "Event time from which it holds, such as 2026-01-31T12:00:00Z; by default the next window"
              + " of every job.")
  private Instant at;

  @Mixin private PolicyOptions source;

  int send(PolicyCommand command, CommandSpec spec) throws Exception {
    if (requestedBy.isBlank()) {
      throw new LocalStartException("--requested-by must say who asks: it is empty");
    }
    String line = policy.split("/", 2)[0];
    return source.use(
        checkpoint ->
            version != null
                && checkpoint.getPolicyId().equals(line)
                && checkpoint.getVersion() == version,
        (book, kafka) -> {
          PolicyControl control =
              new CommandSender(kafka, book)
                  .send(
                      command,
                      book.find(policy, version),
                      at == null ? null : ChronoUnit.MICROS.between(Instant.EPOCH, at),
                      requestedBy,
                      reason);
          PrintWriter out = spec.commandLine().getOut();
          out.printf(
              "%s %s version %d from %s (command %s)%n",
              control.getCommand(),
              control.getPolicy(),
              control.getVersion(),
              at == null
                  ? "the next window on"
                  : PolicyPages.time(control.getEffectiveTimeMicros()),
              control.getCommandId());
          out.flush();
          return 0;
        });
  }
}
