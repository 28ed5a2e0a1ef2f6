package hindcast.local.cluster;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import hindcast.connectors.FileHash;
import hindcast.local.LocalStartException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The folder of a cluster: {@code cluster.json} with its processes, {@code conf}, {@code log}, and
 * whatever they write.
 */
record ClusterFolder(Path root) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What {@code cluster.json} holds. */
  record Contents(ClusterSettings settings, List<ClusterNode> nodes) {}

  ClusterFolder {
    root = root.toAbsolutePath().normalize();
  }

  boolean exists() {
    return Files.exists(file());
  }

  Contents read() {
    if (!exists()) {
      throw new LocalStartException(
          "there is no cluster in " + root + ": start one with hindcast cluster up");
    }
    try {
      return JSON.readValue(file().toFile(), Contents.class);
    } catch (JacksonException e) {
      throw new LocalStartException(
          file() + " is no list of processes: " + e.getOriginalMessage() + ": remove the folder",
          e);
    } catch (IOException e) {
      throw new LocalStartException(file() + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** Written whole or not at all. */
  void write(Contents contents) {
    try {
      byte[] text = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(contents);
      writeWhole(file(), text);
    } catch (JacksonException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Changes the way a link goes. */
  void write(String link, LinkMode mode) {
    writeWhole(linkFile(link), mode.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void writeWhole(Path file, byte[] content) {
    try {
      FileHash.writeAtomically(file, out -> out.write(content));
    } catch (IOException e) {
      throw new LocalStartException(file + " cannot be written: " + e.getMessage(), e);
    }
  }

  /** Removes the list of processes; what they have written stays. */
  void forget() {
    try {
      Files.deleteIfExists(file());
    } catch (IOException e) {
      throw new LocalStartException("cannot be removed: " + file(), e);
    }
  }

  /** The way a link goes at the moment, written by those who change it. */
  Path linkFile(String link) {
    return root.resolve(link + ".mode");
  }

  Path log(String node) {
    return folder("log").resolve(node + ".log");
  }

  Path conf() {
    return folder("conf");
  }

  /** A folder inside, made if it is missing. */
  Path folder(String name) {
    try {
      return Files.createDirectories(root.resolve(name));
    } catch (IOException e) {
      throw new LocalStartException("cannot be written: " + root.resolve(name), e);
    }
  }

  Path write(String name, String text) {
    Path file = conf().resolve(name);
    try {
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new LocalStartException("cannot be written: " + file, e);
    }
  }

  private Path file() {
    return root.resolve("cluster.json");
  }
}
