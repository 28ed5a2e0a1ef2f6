package hindcast.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The TCP sockets this process listens on, read from Linux's /proc. */
final class ListeningSockets {

  private static final String LISTEN = "0A";
  private static final Path PROC = Path.of("/proc/self");

  private ListeningSockets() {}

  static boolean canBeRead() {
    return Files.isReadable(PROC.resolve("net/tcp"));
  }

  /** Local addresses as {@code hex address:hex port}. */
  static Set<String> addresses() throws IOException {
    Set<String> inodes = inodes();
    Set<String> addresses = new TreeSet<>();
    for (String table : List.of("net/tcp", "net/tcp6")) {
      if (Files.isReadable(PROC.resolve(table))) {
        for (String line : Files.readAllLines(PROC.resolve(table))) {
          String[] columns = line.strip().split("\\s+", -1);
          if (columns[3].equals(LISTEN) && inodes.contains(columns[9])) {
            addresses.add(columns[1]);
          }
        }
      }
    }
    return addresses;
  }

  private static Set<String> inodes() throws IOException {
    Set<String> inodes = new HashSet<>();
    try (Stream<Path> descriptors = Files.list(PROC.resolve("fd"))) {
      for (Path descriptor : descriptors.toList()) {
        String target = target(descriptor);
        if (target.startsWith("socket:[")) {
          inodes.add(target.substring("socket:[".length(), target.length() - 1));
        }
      }
    }
    return inodes;
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      return "";
    }
  }
}
