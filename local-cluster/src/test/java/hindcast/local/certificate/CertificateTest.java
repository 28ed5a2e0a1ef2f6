package hindcast.local.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hindcast.avro.ValueEstimate;
import hindcast.jobs.config.PipelineConfig;
import hindcast.local.LocalStartException;
import hindcast.local.results.ResultBoard;
import hindcast.local.results.Results;
import hindcast.local.results.Truths;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateTest {

  @TempDir Path folder;

  @Test
  void comesBackFromItsFile() throws Exception {
    Path file = folder.resolve("run.json");
    Certificate written = certificate(0.25, PipelineConfig.defaults());
    written.write(file);
    Certificate read = Certificate.read(file);
    assertThat(new Comparison(read, written).isSame()).isTrue();
    assertThat(read.command()).containsExactly("replay", "--log", "a log.csv");
    for (Section section : Section.values()) {
      assertThat(read.sha256(section)).hasSize(64).isEqualTo(written.sha256(section));
      assertThat(read.order(section)).startsWith(section == Section.LEARNED ? "in order" : "");
    }
    assertThat(read.order(Section.LEDGERS)).startsWith("order-free");
    assertThat(read.environment().path("classesSha256").asText()).hasSize(64);
  }

  @Test
  void namesTheNumberThatDiffers() {
    Comparison comparison =
        new Comparison(
            certificate(0.25, PipelineConfig.defaults()),
            certificate(0.26, PipelineConfig.defaults()));
    assertThat(comparison.isSame()).isFalse();
    assertThat(comparison.differences(Section.ESTIMATES))
        .contains("uniform version 0 IPS segment *: value 0.25 in the certificate, 0.26 now");
    assertThat(comparison.differences(Section.LEARNED)).isEmpty();
    assertThat(comparison.lines())
        .anyMatch(line -> line.matches("estimates +DIFFERS in 4 numbers or names"))
        .anyMatch(line -> line.matches("ledgers +same: 2, sha256 [0-9a-f]{12}"));
  }

  @Test
  void namesTheSettingThatDiffersAndLeavesParallelismOut() {
    PipelineConfig defaults = PipelineConfig.defaults();
    Certificate one = certificate(0.25, defaults);
    Certificate parallel = certificate(0.25, defaults.with(Map.of("job.parallelism", "7")));
    assertThat(new Comparison(one, parallel).isSame()).isTrue();
    assertThat(new Comparison(one, parallel).lines())
        .contains("environment, not compared: parallelism: 2 in the certificate, 7 now");
    Certificate other = certificate(0.25, defaults.with(Map.of("reward.window", "10s")));
    assertThat(new Comparison(one, other).differences(Section.CONFIGURATION))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("reward.window: ")
        .endsWith("10s now");
  }

  @Test
  void namesTheInputThatChanged() throws Exception {
    Path log = Files.writeString(folder.resolve("log.csv"), "abc");
    InputFile before = InputFile.of("log", log);
    assertThat(before.sha256())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    Files.writeString(log, "abd");
    Certificate certificate = certificate(0.25, PipelineConfig.defaults(), List.of(before));
    assertThat(Comparison.inputs(certificate, List.of(InputFile.of("log", log))))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("log " + log + ": sha256 ba7816bf");
    assertThat(Comparison.inputs(certificate, List.of(before))).isEmpty();
  }

  @Test
  void everyFlippedByteOfAFileIsFound() throws Exception {
    Path file = folder.resolve("run.json");
    certificate(0.25, PipelineConfig.defaults()).write(file);
    String text = Files.readString(file);
    Files.writeString(file, text.replace("\"value\" : 0.25", "\"value\" : 0.35"));
    assertThatThrownBy(() -> Certificate.read(file))
        .isInstanceOf(LocalStartException.class)
        .hasMessageContaining("seal is broken");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{}", "null", "{\"command\": [], \"parts\": 3}"})
  void refusesWhatIsNoCertificate(String text) throws Exception {
    Path file = Files.writeString(folder.resolve("run.json"), text);
    assertThatThrownBy(() -> Certificate.read(file))
        .isInstanceOf(LocalStartException.class)
        .hasMessageContaining("not a certificate");
  }

  @Test
  void theOrderOfMappingsDoesNotMatter() {
    Map<String, Double> one = new LinkedHashMap<>();
    one.put("a", 1.0);
    one.put("cap", 10.0);
    Map<String, Double> other = new LinkedHashMap<>();
    other.put("cap", 10.0);
    other.put("a", 1.0);
    assertThat(Canonical.sha256(List.of(with(one))))
        .isEqualTo(Canonical.sha256(List.of(with(other))))
        .isNotEqualTo(Canonical.sha256(List.of(with(new HashMap<>()))));
  }

  private static ValueEstimate with(Map<String, Double> parameters) {
    return ValueEstimate.newBuilder(Results.estimate("uniform", 0, "IPS", "*", 1, 0.25))
        .setParameters(parameters)
        .build();
  }

  private static Certificate certificate(double value, PipelineConfig config) {
    return certificate(value, config, List.of());
  }

  private static Certificate certificate(
      double value, PipelineConfig config, List<InputFile> inputs) {
    ResultBoard board = new ResultBoard();
    board.add(Results.checkpoint("clpi", 1));
    board.add(Results.checkpoint("clpi", 2));
    board.add(Results.estimate("uniform", 0, "IPS", "*", 1, value));
    board.add(Results.finding("MEAN_WEIGHT", 2, true));
    return Certificate.of(
        new Certificate.Origin(List.of("replay", "--log", "a log.csv"), inputs, config),
        Results.summary(board, Truths.UNKNOWN, 2),
        List.of());
  }
}
