package hindcast.side;

import hindcast.catalogue.ItemCatalogue;
import hindcast.feedback.LoggedFeedback;
import hindcast.training.SideInformation;
import hindcast.training.SideInformationSource;

/**
 * Φ(x) = {a : π₀(a|x) ≥ τ} where no row of the logging policy is known: whether the logged item is
 * selected, which is all that pruning needs. Feedback without a propensity has no selection.
 *
 * <p>Source: Lopez et al. 2021 (POXM); baselines 2.5.
 *
 * @param catalogue the items
 * @param threshold τ, in [0, 1]
 */
public record PropensitySelectionSource(ItemCatalogue catalogue, double threshold)
    implements SideInformationSource {

  public PropensitySelectionSource {
    if (!(threshold >= 0 && threshold <= 1)) {
      throw new IllegalArgumentException("threshold must be in [0, 1]: " + threshold);
    }
  }

  @Override
  public SideInformation of(LoggedFeedback feedback) {
    if (feedback.propensity() == null) {
      return SideInformation.NONE;
    }
    boolean selected = feedback.propensity().value() >= threshold;
    int[] items = selected ? new int[] {catalogue.indexOf(feedback.itemId())} : new int[0];
    return SideInformation.NONE.withSelection(items, Double.NaN);
  }
}
