package hindcast.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import hindcast.catalogue.ItemCatalogue;
import hindcast.catalogue.PackedEmbeddings;
import hindcast.feedback.Context;
import hindcast.numeric.CounterBasedRandom;
import hindcast.numeric.MinibatchKernels;
import hindcast.testing.Logs;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A JVM that was not told of the Vector API computes the same and never looks for it. */
class WithoutVectorModuleTest {
  private static final int D = 6;
  private static final int N = 40;
  private static final String RESULT = "result ";

  /** Directions of a minibatch, one number a line, after the name of the kernels. */
  public static void main(String[] args) {
    System.out.println(RESULT + MinibatchKernels.fastest().name());
    for (double number : directions()) {
      System.out.println(RESULT + number);
    }
  }

  private static double[] directions() {
    ItemCatalogue items = Logs.catalogue(500, 9, 5);
    double[] theta = new double[D * 9];
    for (int k = 0; k < theta.length; k++) {
      theta[k] = CounterBasedRandom.gaussian(6, k) / 2;
    }
    Context[] contexts = new Context[N];
    int[] logged = new int[N];
    for (int i = 0; i < N; i++) {
      float[] x = new float[D];
      for (int k = 0; k < D; k++) {
        x[k] = (float) CounterBasedRandom.gaussian(7, i * D + k);
      }
      contexts[i] = Context.dense(x);
      logged[i] = CounterBasedRandom.below(8, i, 500);
    }
    ExactMinibatchGradient gradient =
        new ExactMinibatchGradient((PackedEmbeddings) items.embeddings());
    gradient.fit(
        theta, MinibatchContexts.of(N, contexts, logged, new int[N][], new int[N][], new long[N]));
    double[] all = new double[N * 9];
    double[] direction = new double[9];
    for (int i = 0; i < N; i++) {
      gradient.at(i).direction(direction);
      System.arraycopy(direction, 0, all, i * 9, 9);
    }
    return all;
  }

  private static String placeOf(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }

  @Test
  void sameResultsWithoutLoadingAVectorClass() throws Exception {
    String classPath =
        Stream.of(placeOf(MinibatchKernels.class), placeOf(WithoutVectorModuleTest.class))
            .collect(Collectors.joining(File.pathSeparator));
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(
                java, "-Xlog:class+load", "-cp", classPath, WithoutVectorModuleTest.class.getName())
            .redirectErrorStream(true)
            .start();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    assertThat(process.waitFor()).isZero();
    assertThat(lines).anyMatch(line -> line.contains("hindcast.numeric.ScalarKernels"));
    assertThat(lines)
        .noneMatch(
            line -> line.contains("hindcast.numeric.Vector") || line.contains("jdk.incubator"));
    List<String> results =
        lines.stream().filter(l -> l.startsWith(RESULT)).map(l -> l.substring(7)).toList();
    assertThat(results.get(0)).isEqualTo("scalar");
    double[] here = directions();
    assertThat(results).hasSize(here.length + 1);
    for (int k = 0; k < here.length; k++) {
      assertThat(Double.parseDouble(results.get(k + 1))).isCloseTo(here[k], within(1e-5));
    }
  }

  /** The tests of this module run with it. */
  @Test
  void kernelsHereUseTheVectorApi() {
    assertThat(MinibatchKernels.fastest().name()).startsWith("vector-");
  }
}
