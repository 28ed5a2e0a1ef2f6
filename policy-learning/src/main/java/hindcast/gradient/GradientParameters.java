package hindcast.gradient;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The parameters of a gradient: which there are, their defaults and their ranges. */
final class GradientParameters {
  private static final String TOP_K = "topK";
  private static final String SAMPLES = "samples";
  private static final String EPSILON = "epsilon";
  private static final String INDEX = "index";
  private static final String LOG_Q = "logq";
  private static final String DRAWS = "draws";
  private static final String BUDGET = "budget";
  private static final String AUDIT_EVERY = "auditEvery";
  private static final String LOGGED = "logged";
  private static final String SUPPORT = "support";

  private static final Map<String, Set<String>> KNOWN =
      new TreeMap<>(
          Map.of(
              "exact", Set.of(),
              "mixture", Set.of(TOP_K, SAMPLES, EPSILON, INDEX, LOGGED, SUPPORT),
              "uniform", Set.of(SAMPLES, LOGGED, SUPPORT),
              "head-tail", Set.of(TOP_K, SAMPLES, INDEX),
              "in-batch", Set.of(LOG_Q),
              "reinforce", Set.of(SAMPLES),
              "top-k-tail", Set.of(TOP_K, DRAWS, INDEX),
              "partition", Set.of(BUDGET, DRAWS, AUDIT_EVERY),
              "auto", Set.of(AUDIT_EVERY)));

  private final String name;
  private final Map<String, Double> given;

  GradientParameters(String name, Map<String, Double> given) {
    this.name = name;
    this.given = given;
  }

  void require() {
    Set<String> known = name == null ? null : KNOWN.get(name);
    if (known == null) {
      throw new IllegalArgumentException("gradient must be one of " + KNOWN.keySet() + ": " + name);
    }
    Set<String> unknown = new TreeSet<>(given.keySet());
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "gradient " + name + " takes " + new TreeSet<>(known) + ": " + unknown);
    }
    topK();
    samples();
    epsilon();
    index(0);
    logged();
    support();
    logQ();
    draws();
    budget();
    auditEvery(1);
  }

  int topK() {
    return whole(TOP_K, 256, 1);
  }

  int samples() {
    return whole(SAMPLES, 1000, name.equals("head-tail") ? 1 : 2);
  }

  double epsilon() {
    double epsilon = given.getOrDefault(EPSILON, 0.8);
    if (!(epsilon > 0 && epsilon <= 1)) {
      throw new IllegalArgumentException("epsilon must be in (0, 1]: " + epsilon);
    }
    return epsilon;
  }

  int draws() {
    return whole(DRAWS, PartitionForm.STANDARD.draws(), 1);
  }

  int budget() {
    return whole(BUDGET, PartitionForm.STANDARD.budget(), 0);
  }

  int auditEvery(long otherwise) {
    return whole(AUDIT_EVERY, (int) otherwise, 1);
  }

  /** 0 exact, 1 HNSW, 2 partition. */
  int index(int otherwise) {
    double index = given.getOrDefault(INDEX, (double) otherwise);
    if (!(index == 0 || index == 1 || index == 2)) {
      throw new IllegalArgumentException(
          "index must be 0 (exact), 1 (HNSW) or 2 (partition): " + index);
    }
    return (int) index;
  }

  boolean logged() {
    return flag(LOGGED);
  }

  boolean support() {
    return flag(SUPPORT);
  }

  boolean logQ() {
    return flag(LOG_Q);
  }

  private boolean flag(String key) {
    double value = given.getOrDefault(key, 0.0);
    if (!(value == 0 || value == 1)) {
      throw new IllegalArgumentException(key + " must be 0 or 1: " + value);
    }
    return value == 1;
  }

  private int whole(String key, int otherwise, int smallest) {
    double value = given.getOrDefault(key, (double) otherwise);
    if (!(value >= smallest && value <= Integer.MAX_VALUE && value == Math.rint(value))) {
      throw new IllegalArgumentException(
          key + " must be a whole number of at least " + smallest + ": " + value);
    }
    return (int) value;
  }
}
