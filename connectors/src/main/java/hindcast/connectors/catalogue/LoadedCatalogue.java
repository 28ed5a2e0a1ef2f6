package hindcast.connectors.catalogue;

import hindcast.catalogue.ItemCatalogue;
import hindcast.catalogue.PartitionIndex;

/**
 * What is in a catalogue file.
 *
 * @param catalogue the items
 * @param partition the partition that holds their vectors, null if the file has none
 */
public record LoadedCatalogue(ItemCatalogue catalogue, PartitionIndex partition) {}
