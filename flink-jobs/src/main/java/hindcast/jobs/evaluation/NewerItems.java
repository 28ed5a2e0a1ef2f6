package hindcast.jobs.evaluation;

import hindcast.avro.CatalogueManifest;
import hindcast.jobs.catalogue.SharedCatalogue;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which items of a catalogue an earlier one did not have, found once for each pair. */
final class NewerItems {
  private static final Logger LOG = LoggerFactory.getLogger(NewerItems.class);
  private static final int[] NONE = {};

  private record Pair(CatalogueManifest earlier, CatalogueManifest now) {}

  private final SharedCatalogue catalogue;
  private final Map<Pair, int[]> found = new HashMap<>();

  NewerItems(SharedCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** Indexes in the catalogue {@code now}, increasing. */
  int[] of(CatalogueManifest earlier, CatalogueManifest now) throws IOException {
    if (earlier.equals(now)) {
      return NONE;
    }
    Pair pair = new Pair(earlier, now);
    int[] items = found.get(pair);
    if (items == null) {
      items = catalogue.get(now).ids().notIn(catalogue.get(earlier).ids());
      found.put(pair, items);
      LOG.info(
          "Catalogue {} has {} items that {} has not",
          now.getVersion(),
          items.length,
          earlier.getVersion());
    }
    return items;
  }

  /** Forgets what is not about these catalogues. */
  void keepOnly(Set<CatalogueManifest> used) {
    found.keySet().removeIf(pair -> !used.contains(pair.now()));
  }
}
