package hindcast.jobs.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The way out of an unknown key: the known one that is spelt most like it. */
final class Suggestion {
  private Suggestion() {}

  /** One sentence: did you mean, or else what is known at this place. */
  static String forUnknown(String path, Class<?> section) {
    String parent = path.substring(0, path.lastIndexOf('.') + 1);
    List<String> siblings = ConfigKey.of(section).stream().map(key -> parent + key.name()).toList();
    List<String> candidates = new ArrayList<>(siblings);
    candidates.addAll(paths(PipelineConfig.class, ""));
    return candidates.stream()
        .min(Comparator.comparingInt(candidate -> distance(path, candidate)))
        .filter(candidate -> distance(path, candidate) <= Math.max(2, last(path).length() / 3))
        .map(candidate -> "did you mean " + candidate + "?")
        .orElseGet(() -> "known here are " + String.join(", ", siblings));
  }

  private static List<String> paths(Class<?> section, String parent) {
    List<String> paths = new ArrayList<>();
    for (ConfigKey key : ConfigKey.of(section)) {
      paths.add(parent + key.name());
      if (key.isSection()) {
        paths.addAll(paths(key.component().getType(), parent + key.name() + "."));
      }
    }
    return paths;
  }

  /** Edits between the last parts, and one more if the key stands elsewhere. */
  private static int distance(String path, String candidate) {
    String parent = path.substring(0, path.length() - last(path).length());
    return edits(last(path), last(candidate))
        + (candidate.equals(parent + last(candidate)) ? 0 : 1);
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  /** Levenshtein distance. */
  private static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
