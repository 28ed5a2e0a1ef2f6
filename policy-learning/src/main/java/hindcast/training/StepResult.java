package hindcast.training;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one minibatch did.
 *
 * @param applied whether the parameters moved: false if no event could be used, or if the gradient
 *     was not finite
 * @param objectiveValue the objective over the used events before the step, without the L2 term; 0
 *     if none was used
 * @param gradientNorm Euclidean norm of the gradient with the L2 term, before clipping
 * @param used events that were used
 * @param skipped events that could not be used, by reason, in the order of the reasons
 */
public record StepResult(
    boolean applied,
    double objectiveValue,
    double gradientNorm,
    int used,
    Map<String, Long> skipped) {

  public StepResult {
    skipped = Collections.unmodifiableMap(new TreeMap<>(skipped));
  }
}
