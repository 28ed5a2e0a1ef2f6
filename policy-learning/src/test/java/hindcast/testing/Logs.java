package hindcast.testing;

import hindcast.catalogue.ItemCatalogue;
import hindcast.catalogue.PackedEmbeddings;
import hindcast.feedback.Context;
import hindcast.feedback.LoggedFeedback;
import hindcast.numeric.CounterBasedRandom;
import hindcast.propensity.Propensity;
import java.util.ArrayList;
import java.util.List;

/** Small made-up logs with a uniform logging policy: everything is a function of the seed. */
public final class Logs {
  private Logs() {}

  /** Items with normal vectors. */
  public static ItemCatalogue catalogue(int size, int dimension, long seed) {
    long key = CounterBasedRandom.key(seed, "catalogue", 0, "");
    float[] rows = new float[size * dimension];
    for (int k = 0; k < rows.length; k++) {
      rows[k] = (float) CounterBasedRandom.gaussian(key, k);
    }
    String[] ids = new String[size];
    for (int a = 0; a < size; a++) {
      ids[a] = "item-" + a;
    }
    return new ItemCatalogue("v1", "test", ids, PackedEmbeddings.ofRows(rows, size, dimension));
  }

  /** n events; about a third have a reward, which favours items with a large first component. */
  public static List<LoggedFeedback> uniform(ItemCatalogue catalogue, int d, int n, long seed) {
    List<LoggedFeedback> log = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      long key = CounterBasedRandom.key(seed, "log", 0, "impression-" + i);
      float[] x = new float[d];
      x[0] = 1;
      for (int k = 1; k < d; k++) {
        x[k] = (float) CounterBasedRandom.gaussian(key, 100 + k);
      }
      int item = CounterBasedRandom.below(key, 0, catalogue.size());
      double liking = catalogue.embeddings().vector(item)[0];
      double chance = 1 / (1 + Math.exp(0.8 - 2 * liking));
      double reward = CounterBasedRandom.uniform(key, 1) < chance ? 1 : 0;
      log.add(
          new LoggedFeedback(
              "impression-" + i,
              i,
              "s" + i % 3,
              Context.dense(x),
              catalogue.idOf(item),
              0,
              null,
              "uniform",
              1,
              reward,
              Propensity.logged(1.0 / catalogue.size())));
    }
    return log;
  }
}
