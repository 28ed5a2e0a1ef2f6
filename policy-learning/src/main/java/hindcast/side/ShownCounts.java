package hindcast.side;

import hindcast.catalogue.ItemCatalogue;
import hindcast.propensity.DirichletPropensity;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** One Dirichlet estimate of what is shown for each key, over the items of a catalogue. */
final class ShownCounts {
  private final ItemCatalogue catalogue;
  private final double halfLifeMicros;
  private final double priorStrength;
  private final Map<String, DirichletPropensity> estimates = new TreeMap<>();

  ShownCounts(ItemCatalogue catalogue, double halfLifeMicros, double priorStrength) {
    this.catalogue = catalogue;
    this.halfLifeMicros = halfLifeMicros;
    this.priorStrength = priorStrength;
    empty();
  }

  private DirichletPropensity empty() {
    return new DirichletPropensity(halfLifeMicros, priorStrength);
  }

  /** The estimated probability of an item. */
  double probability(String key, String item, long timeMicros) {
    DirichletPropensity estimate = estimates.get(key);
    double prior = 1.0 / catalogue.size();
    return estimate == null ? prior : estimate.posterior(item, prior, timeMicros).mean();
  }

  /** The estimated probability of every eligible item, adding up to 1; 0 for the others. */
  double[] row(String key, int[] eligible, long timeMicros) {
    double[] row = new double[catalogue.size()];
    double sum = 0;
    int count = eligible == null ? row.length : eligible.length;
    for (int j = 0; j < count; j++) {
      int item = eligible == null ? j : eligible[j];
      row[item] = probability(key, catalogue.idOf(item), timeMicros);
      sum += row[item];
    }
    for (int item = 0; item < row.length; item++) {
      row[item] /= sum;
    }
    return row;
  }

  void add(String key, String item, long timeMicros) {
    estimates.computeIfAbsent(key, k -> empty()).update(item, timeMicros);
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(estimates.size());
    for (Map.Entry<String, DirichletPropensity> estimate : estimates.entrySet()) {
      out.writeUTF(estimate.getKey());
      estimate.getValue().write(out);
    }
  }

  void read(DataInput in) throws IOException {
    estimates.clear();
    for (int k = in.readInt(); k > 0; k--) {
      estimates.put(in.readUTF(), DirichletPropensity.read(in));
    }
  }
}
