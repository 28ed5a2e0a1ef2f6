package hindcast.fuzz;

import hindcast.connectors.logs.LogFormat;
import java.io.IOException;
import java.util.Locale;

/** The readers that are fuzzed. */
enum FuzzTarget {
  /** Records as they lie in topics: decoding, outline, and the rules of the validator. */
  RECORD,
  /** Records of Kafka that an adapter may have refused: its reason, a line break, the value. */
  REFUSED_RECORD,
  /** Impressions and rewards as plain values: {@code name=value} lines. */
  VALIDATOR,
  /** Open Bandit logs, header included, plain or gzip. */
  OBD,
  /** Decision logs in JSON, plain or gzip. */
  DSJSON,
  /** Separated values with a mapping, plain or gzip. */
  CSV,
  /** JSON lines with a mapping, plain or gzip. */
  JSONL,
  /** Mapping files. */
  MAPPING,
  /** Logs in Avro container files. */
  AVRO,
  /** Logs in Parquet files. */
  PARQUET,
  /** Dead letters as JSON lines. */
  DEAD_LETTERS,
  /** Content of policy checkpoints. */
  CHECKPOINT,
  /** Catalogue files. */
  CATALOGUE,
  /** Manifests beside catalogue files. */
  MANIFEST,
  /** Stored partitions and graphs of a catalogue. */
  INDEX,
  /** Items in csv. */
  ITEMS_CSV,
  /** Items in NumPy's format. */
  ITEMS_NPY,
  /** Configuration in YAML; lines {@code --set key=value} are overrides. */
  CONFIG;

  /** Bytes went through. */
  static final String ACCEPTED = "ACCEPTED";

  /** Bytes were refused by an exception that has no reasons of its own. */
  static final String REFUSED = "REFUSED";

  /** What becomes of the bytes: {@link #ACCEPTED} or the name of a refusal. */
  String outcome(byte[] input) throws IOException {
    return switch (this) {
      case RECORD -> RecordTarget.outcome(input);
      case REFUSED_RECORD -> RecordTarget.outcomeOfRefused(input);
      case VALIDATOR -> ValidatorTarget.outcome(input);
      case OBD -> LogTarget.outcome(LogFormat.of("obd"), input);
      case DSJSON -> LogTarget.outcome(LogFormat.of("dsjson"), input);
      case CSV -> LogTarget.outcome(MappingTarget.csv(), input);
      case JSONL -> LogTarget.outcome(MappingTarget.jsonLines(), input);
      case MAPPING -> MappingTarget.outcome(input);
      case AVRO -> LogTarget.outcome(LogFormat.of("avro"), input);
      case PARQUET -> LogTarget.outcome(LogFormat.of("parquet"), input);
      case DEAD_LETTERS -> FileTarget.deadLetters(input);
      case CHECKPOINT -> CheckpointTarget.outcome(input);
      case CATALOGUE -> CatalogueTarget.outcome(input);
      case MANIFEST -> FileTarget.manifest(input);
      case INDEX -> IndexTarget.outcome(input);
      case ITEMS_CSV -> FileTarget.csv(input);
      case ITEMS_NPY -> FileTarget.npy(input);
      case CONFIG -> ConfigTarget.outcome(input);
    };
  }

  /** Its folder in the corpus. */
  String folder() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Fails for a message that does not say what is wrong. */
  static void requireMessage(String message, String part) {
    if (message == null || message.isBlank() || !message.contains(part)) {
      throw new IllegalStateException("refusal must say '" + part + "': " + message);
    }
  }
}
