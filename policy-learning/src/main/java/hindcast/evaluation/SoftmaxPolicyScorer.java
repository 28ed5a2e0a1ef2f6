package hindcast.evaluation;

import hindcast.feedback.LoggedFeedback;
import hindcast.policy.PolicyForm;
import hindcast.policy.SoftmaxPolicy;
import java.util.List;

/**
 * Scores a softmax policy under several forms, each event's softmax summed over every eligible item
 * in double precision. Contexts of another dimension are left undefined. Where there are items
 * newer than the policy's log, its mass on those that are eligible is measured for every event.
 */
public final class SoftmaxPolicyScorer implements PolicyScorer {
  private final SoftmaxPolicy policy;
  private final int[] newItems;
  private final PolicyForm[] forms;

  /** A scorer of a policy over a catalogue its log knew whole, in the order of the forms. */
  public SoftmaxPolicyScorer(SoftmaxPolicy policy, PolicyForm... forms) {
    this(policy, new int[0], forms);
  }

  /**
   * A scorer of a policy, in the order of the forms.
   *
   * @param newItems indexes of items newer than the policy's log, increasing
   */
  public SoftmaxPolicyScorer(SoftmaxPolicy policy, int[] newItems, PolicyForm... forms) {
    this.policy = policy;
    this.newItems = newItems.clone();
    this.forms = forms.clone();
  }

  @Override
  public void score(List<LoggedFeedback> minibatch, PolicyScores scores) {
    int dimension = policy.parameters().contextDimension();
    for (int i = 0; i < minibatch.size(); i++) {
      LoggedFeedback feedback = minibatch.get(i);
      if (feedback.context().dimension() == dimension) {
        double[] probabilities = policy.formProbabilities(feedback, forms);
        for (int form = 0; form < forms.length; form++) {
          scores.set(i, form, probabilities[form]);
        }
        measureNewItems(i, feedback, scores);
      }
    }
  }

  /** Leaves the mass unknown where the policy could show nothing of the catalogue. */
  private void measureNewItems(int event, LoggedFeedback feedback, PolicyScores scores) {
    int[] eligible = policy.catalogue().indexesOf(feedback.eligibleItemIds());
    if (newItems.length > 0 && (eligible == null || eligible.length > 0)) {
      double[] masses = policy.formMasses(feedback.context(), newItems, eligible, forms);
      for (int form = 0; form < forms.length; form++) {
        scores.setNewItemMass(event, form, masses[form]);
      }
    }
  }
}
