package hindcast.local.certificate;

import hindcast.avro.ValueEstimate;
import hindcast.connectors.FileHash;
import hindcast.connectors.logs.LogFormat;
import hindcast.estimator.Estimate;
import hindcast.jobs.config.PipelineConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Which Hindcast computes: its version, and the SHA-256 over the names and bytes of its class files
 * in all modules, in the order of their names, whether they are in jars or folders.
 *
 * @param version as {@code hindcast --version} prints it
 * @param classesSha256 in hex
 */
public record CodeVersion(String version, String classesSha256) {
  private static final List<Class<?>> MODULES =
      List.of(
          ValueEstimate.class,
          Estimate.class,
          LogFormat.class,
          PipelineConfig.class,
          CodeVersion.class);

  /** The running code. */
  public static CodeVersion running() {
    TreeMap<String, byte[]> classes = new TreeMap<>();
    try {
      for (Class<?> module : MODULES) {
        Path place = Path.of(module.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (Files.isDirectory(place)) {
          collect(place, classes);
        } else {
          try (FileSystem jar = FileSystems.newFileSystem(place)) {
            collect(jar.getPath("/"), classes);
          }
        }
      }
      return new CodeVersion(number(), hash(classes));
    } catch (IOException e) {
      throw new UncheckedIOException("the program's own classes cannot be read", e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the program's own classes cannot be found", e);
    }
  }

  private static void collect(Path root, TreeMap<String, byte[]> classes) throws IOException {
    Path own = root.resolve("hindcast");
    try (Stream<Path> files = Files.walk(own)) {
      for (Path file : files.filter(name -> name.toString().endsWith(".class")).toList()) {
        String name = root.relativize(file).toString().replace('\\', '/');
        classes.put(name, FileHash.digest().digest(Files.readAllBytes(file)));
      }
    }
  }

  private static String hash(TreeMap<String, byte[]> classes) {
    MessageDigest digest = FileHash.digest();
    classes.forEach(
        (name, hash) -> {
          digest.update((name + '\n').getBytes(StandardCharsets.UTF_8));
          digest.update(hash);
        });
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The version this was built as. */
  public static String number() throws IOException {
    Properties properties = new Properties();
    try (InputStream in =
        CodeVersion.class.getResourceAsStream("/hindcast/cli/version.properties")) {
      if (in != null) {
        properties.load(in);
      }
    }
    return properties.getProperty("version", "unknown");
  }
}
