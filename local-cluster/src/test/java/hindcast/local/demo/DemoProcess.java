package hindcast.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hindcast.local.OwnProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** {@code hindcast demo} on a kept directory, in a process that can be killed. */
final class DemoProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Process process;
  private final int port;
  private final Path log;
  private final long logged;
  private final List<String> lines = new CopyOnWriteArrayList<>();

  private DemoProcess(Process process, int port, Path log, long logged) {
    this.process = process;
    this.port = port;
    this.log = log;
    this.logged = logged;
    Thread reader = new Thread(this::read, "demo-output");
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts it with many small steps, so that little traffic shows everything. */
  static DemoProcess start(Path data, int items, int dimension, String... more) throws IOException {
    int port = freePort();
    Path log = data.resolve("hindcast.log");
    long logged = Files.exists(log) ? Files.size(log) : 0;
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "demo",
                "--items",
                String.valueOf(items),
                "--dimension",
                String.valueOf(dimension),
                "--rate",
                "50",
                "--port",
                String.valueOf(port),
                "--web-port",
                "0",
                "--data-dir",
                data.toString()));
    for (String set :
        List.of(
            "reward.window=2s",
            "learning.window=1s",
            "job.checkpoint-interval=1s",
            "evaluation.report-every=2s",
            "learning.policies.0.minibatch=16",
            "learning.policies.0.checkpoint-every=2")) {
      arguments.addAll(List.of("--set", set));
    }
    arguments.addAll(List.of(more));
    Process process =
        OwnProcess.command(
                List.of("-Xmx1g", "-Dhindcast.log.level=info"), arguments.toArray(String[]::new))
            .redirectErrorStream(true)
            .start();
    return new DemoProcess(process, port, log, logged);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void read() {
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        lines.add(line);
      }
    } catch (IOException e) {
      lines.add(e.toString());
    }
  }

  String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  /** Waits for outcomes, and for a checkpoint of the job. */
  void awaitWork() {
    awaitLine(".*outcomes [1-9].*");
    awaitLog("Completed checkpoint");
  }

  private void awaitLine(String pattern) {
    await(pattern)
        .atMost(PATIENCE)
        .failFast(this::requireAlive)
        .until(() -> lines.stream().anyMatch(line -> line.matches(pattern)));
  }

  /** Waits for a line of the log that this process wrote. */
  void awaitLog(String text) {
    await(text)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .failFast(this::requireAlive)
        .until(() -> freshLog().contains(text));
  }

  private String freshLog() {
    try {
      byte[] bytes = Files.exists(log) ? Files.readAllBytes(log) : new byte[0];
      int from = (int) Math.min(logged, bytes.length);
      return new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void awaitCleanEnd() throws InterruptedException {
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as("%s", lines).isTrue();
    assertThat(process.exitValue()).as("%s", lines).isZero();
  }

  private void requireAlive() {
    assertThat(process.isAlive()).as("%s", lines).isTrue();
  }

  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    kill();
  }
}
