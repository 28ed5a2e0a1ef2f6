package hindcast.local.simulate;

import hindcast.local.LocalStartException;
import java.nio.file.Path;

/**
 * What is made of ratings. All files are matrices as text, numbers between spaces, plain or
 * compressed.
 *
 * @param ratings users x items, 0 where there is none
 * @param heldOut ratings of the same users and items that are kept apart
 * @param users features, users x F
 * @param items features, items x G
 * @param relevant smallest rating whose reward is 1
 * @param itemIds what stands for an item itself among its features, at its own place; 0 for nothing
 * @param epochs how often the log has each rating
 * @param seed of the order
 * @param out the folder
 */
public record RatingSettings(
    Path ratings,
    Path heldOut,
    Path users,
    Path items,
    double relevant,
    double itemIds,
    int epochs,
    long seed,
    Path out) {
  public RatingSettings {
    require(heldOut != null, "--from-ratings needs --test-ratings FILE");
    require(users != null, "--from-ratings needs --users FILE");
    require(items != null, "--from-ratings needs --items FILE");
    require(itemIds >= 0 && Double.isFinite(itemIds), "--item-ids must be at least 0: " + itemIds);
    require(epochs >= 1 && epochs <= 10_000, "--epochs must be in [1, 10000]: " + epochs);
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new LocalStartException(message);
    }
  }
}
