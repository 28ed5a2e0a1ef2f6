package hindcast.jobs.config;

/** Section {@code catalogue}: the items and their embeddings, announced on topic [catalogue]. */
public record CatalogueConfig(
    @Key(
            value = "",
            doc =
                "Directory of this machine where a process keeps the catalogue files it has loaded;"
                    + " empty reads them where they lie.")
        String storeDirectory) {}
