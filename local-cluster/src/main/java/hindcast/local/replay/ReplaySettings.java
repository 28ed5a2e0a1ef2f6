package hindcast.local.replay;

import hindcast.connectors.logs.LogFormat;
import java.nio.file.Path;
import java.util.List;

/**
 * What a replay is asked for.
 *
 * @param format of the log
 * @param log the file
 * @param items file with item features; null for items without any
 * @param report file for the report; null for none
 * @param windows file for the windows of value estimates; null for none
 * @param deadLetters file for the refused lines, JSON; null for none
 * @param certificate file for the certificate; null for none
 * @param command the arguments after {@code hindcast}
 * @param configuration the file of the configuration; null for none
 */
public record ReplaySettings(
    LogFormat format,
    Path log,
    Path items,
    Path report,
    Path windows,
    Path deadLetters,
    Path certificate,
    List<String> command,
    Path configuration) {

  public ReplaySettings {
    command = List.copyOf(command);
  }

  /** The same run without files to write. */
  public ReplaySettings withoutOutputs() {
    return new ReplaySettings(format, log, items, null, null, null, null, command, configuration);
  }
}
