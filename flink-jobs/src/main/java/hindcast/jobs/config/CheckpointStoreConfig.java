package hindcast.jobs.config;

/** Section {@code checkpoint-store}: policy checkpoints that are too large for a record. */
public record CheckpointStoreConfig(
    @Key(
            value = "",
            doc =
                "Directory every process reaches, for policy checkpoints above 512 KB. Empty: such"
                    + " a checkpoint fails the job.")
        String directory) {}
