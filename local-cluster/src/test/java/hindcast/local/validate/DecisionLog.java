package hindcast.local.validate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * A simulated dsjson log: three contexts, four actions whose probabilities depend on the context,
 * rewards of 1 that come up to 100 s later.
 */
public final class DecisionLog {
  private static final double[][] ROWS = {
    softmax(0.1, 0.5, -0.2, -0.6), softmax(-0.5, -0.1, 0.3, 0.8), softmax(0, 0.12, 0.05, -0.07)
  };

  private final Random random;
  private final List<String> lines = new ArrayList<>();
  private double claimedFactor = 1;

  /** An empty log. */
  public DecisionLog(long seed) {
    random = new Random(seed);
  }

  /** From now on the propensity of the shown action is said to be so much larger. */
  public DecisionLog claim(double factor) {
    claimedFactor = factor;
    return this;
  }

  /** Adds decisions, a second apart. */
  public DecisionLog decisions(int count) {
    for (int k = 0; k < count; k++) {
      lines.add(decision(lines.size()));
    }
    return this;
  }

  /** Adds any line. */
  public DecisionLog line(String line) {
    lines.add(line);
    return this;
  }

  /** Writes the lines. */
  public Path write(Path file) throws IOException {
    return Files.write(file, lines);
  }

  private String decision(int second) {
    int context = random.nextInt(ROWS.length);
    double[] row = ROWS[context];
    double u = random.nextDouble();
    int action = 0;
    while (action < 3 && u >= row[action]) {
      u -= row[action++];
    }
    boolean rewarded = random.nextDouble() < 0.2 + 0.1 * action;
    return String.format(
        Locale.ROOT,
        "{\"EventId\":\"e%07d\",\"Timestamp\":\"%s\",\"_label_Action\":%d,\"_label_probability\":%s,"
            + "\"a\":[1,2,3,4],\"p\":[%s,%s,%s,%s],\"c\":{\"User\":{\"kind\":\"k%d\"}},"
            + "\"VWState\":{\"m\":\"model/1\"},\"o\":[%s]}",
        second,
        time(second),
        action + 1,
        row[action] * claimedFactor,
        row[0],
        row[1],
        row[2],
        row[3],
        context,
        rewarded ? "{\"v\":1.0,\"Timestamp\":\"" + time(second + random.nextInt(100)) + "\"}" : "");
  }

  private static double[] softmax(double... scores) {
    double sum = Arrays.stream(scores).map(Math::exp).sum();
    return Arrays.stream(scores).map(score -> Math.exp(score) / sum).toArray();
  }

  private static String time(int second) {
    return String.format(
        Locale.ROOT, "2024-03-01T%02d:%02d:%02dZ", second / 3600, second / 60 % 60, second % 60);
  }
}
