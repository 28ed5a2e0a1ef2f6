package hindcast.bench;

import hindcast.local.LocalStartException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;

/**
 * Recorded sessions, {@code user item item ...} a line, as the Gowalla check-ins come. Items get
 * indexes in the order of their numbers. An item a user visits several times counts once; users
 * with fewer than two items have nothing to find and are left out and counted.
 *
 * @param sessions in the order of the file
 * @param items P
 * @param leftOut users without two items
 */
record SessionLog(List<Session> sessions, int items, int leftOut) {

  /** The sessions of {@code gowalla/train.txt.gz} in a folder of real data. */
  static SessionLog gowalla(Path data) {
    if (data == null) {
      throw new LocalStartException(
          "--data gowalla reads recorded sessions: name their folder with --data-dir or"
              + " HINDCAST_DATA (it holds gowalla/train.txt.gz)");
    }
    Path file = data.resolve("gowalla").resolve("train.txt.gz");
    if (!Files.isReadable(file)) {
      throw new LocalStartException("--data gowalla needs a readable file, no such: " + file);
    }
    try {
      return read(file);
    } catch (IOException e) {
      throw new LocalStartException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static SessionLog read(Path file) throws IOException {
    List<int[]> visits = new ArrayList<>();
    int leftOut = 0;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int[] items = items(line, file);
        if (items.length < 2) {
          leftOut++;
        } else {
          visits.add(items);
        }
      }
    }
    if (visits.isEmpty()) {
      throw new IOException("it holds no session");
    }
    return index(visits, leftOut);
  }

  private static int[] items(String line, Path file) throws IOException {
    String[] fields = line.strip().split(" +");
    Set<Integer> items = new LinkedHashSet<>();
    try {
      for (int k = 1; k < fields.length; k++) {
        items.add(Integer.parseInt(fields[k]));
      }
    } catch (NumberFormatException e) {
      throw new IOException("items must be whole numbers: " + e.getMessage() + " in " + file, e);
    }
    return items.stream().mapToInt(Integer::intValue).toArray();
  }

  private static SessionLog index(List<int[]> visits, int leftOut) {
    Set<Integer> numbers = new TreeSet<>();
    visits.forEach(items -> Arrays.stream(items).forEach(numbers::add));
    Map<Integer, Integer> indexes = new HashMap<>();
    numbers.forEach(number -> indexes.put(number, indexes.size()));
    List<Session> sessions =
        visits.stream()
            .map(items -> Session.halves(Arrays.stream(items).map(indexes::get).toArray()))
            .toList();
    return new SessionLog(sessions, indexes.size(), leftOut);
  }
}
