package hindcast.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of a log as a user names them, each once: a file; a directory, for all files in it and
 * below it, by name; a pattern such as {@code logs/2024-*.csv.gz}; or {@code -} for standard input,
 * which is copied to a temporary file, like any pipe, since a log is read twice. Below directories,
 * and by patterns, files and folders whose names begin with {@code .} or {@code _} are left out.
 *
 * <p>Errors: {@link LocalStartException} for what is not there or names no file.
 */
public final class LogInputs implements AutoCloseable {
  /** Standard input. */
  public static final String STANDARD_INPUT = "-";

  private static final Pattern WILDCARD = Pattern.compile("[*?\\[{]");

  private final Map<Path, Path> files = new LinkedHashMap<>();
  private final Map<Path, String> copied = new LinkedHashMap<>();
  private DataDirectory copies;

  private LogInputs() {}

  /**
   * Finds the files.
   *
   * @param option what the names were given to
   * @param names in their order
   */
  public static LogInputs of(String option, List<String> names) {
    return of(option, names, System.in);
  }

  static LogInputs of(String option, List<String> names, InputStream standardInput) {
    LogInputs inputs = new LogInputs();
    try {
      for (String name : names) {
        if (name.equals(STANDARD_INPUT)) {
          inputs.copy(name, standardInput);
        } else {
          inputs.add(option, name);
        }
      }
    } catch (IOException e) {
      inputs.close();
      throw new LocalStartException(option + " cannot be read: " + e.getMessage(), e);
    } catch (LocalStartException e) {
      inputs.close();
      throw e;
    }
    return inputs;
  }

  /** The files, in the order in which they were named. */
  public List<Path> files() {
    return List.copyOf(files.values());
  }

  /** What a file is called: {@code -} for standard input. */
  public String name(Path file) {
    return copied.getOrDefault(file, file.toString());
  }

  /** What all of them are called in a few words. */
  public String title() {
    List<Path> all = files();
    String name = name(all.get(0));
    String first = name.equals(STANDARD_INPUT) ? "standard input" : fileName(Path.of(name));
    return all.size() == 1 ? first : first + " and %,d more".formatted(all.size() - 1);
  }

  /** Removes what was copied. */
  @Override
  public void close() {
    if (copies != null) {
      copies.close();
    }
  }

  private void copy(String name, InputStream pipe) throws IOException {
    if (copied.containsValue(name)) {
      return;
    }
    copies = copies == null ? DataDirectory.temporary() : copies;
    Path copy = copies.root().resolve("pipe-" + (copied.size() + 1));
    Files.copy(pipe, copy);
    copied.put(copy, name);
    files.put(copy.toRealPath(), copy);
  }

  private void add(String option, String name) throws IOException {
    Path path = Path.of(name);
    if (Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path)) {
      try (InputStream pipe = Files.newInputStream(path)) {
        copy(name, pipe);
      }
      return;
    }
    List<Path> found = List.of(path);
    if (Files.isDirectory(path)) {
      found = below(path, file -> true);
    } else if (!Files.exists(path) && WILDCARD.matcher(name).find()) {
      PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + name);
      found = below(folderOf(path), matcher);
    }
    if (found.isEmpty()) {
      throw new LocalStartException(option + " names no file: " + name);
    }
    for (Path file : found) {
      LogFiles.requireReadable(option, file);
      files.putIfAbsent(file.toRealPath(), file);
    }
  }

  /** The folder above the first part of a pattern that has a wildcard. */
  private static Path folderOf(Path pattern) {
    Path folder = pattern.isAbsolute() ? pattern.getRoot() : Path.of("");
    for (Path part : pattern) {
      if (WILDCARD.matcher(part.toString()).find()) {
        break;
      }
      folder = folder.resolve(part);
    }
    return folder;
  }

  private static List<Path> below(Path folder, PathMatcher wanted) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Path> found = new ArrayList<>();
    try (Stream<Path> tree = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      tree.filter(file -> wanted.matches(file) && isShown(folder.relativize(file)))
          .filter(Files::isRegularFile)
          .forEach(found::add);
    } catch (java.io.UncheckedIOException e) {
      throw e.getCause();
    }
    found.sort(null);
    return found;
  }

  private static boolean isShown(Path relative) {
    for (Path part : relative) {
      if (part.toString().startsWith(".") || part.toString().startsWith("_")) {
        return false;
      }
    }
    return true;
  }

  private static String fileName(Path file) {
    Path name = file.getFileName();
    return name == null ? file.toString() : name.toString();
  }
}
