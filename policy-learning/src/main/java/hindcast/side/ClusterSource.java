package hindcast.side;

import hindcast.feedback.LoggedFeedback;
import hindcast.training.SideInformation;
import hindcast.training.SideInformationSource;

/**
 * A fixed map from items to clusters. π₀(c|x) is summed from the logging row, which another source
 * gives.
 *
 * @param clusters of the catalogue the learner uses
 */
public record ClusterSource(ItemClusters clusters) implements SideInformationSource {
  @Override
  public SideInformation of(LoggedFeedback feedback) {
    return SideInformation.NONE.withClusters(clusters.clusterOfItem(), Double.NaN);
  }
}
