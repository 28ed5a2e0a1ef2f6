package hindcast.gradient;

import hindcast.catalogue.CatalogueIndexes;
import hindcast.catalogue.IndexKind;
import hindcast.catalogue.ItemEmbeddings;
import hindcast.catalogue.MaximumInnerProductIndex;
import hindcast.catalogue.PackedEmbeddings;
import hindcast.catalogue.PartitionedEmbeddings;
import hindcast.gradient.MixtureScoreGradient.Exactly;
import java.util.Map;

/** Gradients by name. */
final class GradientNames {
  private GradientNames() {}

  static MinibatchScoreGradient create(
      String name, Map<String, Double> parameters, CatalogueIndexes indexes) {
    requireKnown(name, parameters);
    GradientParameters given = new GradientParameters(name, parameters);
    return switch (name) {
      case "top-k-tail" ->
          new TopKTailGradient(
              indexes.embeddings(), index(given, indexes), given.topK(), given.draws());
      case "partition" -> watched(given, indexes, new PartitionForm(given.budget(), given.draws()));
      case "auto" ->
          CatalogueIndexes.isForPartition(indexes.embeddings())
              ? watched(given, indexes, null)
              : exact(indexes);
      case "exact" -> exact(indexes);
      default -> new EventByEvent(name, eventByEvent(name, given, indexes));
    };
  }

  private static MinibatchScoreGradient exact(CatalogueIndexes indexes) {
    ItemEmbeddings items = indexes.embeddings();
    if (items instanceof PartitionedEmbeddings) {
      return new PartitionGradient(indexes.partition(), null);
    }
    return items instanceof PackedEmbeddings packed
        ? new ExactMinibatchGradient(packed)
        : new EventByEvent("exact", new ExactScoreGradient(items));
  }

  private static MinibatchScoreGradient watched(
      GradientParameters given, CatalogueIndexes indexes, PartitionForm pinned) {
    long auditEvery = given.auditEvery(WatchedGradient.auditEvery(indexes.embeddings().size()));
    return new WatchedGradient(indexes.partition(), pinned, auditEvery);
  }

  private static ScoreGradient eventByEvent(
      String name, GradientParameters given, CatalogueIndexes indexes) {
    ItemEmbeddings items = indexes.embeddings();
    return switch (name) {
      case "mixture" -> mixture(given, indexes, given.epsilon());
      case "uniform" -> mixture(given, indexes, 1);
      case "head-tail" ->
          new HeadTailScoreGradient(items, index(given, indexes), given.topK(), given.samples());
      case "in-batch" -> new InBatchScoreGradient(items, given.logQ());
      default -> new ReinforceScoreGradient(items, Reinforce.COV, given.samples());
    };
  }

  private static ScoreGradient mixture(
      GradientParameters given, CatalogueIndexes indexes, double epsilon) {
    ItemEmbeddings items = indexes.embeddings();
    Exactly exactly =
        given.support() ? Exactly.SUPPORT : given.logged() ? Exactly.LOGGED : Exactly.NOTHING;
    MaximumInnerProductIndex index = epsilon == 1 ? null : index(given, indexes);
    return new MixtureScoreGradient(
        items, new MixtureProposal(items, index, given.topK(), given.samples(), epsilon), exactly);
  }

  /** The index {@link #create} will ask for, or null if it needs none. */
  static IndexKind indexOf(String name, Map<String, Double> parameters, ItemEmbeddings items) {
    GradientParameters given = new GradientParameters(name, parameters);
    return switch (name) {
      case "partition" -> IndexKind.PARTITION;
      case "auto" -> CatalogueIndexes.isForPartition(items) ? IndexKind.PARTITION : null;
      case "top-k-tail", "head-tail" -> kind(given, items);
      case "mixture" -> given.epsilon() == 1 ? null : kind(given, items);
      default -> null;
    };
  }

  private static IndexKind kind(GradientParameters given, ItemEmbeddings items) {
    return switch (given.index(CatalogueIndexes.isSmall(items.size()) ? 0 : 1)) {
      case 0 -> null;
      case 2 -> IndexKind.PARTITION;
      default -> IndexKind.HNSW;
    };
  }

  private static MaximumInnerProductIndex index(GradientParameters given, CatalogueIndexes all) {
    IndexKind kind = kind(given, all.embeddings());
    if (kind == null) {
      return all.exact();
    }
    return kind == IndexKind.HNSW ? all.hnsw() : all.partition();
  }

  static void requireKnown(String name, Map<String, Double> parameters) {
    new GradientParameters(name, parameters).require();
  }
}
