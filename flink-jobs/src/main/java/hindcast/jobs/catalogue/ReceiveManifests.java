package hindcast.jobs.catalogue;

import hindcast.avro.CatalogueManifest;
import hindcast.connectors.kafka.RawRecord;
import hindcast.jobs.feedback.DeadLetterOutput;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Lets the manifests of the catalogue topic through; bytes that are none go to the dead letters.
 */
public final class ReceiveManifests extends ProcessFunction<RawRecord, CatalogueManifest> {
  private static final long serialVersionUID = 1L;

  @Override
  public void processElement(RawRecord record, Context context, Collector<CatalogueManifest> out) {
    switch (record.kind()) {
      case DATA -> out.collect(record.payload(CatalogueManifest.class));
      case POISON ->
          context.output(DeadLetterOutput.TAG, DeadLetterOutput.of(record, record.reject()));
      case MARKER, CLOSING -> {}
    }
  }
}
