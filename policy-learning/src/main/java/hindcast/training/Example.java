package hindcast.training;

import hindcast.feedback.Context;

/**
 * An event ready for learning: ids are indexes, missing fields have been refused.
 *
 * @param context x
 * @param item index of the logged item
 * @param eligible indexes of the eligible items, increasing; null for the whole catalogue
 * @param reward r
 * @param propensity p; 1 if the objective does not need it
 * @param uncertainty U
 * @param key of the event's random numbers
 * @param side what else is known
 */
public record Example(
    Context context,
    int item,
    int[] eligible,
    double reward,
    double propensity,
    double uncertainty,
    long key,
    SideInformation side) {}
