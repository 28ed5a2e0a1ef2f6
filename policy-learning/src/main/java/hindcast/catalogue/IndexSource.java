package hindcast.catalogue;

/**
 * Where indexes come from: built, or read from where they were kept. What it makes of some vectors
 * is always the same.
 */
public interface IndexSource {
  /** Builds on the thread that asks and keeps nothing. */
  IndexSource BUILD =
      new IndexSource() {
        @Override
        public PartitionIndex partition(ItemEmbeddings embeddings) {
          return PartitionIndex.builder(embeddings).build();
        }

        @Override
        public HnswIndex hnsw(ItemEmbeddings embeddings) {
          return new HnswIndex(embeddings);
        }
      };

  /** The partition of some vectors. */
  PartitionIndex partition(ItemEmbeddings embeddings);

  /** Their graph, the one {@link HnswIndex#HnswIndex(ItemEmbeddings)} makes. */
  HnswIndex hnsw(ItemEmbeddings embeddings);
}
