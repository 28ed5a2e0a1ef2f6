/**
 * What objectives need beyond the feedback, from the feedback and the catalogue alone: clusters and
 * embeddings of the items, rows of the logging policy, selections, frequencies. Each is a {@link
 * hindcast.training.SideInformationSource}; reward models are in {@code hindcast.reward}.
 */
package hindcast.side;
