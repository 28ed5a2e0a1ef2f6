package hindcast.gradient;

import hindcast.catalogue.CatalogueIndexes;
import hindcast.catalogue.IndexKind;
import hindcast.catalogue.ItemCatalogue;
import hindcast.catalogue.ItemEmbeddings;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;

/**
 * The softmax of every event of a minibatch, exactly or estimated.
 *
 * <p>A workspace: {@link #fit} it to a minibatch, read its events with {@link #at}, fit it to the
 * next. Draws are a function of the keys. Not safe for use by several threads.
 *
 * <p>An estimator that watches itself or counts has a state, which belongs to the state of whoever
 * trains with it: half the minibatches, {@link #write}, {@link #read}, the other half give the
 * numbers of all of them, bit for bit.
 */
public sealed interface MinibatchScoreGradient
    permits EventByEvent,
        ExactMinibatchGradient,
        PartitionGradient,
        TopKTailGradient,
        WatchedGradient {

  /**
   * Takes note of the items logged in a minibatch, those of events that are not going to be fitted
   * among them.
   */
  default void begin(int[] items) {}

  /**
   * Prepares a minibatch; the arrays must not change while it is read.
   *
   * @param theta Θ, row-major d x L
   * @param events the events
   */
  void fit(double[] theta, MinibatchContexts events);

  /** The statistics of event i in [0, n), valid until the next call of this method or of fit. */
  SoftmaxStatistics at(int i);

  /** What it did since it was made. */
  GradientReport report();

  /** Writes the state; nothing for most. */
  default void write(DataOutput out) throws IOException {}

  /** Reads what {@link #write} of the same gradient wrote. */
  default void read(DataInput in) throws IOException {}

  /**
   * The gradient of a name, see {@link GradientMethod} for what each is and takes.
   *
   * @param indexes the searches over the catalogue; null for indexes of its own
   */
  static MinibatchScoreGradient of(
      String name,
      Map<String, Double> parameters,
      ItemCatalogue catalogue,
      CatalogueIndexes indexes) {
    return GradientNames.create(
        name, parameters, indexes == null ? new CatalogueIndexes(catalogue.embeddings()) : indexes);
  }

  /** The index over some items that {@link #of} will ask for, or null if it needs none. */
  static IndexKind indexOf(String name, Map<String, Double> parameters, ItemEmbeddings items) {
    return GradientNames.indexOf(name, parameters, items);
  }

  /** Refuses a name or parameters that {@link #of} would refuse. */
  static void requireKnown(String name, Map<String, Double> parameters) {
    GradientNames.requireKnown(name, parameters);
  }
}
