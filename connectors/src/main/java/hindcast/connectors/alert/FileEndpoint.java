package hindcast.connectors.alert;

import hindcast.avro.Alert;
import java.io.IOException;
import java.nio.file.Path;

/** A file that gets one line of JSON for each record of an alert. */
public final class FileEndpoint implements Endpoint {
  private final String id;
  private final JsonLines lines;

  /** Appends to {@code file}. */
  public FileEndpoint(String id, Path file) {
    this.id = id;
    this.lines = new JsonLines(file);
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Attempt send(Alert alert) {
    try {
      lines.append(AlertJson.whole(alert));
      return Attempt.DELIVERED;
    } catch (IOException e) {
      return Attempt.retry(e.getClass().getSimpleName());
    }
  }
}
