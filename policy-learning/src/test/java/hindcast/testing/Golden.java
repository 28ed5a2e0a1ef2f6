package hindcast.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * One case of a file of reference numbers, from the folder that HINDCAST_GOLDEN names; where it
 * names none, from the smaller set in {@code src/test/resources/golden}, made by {@code
 * src/test/golden/make_golden.py}.
 *
 * <p>Every number is compared with the tolerance of its file, {@code |got - want| <= abs + rel
 * |want|}, and remembered; {@link #assertExercised} fails when anything in the case but its inputs
 * was not compared. What should be a number and is not (null, text) fails; an infinity is written
 * as text and equals itself only.
 */
public final class Golden {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String VARIABLE = "HINDCAST_GOLDEN";
  private static final Set<String> NOT_EXPECTED =
      Set.of("name", "description", "tolerance", "inputs", "note");

  private final String name;
  private final JsonNode node;
  private final double relative;
  private final double absolute;
  private final Set<String> compared = new HashSet<>();

  Golden(String name, JsonNode node, double relative, double absolute) {
    this.name = name;
    this.node = node;
    this.relative = relative;
    this.absolute = absolute;
  }

  /** The whole file as one case. */
  public static Stream<Golden> whole(String file) {
    return read(file, root -> Map.of(file, root));
  }

  /** Each element of {@code cases}. */
  public static Stream<Golden> cases(String file) {
    return read(
        file,
        root -> {
          JsonNode cases = root.get("cases");
          java.util.LinkedHashMap<String, JsonNode> named = new java.util.LinkedHashMap<>();
          IntStream.range(0, cases.size())
              .forEach(k -> named.put(file + " case " + k, cases.get(k)));
          return named;
        });
  }

  /** Each named block beside name, description and tolerance. */
  public static Stream<Golden> blocks(String file) {
    return read(
        file,
        root -> {
          java.util.LinkedHashMap<String, JsonNode> named = new java.util.LinkedHashMap<>();
          root.properties().stream()
              .filter(e -> !Set.of("name", "description", "tolerance").contains(e.getKey()))
              .forEach(e -> named.put(e.getKey(), e.getValue()));
          return named;
        });
  }

  /** The file of the folder, else our own of that name, else null. */
  private static InputStream open(String file) throws IOException {
    String folder = System.getenv(VARIABLE);
    if (folder != null && !folder.isBlank() && Files.isDirectory(Path.of(folder))) {
      return Files.newInputStream(Path.of(folder, file + ".json"));
    }
    InputStream own = Golden.class.getResourceAsStream("/golden/" + file + ".json");
    System.out.println(
        VARIABLE + " names no folder: " + file + (own == null ? " is skipped" : " is our own set"));
    return own;
  }

  private static Stream<Golden> read(
      String file, java.util.function.Function<JsonNode, Map<String, JsonNode>> split) {
    try (InputStream in = open(file)) {
      if (in == null) {
        return Stream.of(new Golden(file + " (absent)", null, 0, 0));
      }
      JsonNode root = JSON.readTree(in);
      double rel = root.at("/tolerance/rel").asDouble();
      double abs = root.at("/tolerance/abs").asDouble();
      List<Golden> cases = new ArrayList<>();
      split.apply(root).forEach((name, node) -> cases.add(new Golden(name, node, rel, abs)));
      assertThat(cases).as("cases of " + file).isNotEmpty();
      return cases.stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Skips the test when the reference numbers are absent. */
  public Golden required() {
    Assumptions.assumeTrue(
        node != null,
        "reference numbers are absent: " + VARIABLE + " must name the folder that holds them");
    return this;
  }

  /** Name of the case. */
  public String name() {
    return name;
  }

  /** A node by its path, {@code /expected/w}. */
  public JsonNode at(String path) {
    JsonNode found = node.at(path);
    assertThat(found.isMissingNode()).as(name + " has " + path).isFalse();
    return found;
  }

  /** Whether a path exists. */
  public boolean has(String path) {
    return !node.at(path).isMissingNode();
  }

  /** An input number. */
  public double number(String path) {
    return real(path, at(path));
  }

  /** An input vector. */
  public double[] vector(String path) {
    return vector(path, at(path));
  }

  /** An input vector of integers. */
  public int[] integers(String path) {
    JsonNode array = at(path);
    return IntStream.range(0, array.size()).map(k -> array.get(k).asInt()).toArray();
  }

  /** An input matrix. */
  public double[][] matrix(String path) {
    JsonNode array = at(path);
    return IntStream.range(0, array.size())
        .mapToObj(k -> vector(path + "/" + k, array.get(k)))
        .toArray(double[][]::new);
  }

  /** Compares one number. */
  public void check(String path, double got) {
    check(path, got, 0);
  }

  /** Compares one number to a relative tolerance wider than the file's. */
  public void check(String path, double got, double within) {
    double want = real(path, at(path));
    compared.add(path);
    double allowed = absolute + Math.max(within, relative) * Math.abs(want);
    double off = got == want ? 0 : Math.abs(got - want);
    assertThat(off <= allowed && (got == want || off < Double.POSITIVE_INFINITY))
        .as("%s %s: got %s, want %s", name, path, got, want)
        .isTrue();
  }

  /** Compares a vector. */
  public void check(String path, double[] got) {
    assertThat(got).as(name + " " + path).hasSize(at(path).size());
    for (int k = 0; k < got.length; k++) {
      check(path + "/" + k, got[k]);
    }
  }

  /** Compares a matrix. */
  public void check(String path, double[][] got) {
    assertThat(got.length).as(name + " " + path).isEqualTo(at(path).size());
    for (int k = 0; k < got.length; k++) {
      check(path + "/" + k, got[k]);
    }
  }

  /** Compares an exact value: text, number, truth value or null. */
  public void checkExactly(String path, Object got) {
    JsonNode want = at(path);
    compared.add(path);
    if (got instanceof Number number) {
      assertThat(number.doubleValue()).as(name + " " + path).isEqualTo(real(path, want));
    } else {
      assertThat(JSON.<JsonNode>valueToTree(got)).as(name + " " + path).isEqualTo(want);
    }
  }

  /** Marks what a test states otherwise. */
  public void exercised(String path) {
    markLeaves(path, at(path));
  }

  /** Fails when anything but inputs and descriptions was not compared. */
  public void assertExercised() {
    List<String> missed = new ArrayList<>();
    if (node.isObject()) {
      node.properties().stream()
          .filter(e -> !NOT_EXPECTED.contains(e.getKey()))
          .forEach(e -> leaves("/" + e.getKey(), e.getValue(), missed));
    } else {
      leaves("", node, missed);
    }
    missed.removeAll(compared);
    assertThat(missed).as(name + ": numbers that no assertion compared").isEmpty();
  }

  private void markLeaves(String path, JsonNode at) {
    List<String> all = new ArrayList<>();
    leaves(path, at, all);
    compared.addAll(all);
  }

  private static void leaves(String path, JsonNode at, List<String> into) {
    if (at.isObject()) {
      at.properties().forEach(e -> leaves(path + "/" + e.getKey(), e.getValue(), into));
    } else if (at.isArray()) {
      for (int k = 0; k < at.size(); k++) {
        leaves(path + "/" + k, at.get(k), into);
      }
    } else {
      into.add(path);
    }
  }

  private double[] vector(String path, JsonNode array) {
    return IntStream.range(0, array.size())
        .mapToDouble(k -> real(path + "/" + k, array.get(k)))
        .toArray();
  }

  private double real(String path, JsonNode number) {
    if (number.isTextual()) {
      return switch (number.asText()) {
        case "Infinity", "inf" -> Double.POSITIVE_INFINITY;
        case "-Infinity", "-inf" -> Double.NEGATIVE_INFINITY;
        default -> throw new AssertionError(name + " " + path + " is no number: " + number);
      };
    }
    assertThat(number.isNumber()).as("%s %s is a number: %s", name, path, number).isTrue();
    return number.asDouble();
  }

  @Override
  public String toString() {
    return name;
  }
}
