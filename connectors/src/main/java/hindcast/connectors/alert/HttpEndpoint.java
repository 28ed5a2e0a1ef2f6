package hindcast.connectors.alert;

import com.fasterxml.jackson.databind.JsonNode;
import hindcast.avro.Alert;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * An endpoint that takes JSON by POST: a webhook or Alertmanager.
 *
 * <p>Answers of 200 to 299 mean that the alert has arrived; 408, 425, 429, 500 and above that it is
 * tried again; all others that it is refused. Redirections are not followed. Connecting and the
 * whole exchange each take {@code timeout} at most. The address and the authorization may be
 * secrets: neither is ever in a reason.
 */
public final class HttpEndpoint implements Endpoint {
  private static final Duration REPEAT = Duration.ofMinutes(1);
  private static final Duration HOLD = Duration.ofMinutes(5);

  /** What is sent. */
  public enum Form {
    /** {@code {"text": ...}}. */
    WEBHOOK,
    /** Alertmanager's API, version 2; the address is that of the server. */
    ALERTMANAGER
  }

  private final String id;
  private final Form form;
  private final URI address;
  private final String authorization;
  private final Duration timeout;
  private final InstantSource clock;
  private final HttpClient client;

  /**
   * @param id its name
   * @param address http or https
   * @param authorization value of the header Authorization; empty for none
   * @param timeout for connecting and for the exchange, each
   */
  public HttpEndpoint(
      String id,
      Form form,
      String address,
      String authorization,
      Duration timeout,
      InstantSource clock) {
    this.id = id;
    this.form = form;
    this.address = address(id, form, address);
    this.authorization = authorization;
    this.timeout = timeout;
    this.clock = clock;
    this.client = HttpClient.newBuilder().connectTimeout(timeout).build();
  }

  private static URI address(String id, Form form, String text) {
    try {
      URI uri = URI.create(text.strip());
      if (uri.getHost() == null || !List.of("http", "https").contains(uri.getScheme())) {
        throw new IllegalArgumentException();
      }
      String path = uri.toString().replaceAll("/+$", "");
      return form == Form.WEBHOOK || path.endsWith("/api/v2/alerts")
          ? uri
          : URI.create(path + "/api/v2/alerts");
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "address of endpoint " + id + " must be an http or https URL (it is not shown)", null);
    }
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Attempt send(Alert alert) throws InterruptedException {
    return post(
        form == Form.WEBHOOK
            ? AlertJson.webhook(alert)
            : AlertJson.alertmanager(List.of(alert), clock.instant(), HOLD));
  }

  @Override
  public Duration repeatEvery() {
    return form == Form.ALERTMANAGER ? REPEAT : Duration.ZERO;
  }

  @Override
  public void repeat(List<Alert> standing) throws InterruptedException {
    post(AlertJson.alertmanager(standing, clock.instant(), HOLD));
  }

  private Attempt post(JsonNode body) throws InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(timeout)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    try {
      return judge(
          client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode());
    } catch (IOException e) {
      return Attempt.retry(e.getClass().getSimpleName());
    }
  }

  private static Attempt judge(int status) {
    if (status >= 200 && status < 300) {
      return Attempt.DELIVERED;
    }
    String reason = "HTTP " + status;
    boolean passing = status == 408 || status == 425 || status == 429 || status >= 500;
    return passing ? Attempt.retry(reason) : Attempt.refused(reason);
  }
}
