package hindcast.local.replay;

import hindcast.connectors.logs.LogFormat;
import java.nio.file.Path;

/**
 * What a replay is asked for.
 *
 * @param format of the log
 * @param log the file
 * @param items file with item features; null for items without any
 * @param report file for the report; null for none
 * @param windows file for the windows of value estimates; null for none
 * @param deadLetters file for the refused lines, JSON; null for none
 */
public record ReplaySettings(
    LogFormat format, Path log, Path items, Path report, Path windows, Path deadLetters) {}
