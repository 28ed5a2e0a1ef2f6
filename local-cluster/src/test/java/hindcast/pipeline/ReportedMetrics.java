package hindcast.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import hindcast.local.cluster.ClusterNode;
import hindcast.local.cluster.ProcessCluster;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What Flink's processes report to Prometheus, against what dashboards and rules ask for. */
final class ReportedMetrics {
  private static final Path OBSERVABILITY = Path.of("../deploy/observability");
  private static final Pattern NAME = Pattern.compile("\\bflink_[A-Za-z0-9_]+");

  private ReportedMetrics() {}

  /** Passes if every metric that a dashboard or a rule names is reported by the running job. */
  static void requireEveryNamed(ProcessCluster cluster) throws IOException, InterruptedException {
    Set<String> reported = new TreeSet<>();
    HttpClient http = HttpClient.newHttpClient();
    for (ClusterNode node : cluster.nodes()) {
      if (node.metricsPort().isPresent()) {
        String address = "http://127.0.0.1:" + node.metricsPort().getAsInt() + "/metrics";
        HttpResponse<String> answer =
            http.send(
                HttpRequest.newBuilder(URI.create(address)).build(),
                HttpResponse.BodyHandlers.ofString());
        reported.addAll(names(answer.body()));
      }
    }
    Files.write(Path.of("target/reported-metrics.txt"), reported);
    Set<String> named = new TreeSet<>();
    try (Stream<Path> files = Files.walk(OBSERVABILITY)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        named.addAll(names(Files.readString(file)));
      }
    }
    assertThat(named).isNotEmpty();
    assertThat(reported).containsAll(named);
  }

  private static Set<String> names(String text) {
    Set<String> names = new TreeSet<>();
    Matcher matcher = NAME.matcher(text);
    while (matcher.find()) {
      names.add(matcher.group());
    }
    return names;
  }
}
