package hindcast.jobs.config;

/** Section {@code catalogue}: the items and their embeddings, announced on topic [catalogue]. */
public record CatalogueConfig(
    @Key(
            value = "",
            doc =
                "Where the local commands put the catalogue files they announce. A job reads a"
                    + " catalogue where its manifest says.")
        String storeDirectory) {}
