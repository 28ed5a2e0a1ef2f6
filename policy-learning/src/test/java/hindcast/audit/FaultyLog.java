package hindcast.audit;

import hindcast.feedback.Context;
import hindcast.feedback.LoggedFeedback;
import hindcast.feedback.Rejection;
import hindcast.propensity.Propensity;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * A simulated log of 10 items, 40 contexts, 4 segments with shares .4, .3, .2 and .1, two versions
 * of the logging policy side by side and 1,000 users, sound but for one fault. A function of the
 * seed.
 */
final class FaultyLog {
  static final Map<String, Double> SHARES = Map.of("s0", .4, "s1", .3, "s2", .2, "s3", .1);
  private static final double[] CUMULATIVE = {.4, .7, .9, 1};
  private static final int ITEMS = 10;
  private static final int CONTEXTS = 40;
  private static final int USERS = 1000;
  private static final double EPSILON = .2;
  private static final List<String> IDS =
      IntStream.range(0, ITEMS).mapToObj(k -> "item" + k).toList();

  private final Fault fault;
  private final LogStyle style;
  private final int length;
  private final SplittableRandom random;
  private final double[][][] policy = new double[2][CONTEXTS][];
  private final double[][] target = new double[CONTEXTS][];
  private final double[][] quality = new double[CONTEXTS][ITEMS];
  private final double[] feature = new double[CONTEXTS];
  private final double[] user = new double[USERS];
  private final int[] first = new int[2 * CONTEXTS];

  FaultyLog(Fault fault, LogStyle style, int length, long seed) {
    this.fault = fault;
    this.style = style;
    this.length = length;
    random = new SplittableRandom(seed);
    double[][][] bySegment = new double[2][4][];
    for (int v = 0; v < 2; v++) {
      for (int s = 0; s < 4; s++) {
        bySegment[v][s] = normal(1);
      }
    }
    for (int c = 0; c < CONTEXTS; c++) {
      feature[c] = gaussian();
      double[] own = normal(style == LogStyle.TABLE ? 0 : .7);
      for (int v = 0; v < 2; v++) {
        double[] logits = bySegment[v][c % 4].clone();
        for (int k = 0; k < ITEMS; k++) {
          logits[k] += own[k];
        }
        policy[v][c] = style == LogStyle.EPSILON_GREEDY ? greedy(logits) : softmax(logits);
      }
      target[c] = softmax(normal(.7));
      for (int k = 0; k < ITEMS; k++) {
        quality[c][k] = fault == Fault.BETTER_WORLD ? .3 : .1 + .4 * random.nextDouble();
      }
    }
    for (int u = 0; u < USERS; u++) {
      user[u] = random.nextDouble();
    }
    Arrays.fill(first, -1);
  }

  /** What an audit of this log knows beforehand. */
  AuditSettings settings() {
    AuditSettings settings = AuditSettings.DEFAULT.withSegmentShares(SHARES);
    return style == LogStyle.SOFTMAX ? settings.withCatalogueSize(ITEMS) : settings;
  }

  /** Feeds the whole log; after each twentieth of it goes on with what the look gives back. */
  LogAudit feed(LogAudit first, UnaryOperator<LogAudit> look) {
    LogAudit audit = first;
    audit.join(counts());
    for (int t = 0; t < length; t++) {
      step(audit, t);
      if ((t + 1) % (length / 20) == 0) {
        audit = look.apply(audit);
      }
    }
    return audit;
  }

  private void step(LogAudit audit, int t) {
    boolean hit = random.nextDouble() < .05;
    boolean late = t >= length / 2;
    int s = segment();
    int c = s + 4 * random.nextInt(CONTEXTS / 4);
    int v = fault == Fault.SILENT_UPDATE ? 0 : random.nextInt(2);
    boolean stale = fault == Fault.STALE_SERVERS && hit;
    double[] row = policy[stale ? 1 - v : v][c];
    if (fault == Fault.SILENT_UPDATE && late) {
      row = raised(row);
    }
    int a = draw(row);
    double[] logged = (fault == Fault.STALE_SERVERS ? policy[v][c] : row).clone();
    double p = logged[a];
    List<String> eligible = style == LogStyle.ROWS || style == LogStyle.EPSILON_GREEDY ? IDS : null;
    switch (fault) {
      case PROPENSITIES_TOO_SMALL -> p /= 1.06;
      case BOOSTED_ITEM -> p *= a == 0 ? .75 : 1;
      case SWAPPED_SEGMENTS -> p = hit || random.nextDouble() < .05 ? policy[v][(c + 1) % 4][a] : p;
      case SWAPPED_ROWS -> {
        if (hit || random.nextDouble() < .05) {
          logged = policy[v][(c + 1) % CONTEXTS].clone();
          p = logged[a];
        }
      }
      case CACHED_ITEMS -> {
        int place = 2 * c + v;
        if (first[place] < 0) {
          first[place] = a;
        } else if (hit || random.nextDouble() < .05) {
          a = first[place];
          p = row[a];
        }
      }
      case GREEDY_FOR_EXPLORED -> p = p < .5 && random.nextDouble() < .28 ? largest(row) : p;
      case UNNORMALISED_ROWS -> {
        if (hit) {
          for (int k = 0; k < ITEMS; k++) {
            logged[k] *= 1.1;
          }
          p = logged[a];
        }
      }
      case OUTSIDE_THE_SET -> eligible = hit ? without(a) : eligible;
      case TWO_DECIMALS -> p = hit ? Math.max(.01, Math.rint(p * 100) / 100) : p;
      case PLACEHOLDER -> p = hit ? .1 : p;
      case OTHER_VERSION -> p = hit ? policy[1 - v][c][a] : p;
      default -> {}
    }
    double reward = reward(c, a, t);
    if (fault == Fault.LOST_SEGMENT && s == 0 && random.nextDouble() < .1) {
      return;
    }
    if (hit && fault == Fault.ZERO_PROPENSITY) {
      audit.reject(Rejection.INVALID_PROPENSITY);
      return;
    }
    if (hit && fault == Fault.BROKEN_RECORDS) {
      audit.reject(Rejection.MALFORMED);
      return;
    }
    int userOf = t % USERS;
    float x = (float) (feature[c] + (fault == Fault.SHIFTED_FEATURE && late ? .5 : 0));
    boolean without = hit && fault == Fault.NO_PROPENSITY;
    double[] rowLogged = style == LogStyle.ROWS && eligible != null ? logged : null;
    if (eligible != null && eligible.size() < ITEMS) {
      rowLogged = null;
    }
    audit.add(
        new AuditedFeedback(
            new LoggedFeedback(
                "i" + t,
                1_000_000L * t,
                "s" + s,
                Context.dense(new float[] {1, x, c}),
                IDS.get(a),
                0,
                eligible,
                "logging",
                v + 1,
                reward,
                without ? null : Propensity.logged(p)),
            rowLogged,
            "u" + userOf));
    if (!without && (fault != Fault.FAR_POLICY || late)) {
      audit.addPolicy("target", pi(c, a) / p, reward);
    }
  }

