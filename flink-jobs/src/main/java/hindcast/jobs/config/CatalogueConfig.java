package hindcast.jobs.config;

import java.time.Duration;

/** Section {@code catalogue}: the items and their embeddings, announced on topic [catalogue]. */
public record CatalogueConfig(
    @Key(
            value = "",
            doc =
                "Where the local commands put the catalogue files they announce. A job reads a"
                    + " catalogue where its manifest says.")
        String storeDirectory,
    @Key(
            value = "10s",
            rule = Rule.NOT_NEGATIVE,
            doc =
                "Event time between two searches of a learning policy's index that are repeated"
                    + " exactly to measure its recall@256 (gauge indexRecall). 0: none.")
        Duration recallProbeEvery,
    @Key(
            value = "0.8",
            rule = Rule.ZERO_TO_ONE,
            doc =
                "Mean recall of the last 20 to 50 such searches below which a warning is logged and"
                    + " indexRecallAlarms counts. 0: never.")
        double recallFloor) {}
