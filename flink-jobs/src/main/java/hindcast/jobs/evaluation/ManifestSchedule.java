package hindcast.jobs.evaluation;

import hindcast.avro.CatalogueManifest;
import hindcast.evaluation.PolicyScorer;
import hindcast.evaluation.ScorerInForce;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The scorer of one policy version over the catalogue in force, made when a catalogue comes into
 * force and kept until another does. What it says depends on the manifests and on event time alone.
 */
final class ManifestSchedule implements ScorerInForce.Schedule {
  /** Chooses a catalogue and makes the scorer over it. */
  interface Maker {
    /** The manifest of impressions at a time. */
    CatalogueManifest manifest(long timeMicros) throws IOException;

    /** A scorer over its catalogue. */
    PolicyScorer scorer(CatalogueManifest manifest) throws IOException;
  }

  private final KnownManifests known;
  private final Maker maker;
  private CatalogueManifest manifest;
  private PolicyScorer scorer;
  private int edition = -1;
  private long sinceMicros;
  private long untilMicros;

  ManifestSchedule(KnownManifests known, Maker maker) {
    this.known = known;
    this.maker = maker;
  }

  /**
   * {@inheritDoc}
   *
   * @throws UncheckedIOException if no catalogue can be used
   */
  @Override
  public PolicyScorer at(long timeMicros) {
    if (edition != known.edition() || timeMicros < sinceMicros || timeMicros >= untilMicros) {
      try {
        choose(maker.manifest(timeMicros));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      edition = known.edition();
      sinceMicros = known.since(timeMicros);
      untilMicros = known.until(timeMicros);
    }
    return scorer;
  }

  private void choose(CatalogueManifest chosen) throws IOException {
    if (!chosen.equals(manifest)) {
      scorer = maker.scorer(chosen);
      manifest = chosen;
    }
  }

  /** The manifest of the catalogue it scores over; null before the first event. */
  CatalogueManifest manifest() {
    return manifest;
  }
}
