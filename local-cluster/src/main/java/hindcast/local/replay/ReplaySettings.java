package hindcast.local.replay;

import hindcast.connectors.logs.LogFormat;
import hindcast.local.LogInputs;
import java.nio.file.Path;
import java.util.List;

/**
 * What a replay is asked for.
 *
 * @param format of the log
 * @param mapping file that says which field is what; null for formats that need none
 * @param logs the files
 * @param rewards files of rewards alone; may be none
 * @param items file with item features; null for items without any
 * @param report file for the report; null for none
 * @param windows file for the windows of value estimates; null for none
 * @param deadLetters file for the refused lines, JSON; null for none
 * @param certificate file for the certificate; null for none
 * @param html file for the page; null for none
 * @param command the arguments after {@code hindcast}
 * @param configuration the file of the configuration; null for none
 * @param candidates files with policies that learn
 * @param state directory from which a run that was stopped goes on; null for none
 * @param checkpoints folder for the newest version of each learned policy; null for none
 * @param publish whether these are written to the topics of the configuration, as candidates
 */
public record ReplaySettings(
    LogFormat format,
    Path mapping,
    LogInputs logs,
    LogInputs rewards,
    Path items,
    Path report,
    Path windows,
    Path deadLetters,
    Path certificate,
    Path html,
    List<String> command,
    Path configuration,
    List<Path> candidates,
    Path state,
    Path checkpoints,
    boolean publish) {

  public ReplaySettings {
    command = List.copyOf(command);
    candidates = List.copyOf(candidates);
  }

  /** The same run, from its beginning, without files to write. */
  public ReplaySettings withoutOutputs() {
    return new ReplaySettings(
        format,
        mapping,
        logs,
        rewards,
        items,
        null,
        null,
        null,
        null,
        null,
        command,
        configuration,
        candidates,
        null,
        null,
        false);
  }
}
