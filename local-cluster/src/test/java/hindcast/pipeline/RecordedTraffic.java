package hindcast.pipeline;

import hindcast.avro.CatalogueManifest;
import hindcast.avro.Context;
import hindcast.avro.Impression;
import hindcast.avro.InputStream;
import hindcast.avro.PolicyControl;
import hindcast.avro.Reward;
import hindcast.avro.TimeMarker;
import hindcast.connectors.avro.AvroMapping;
import hindcast.connectors.avro.WireFormat;
import hindcast.connectors.catalogue.CatalogueFile;
import hindcast.connectors.kafka.InputDecoder;
import hindcast.connectors.kafka.RawRecord;
import hindcast.simulation.BrokenRecord;
import hindcast.simulation.SimulatedImpression;
import hindcast.simulation.SimulatedReward;
import hindcast.simulation.SyntheticWorld;
import hindcast.simulation.Traffic;
import hindcast.simulation.TrafficCounts;
import hindcast.simulation.TrafficKind;
import hindcast.simulation.TrafficMessage;
import hindcast.simulation.TrafficSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;

/** Simulated traffic as the records a job would read from the topics, with time markers. */
final class RecordedTraffic {
  static final long START_MICROS = 1_700_000_000_000_000L;
  private static final long SECOND = 1_000_000;

  final List<RawRecord> impressions = new ArrayList<>();
  final List<RawRecord> rewards = new ArrayList<>();
  final List<RawRecord> catalogue = new ArrayList<>();
  final List<RawRecord> controls = new ArrayList<>();
  final CatalogueManifest manifest;
  final TrafficCounts counts;

  private final InputDecoder decoder = new InputDecoder(Duration.ofMinutes(5));

  RecordedTraffic(
      SyntheticWorld world, TrafficSettings settings, long impressionCount, Path directory)
      throws IOException {
    manifest = catalogueOf(world, directory.resolve("catalogue.hcat"));
    add(catalogue, InputStream.CATALOGUE, manifest);
    add(catalogue, InputStream.CATALOGUE, new TimeMarker(0L, true));
    add(controls, InputStream.POLICY_CONTROL, new TimeMarker(0L, true));

    Traffic traffic = new Traffic(world, settings, START_MICROS, impressionCount);
    long nextMarker = START_MICROS;
    while (traffic.hasNext()) {
      TrafficMessage message = traffic.next();
      if (message.arrivalMicros() >= nextMarker) {
        marker(traffic.markerMicros());
        nextMarker += SECOND;
      }
      add(message);
    }
    add(impressions, InputStream.IMPRESSIONS, new TimeMarker(0L, true));
    add(rewards, InputStream.REWARDS, new TimeMarker(0L, true));
    counts = traffic.counts();
  }

  /** Activates every impression at its time, except each n-th or so. */
  void activate(String kind, int except) {
    NavigableMap<Long, List<RawRecord>> activations = activations(kind, except);
    List<RawRecord> merged = new ArrayList<>();
    for (RawRecord record : rewards) {
      if (record.kind() == RawRecord.Kind.CLOSING) {
        activations.values().forEach(merged::addAll);
      } else if (record.kind() == RawRecord.Kind.MARKER) {
        Map<Long, List<RawRecord>> due = activations.headMap(record.eventTimeMicros(), false);
        due.values().forEach(merged::addAll);
        due.clear();
      }
      merged.add(record);
    }
    rewards.clear();
    rewards.addAll(merged);
  }

  private NavigableMap<Long, List<RawRecord>> activations(String kind, int except) {
    NavigableMap<Long, List<RawRecord>> activations = new TreeMap<>();
    Set<String> seen = new HashSet<>();
    for (RawRecord record : impressions) {
      if (record.isData()) {
        Impression shown = record.payload(Impression.class);
        String id = shown.getImpressionId();
        if (seen.add(id) && Math.floorMod(id.hashCode(), except) != 0) {
          activations
              .computeIfAbsent(shown.getEventTimeMicros(), time -> new ArrayList<>())
              .add(
                  decoder.decode(
                      InputStream.REWARDS,
                      InputStream.REWARDS.name(),
                      0,
                      (long) rewards.size() + seen.size(),
                      RawRecord.NO_APPEND_TIME,
                      WireFormat.ofThread()
                          .encode(
                              new Reward(
                                  id, "activation", shown.getEventTimeMicros(), 0.0, kind))));
        }
      }
    }
    return activations;
  }

  private static CatalogueManifest catalogueOf(SyntheticWorld world, Path file) throws IOException {
    int items = world.catalogue().size();
    int dimension = world.catalogue().dimension();
    String[] ids = new String[items];
    float[] rows = new float[items * dimension];
    double[] row = new double[dimension];
    for (int item = 0; item < items; item++) {
      ids[item] = world.catalogue().idOf(item);
      java.util.Arrays.fill(row, 0);
      world.catalogue().embeddings().addScaled(item, 1, row);
      for (int l = 0; l < dimension; l++) {
        rows[item * dimension + l] = (float) row[l];
      }
    }
    return CatalogueFile.write(file, "v1", "simulated", ids, dimension, rows, 0);
  }

  /** Adds a command ahead of the end of the commands. */
  void command(PolicyControl control) {
    RawRecord end = controls.remove(controls.size() - 1);
    add(controls, InputStream.POLICY_CONTROL, control);
    controls.add(end);
  }

  private void marker(long micros) {
    add(impressions, InputStream.IMPRESSIONS, new TimeMarker(micros, false));
    add(rewards, InputStream.REWARDS, new TimeMarker(micros, false));
  }

  private void add(TrafficMessage message) {
    if (message instanceof SimulatedImpression impression) {
      add(
          impressions,
          InputStream.IMPRESSIONS,
          Impression.newBuilder()
              .setImpressionId(impression.impressionId())
              .setEventTimeMicros(impression.eventTimeMicros())
              .setSegment(impression.segment())
              .setContext(new Context(AvroMapping.pack(impression.features()), null))
              .setItemId(impression.itemId())
              .setPropensity(
                  impression.propensity().isPresent()
                      ? impression.propensity().getAsDouble()
                      : null)
              .build());
    } else if (message instanceof SimulatedReward reward) {
      add(
          rewards,
          InputStream.REWARDS,
          new Reward(
              reward.impressionId(),
              reward.rewardId(),
              reward.eventTimeMicros(),
              reward.value(),
              ""));
    } else if (message instanceof BrokenRecord broken) {
      boolean impression = broken.kind().stream() == TrafficKind.Stream.IMPRESSIONS;
      addBytes(
          impression ? impressions : rewards,
          impression ? InputStream.IMPRESSIONS : InputStream.REWARDS,
          broken.bytes());
    }
  }

  private void add(List<RawRecord> records, InputStream stream, SpecificRecord record) {
    addBytes(records, stream, WireFormat.ofThread().encode(record));
  }

  private void addBytes(List<RawRecord> records, InputStream stream, byte[] bytes) {
    records.add(
        decoder.decode(stream, stream.name(), 0, records.size(), RawRecord.NO_APPEND_TIME, bytes));
  }
}