  private double pi(int c, int a) {
    return switch (fault) {
      case NEVER_SHOWN -> .9 * target[c][a];
      case FAR_POLICY -> a == rarest(policy[0][c]) ? 1 : 0;
      default -> target[c][a];
    };
  }

  private double reward(int c, int a, int t) {
    double q = quality[c][a];
    if (fault == Fault.BETTER_WORLD && t >= length / 2) {
      q = .42;
    }
    if (fault == Fault.DEPENDENT_REWARDS) {
      boolean shared = random.nextDouble() < Math.sqrt(.1);
      return (shared ? user[t % USERS] : random.nextDouble()) < .3 ? 1 : 0;
    }
    return random.nextDouble() < q ? 1 : 0;
  }

  private JoinCounts counts() {
    long rewards = length / 4;
    return new JoinCounts(
        length,
        fault == Fault.INNER_JOIN ? length - length / 20 : length,
        0,
        0,
        rewards,
        fault == Fault.SHORT_WINDOW ? rewards / 19 : 0,
        fault == Fault.LOST_IMPRESSIONS ? rewards / 19 : 0);
  }

  private int segment() {
    double u = random.nextDouble();
    int s = 0;
    while (u >= CUMULATIVE[s] && s < 3) {
      s++;
    }
    return s;
  }

  private int draw(double[] row) {
    double u = random.nextDouble();
    for (int k = 0; k < ITEMS - 1; k++) {
      u -= row[k];
      if (u < 0) {
        return k;
      }
    }
    return ITEMS - 1;
  }

  private double[] normal(double deviation) {
    double[] x = new double[ITEMS];
    for (int k = 0; k < ITEMS; k++) {
      x[k] = deviation * gaussian();
    }
    return x;
  }

  private double gaussian() {
    return Math.sqrt(-2 * Math.log(1 - random.nextDouble()))
        * Math.cos(2 * Math.PI * random.nextDouble());
  }

  private static double[] softmax(double[] logits) {
    double[] row = new double[ITEMS];
    double sum = 0;
    for (int k = 0; k < ITEMS; k++) {
      row[k] = Math.exp(logits[k]);
      sum += row[k];
    }
    for (int k = 0; k < ITEMS; k++) {
      row[k] = .9 * row[k] / sum + .1 / ITEMS;
    }
    return row;
  }

  private static double[] greedy(double[] logits) {
    double[] row = new double[ITEMS];
    Arrays.fill(row, EPSILON / ITEMS);
    int best = 0;
    for (int k = 1; k < ITEMS; k++) {
      best = logits[k] > logits[best] ? k : best;
    }
    row[best] += 1 - EPSILON;
    return row;
  }

  /** The row with the first item's share raised by .15. */
  private static double[] raised(double[] row) {
    double[] raised = row.clone();
    double factor = (1 - row[0] - .15) / (1 - row[0]);
    for (int k = 1; k < ITEMS; k++) {
      raised[k] *= factor;
    }
    raised[0] += .15;
    return raised;
  }

  private static double largest(double[] row) {
    return Arrays.stream(row).max().orElseThrow();
  }

  private static int rarest(double[] row) {
    int rarest = 0;
    for (int k = 1; k < ITEMS; k++) {
      rarest = row[k] < row[rarest] ? k : rarest;
    }
    return rarest;
  }

  private static List<String> without(int a) {
    return IDS.stream().filter(id -> !id.equals(IDS.get(a))).toList();
  }
}
