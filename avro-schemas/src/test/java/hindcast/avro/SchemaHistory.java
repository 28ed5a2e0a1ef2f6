package hindcast.avro;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaFormatter;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.SchemaParser;

/** The released versions of each schema: {@code <folder>/<Schema>/v1.avsc, v2.avsc, ...}. */
record SchemaHistory(Path folder) {

  /** The schemas other programs see: those of namespace {@code hindcast.avro}. */
  static List<Schema> contract(Path sources) throws IOException {
    SchemaParser parser = new SchemaParser();
    for (Path file : files(sources)) {
      parser.parse(file);
    }
    List<Schema> contract = new ArrayList<>();
    for (Path file : files(sources)) {
      String name = file.getFileName().toString().replace(".avsc", "");
      parser.getParsedNamedSchemas().stream()
          .filter(schema -> schema.getFullName().equals("hindcast.avro." + name))
          .forEach(contract::add);
    }
    return contract;
  }

  List<Schema> of(String name) throws IOException {
    List<Schema> versions = new ArrayList<>();
    while (Files.exists(file(name, versions.size() + 1))) {
      versions.add(new SchemaParser().parse(file(name, versions.size() + 1)).mainSchema());
    }
    return versions;
  }

  /** Writes the next version of a schema, self-contained, unless the newest one is the same. */
  void release(Schema schema) throws IOException {
    List<Schema> versions = of(schema.getName());
    if (versions.isEmpty()
        || fingerprint(versions.get(versions.size() - 1)) != fingerprint(schema)) {
      Path file = file(schema.getName(), versions.size() + 1);
      Files.createDirectories(file.getParent());
      Files.writeString(file, SchemaFormatter.format("json/pretty", schema) + "\n");
    }
  }

  static long fingerprint(Schema schema) {
    return SchemaNormalization.parsingFingerprint64(schema);
  }

  static void requireMutuallyReadable(List<Schema> versions) {
    for (int reader = 0; reader < versions.size(); reader++) {
      for (int writer = 0; writer < versions.size(); writer++) {
        var verdict =
            SchemaCompatibility.checkReaderWriterCompatibility(
                versions.get(reader), versions.get(writer));
        if (verdict.getType() != SchemaCompatibilityType.COMPATIBLE) {
          throw new AssertionError(
              "%s version %d cannot read version %d: %s"
                  .formatted(
                      versions.get(reader).getName(),
                      reader + 1,
                      writer + 1,
                      verdict.getResult().getIncompatibilities()));
        }
      }
    }
  }

  private Path file(String name, int version) {
    return folder.resolve(name).resolve("v" + version + ".avsc");
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".avsc")).sorted().toList();
    }
  }
}
