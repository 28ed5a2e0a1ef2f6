package hindcast.local.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hindcast.local.results.LedgerTotals;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.client.JobStatusMessage;
import org.apache.flink.runtime.messages.webmonitor.ClusterOverview;
import org.apache.flink.runtime.rest.messages.ClusterOverviewHeaders;
import org.apache.flink.runtime.rest.messages.EmptyMessageParameters;
import org.apache.flink.runtime.rest.messages.EmptyRequestBody;

/** The leading JobManager, found through ZooKeeper. Every call waits for at most a minute. */
public final class FlinkClient implements AutoCloseable {
  private static final long LIMIT_SECONDS = 60;
  private static final int OK = 200;
  private static final String GROUP = ".hindcast.";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();

  private final RestClusterClient<String> client;

  FlinkClient(Configuration configuration) {
    try {
      client = new RestClusterClient<>(configuration, "hindcast");
    } catch (Exception e) {
      throw new IllegalStateException("Flink cannot be reached: " + e.getMessage(), e);
    }
  }

  /** TaskManagers that have registered; 0 while there is no leader. */
  public int taskManagers() {
    try {
      return client
          .sendRequest(
              ClusterOverviewHeaders.getInstance(),
              EmptyMessageParameters.getInstance(),
              EmptyRequestBody.getInstance())
          .thenApply(ClusterOverview.class::cast)
          .get(2, TimeUnit.SECONDS)
          .getNumTaskManagersConnected();
    } catch (ExecutionException | TimeoutException e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Port of the leader's REST interface. */
  public int leaderPort() {
    return URI.create(webAddress()).getPort();
  }

  /** Where its web UI is. */
  public String webAddress() {
    return client.getWebInterfaceURL();
  }

  /** Every job it knows. */
  public List<JobStatusMessage> jobs() {
    Collection<JobStatusMessage> jobs;
    try {
      jobs = await(client.listJobs());
    } catch (IllegalStateException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("jobs cannot be listed: " + e.getMessage(), e);
    }
    return new ArrayList<>(jobs);
  }

  /** Where a job is in its life. */
  public JobStatus status(JobID job) {
    return await(client.getJobStatus(job));
  }

  /** Stops a job with a savepoint and says where it lies. */
  public String stop(JobID job, Path savepoints, boolean drain) {
    return await(
        client.stopWithSavepoint(
            job, drain, savepoints.toUri().toString(), SavepointFormatType.CANONICAL));
  }

  /** Ends a job as it is. */
  public void cancel(JobID job) {
    await(client.cancel(job));
  }

  /**
   * Numbers of metric group {@code hindcast}: names as they begin behind the name of the operator,
   * values summed over operators and subtasks.
   *
   * @param part only names that hold it
   */
  public Map<String, Long> metrics(JobID job, String part) {
    Map<String, Long> sums = new TreeMap<>();
    for (JsonNode vertex : get("/jobs/" + job).path("vertices")) {
      String path =
          "/jobs/%s/vertices/%s/subtasks/metrics".formatted(job, vertex.path("id").asText());
      List<String> names = new ArrayList<>();
      for (JsonNode metric : get(path)) {
        String name = metric.path("id").asText();
        if (name.contains(GROUP) && name.contains(part)) {
          names.add(name);
        }
      }
      if (!names.isEmpty()) {
        String asked = URLEncoder.encode(String.join(",", names), StandardCharsets.UTF_8);
        for (JsonNode metric : get(path + "?agg=sum&get=" + asked)) {
          String name = metric.path("id").asText();
          sums.merge(
              name.substring(name.indexOf(GROUP) + 1),
              Math.round(metric.path("sum").asDouble()),
              Long::sum);
        }
      }
    }
    return sums;
  }

  /** When the newest complete checkpoint of a job was begun; empty before the first. */
  public Optional<Instant> newestCheckpoint(JobID job) {
    JsonNode begun =
        get("/jobs/" + job + "/checkpoints")
            .path("latest")
            .path("completed")
            .path("trigger_timestamp");
    return begun.isNumber() ? Optional.of(Instant.ofEpochMilli(begun.asLong())) : Optional.empty();
  }

  /** A conservation equation of a running job. */
  public LedgerTotals ledger(JobID job, String name) {
    return LedgerTotals.of(name, metrics(job, ".ledger." + name + "."));
  }

  private JsonNode get(String path) {
    try {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(URI.create(webAddress() + path))
                  .timeout(Duration.ofSeconds(LIMIT_SECONDS))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != OK) {
        throw new IllegalStateException("Flink refused: " + answer.statusCode() + " " + path);
      }
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new IllegalStateException("Flink does not answer: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    client.close();
  }

  private static <T> T await(CompletableFuture<T> answer) {
    try {
      return answer.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException("Flink refused: " + e.getCause().getMessage(), e.getCause());
    } catch (TimeoutException e) {
      throw new IllegalStateException("Flink does not answer within a minute", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
