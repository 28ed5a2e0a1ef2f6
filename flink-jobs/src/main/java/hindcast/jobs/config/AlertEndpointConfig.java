package hindcast.jobs.config;

/**
 * One element of {@code alerts.endpoints}: where alerts are delivered to.
 *
 * @param urlSecret address of a webhook or of Alertmanager; never printed
 * @param authorizationSecret value of the header Authorization; never printed
 * @param file the file of a file
 */
public record AlertEndpointConfig(
    @Key(value = Key.REQUIRED, rule = Rule.ID, doc = "Names the endpoint in logs and groups.")
        String id,
    @Key(
            value = Key.REQUIRED,
            doc =
                "webhook (JSON with a text, as Slack takes it), alertmanager (its API, version 2) or"
                    + " file (a line of JSON each).")
        Kind kind,
    @Key(value = "", doc = "Address of a webhook or Alertmanager. Never printed.") String urlSecret,
    @Key(value = "", doc = "Value of the header Authorization, if one is needed. Never printed.")
        String authorizationSecret,
    @Key(value = "", doc = "The file of kind file.") String file) {

  /** What takes the alerts. */
  public enum Kind {
    /** JSON with a text. */
    WEBHOOK,
    /** Prometheus Alertmanager. */
    ALERTMANAGER,
    /** A file. */
    FILE
  }

  public AlertEndpointConfig {
    if (kind == Kind.FILE && file.isBlank()) {
      throw new IllegalArgumentException("file: (missing): a file endpoint needs its file");
    }
    if (kind != Kind.FILE && urlSecret.isBlank()) {
      throw new IllegalArgumentException(
          "url-secret: (missing): a webhook or Alertmanager needs its address");
    }
  }

  @Override
  public String toString() {
    return "AlertEndpointConfig[" + id + ", " + kind + ", " + file + "]";
  }
}
