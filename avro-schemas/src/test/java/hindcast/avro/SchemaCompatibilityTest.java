package hindcast.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every version of a schema reads every other one (full, transitive), and the newest version in the
 * history is the schema in use: so a reader that holds the history knows every writer.
 *
 * <p>To release a schema, run this test with {@code -Dschema.release=true}: it writes the next
 * version of each schema that has none.
 */
class SchemaCompatibilityTest {
  private static final boolean RELEASE = Boolean.getBoolean("schema.release");

  private final SchemaHistory history = new SchemaHistory(Path.of("src/history"));

  static List<Schema> contract() throws IOException {
    return SchemaHistory.contract(Path.of("src/main/avro"));
  }

  @ParameterizedTest
  @MethodSource("contract")
  void theNewestReleasedVersionIsTheSchemaInUse(Schema schema) throws IOException {
    if (RELEASE) {
      history.release(schema);
    }
    List<Schema> released = history.of(schema.getName());
    assertThat(released)
        .as("%s needs src/history/%1$s/v1.avsc: run with -Dschema.release=true", schema.getName())
        .isNotEmpty();
    assertThat(SchemaHistory.fingerprint(released.get(released.size() - 1)))
        .as("%s was changed: release it with -Dschema.release=true", schema.getName())
        .isEqualTo(SchemaHistory.fingerprint(schema));
  }

  @ParameterizedTest
  @MethodSource("contract")
  void everyVersionReadsEveryOther(Schema schema) throws IOException {
    List<Schema> versions = new ArrayList<>(history.of(schema.getName()));
    versions.add(schema);
    SchemaHistory.requireMutuallyReadable(versions);
  }

  @ParameterizedTest
  @MethodSource("contract")
  void everyFieldIsDocumented(Schema schema) {
    assertThat(schema.getDoc()).as(schema.getName()).isNotBlank();
    for (Schema.Field field : schema.getFields()) {
      assertThat(field.doc()).as("%s.%s", schema.getName(), field.name()).isNotBlank();
    }
  }

  @Test
  void theHistoryNamesOnlySchemasOfTheContract() throws IOException {
    List<String> names = contract().stream().map(Schema::getName).toList();
    try (Stream<Path> folders = Files.list(Path.of("src/history"))) {
      assertThat(folders.map(folder -> folder.getFileName().toString()).toList())
          .containsExactlyInAnyOrderElementsOf(names);
    }
  }

  @Test
  void aFieldWithoutDefaultIsRefused() {
    Schema before = SchemaBuilder.record("R").fields().requiredLong("a").endRecord();
    Schema after =
        SchemaBuilder.record("R").fields().requiredLong("a").requiredLong("b").endRecord();
    assertThatThrownBy(() -> SchemaHistory.requireMutuallyReadable(List.of(before, after)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("R version 2 cannot read version 1");
  }
}
