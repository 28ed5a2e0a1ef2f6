package hindcast.evaluation;

import hindcast.feedback.LoggedFeedback;
import hindcast.policy.PolicyForm;
import hindcast.policy.SoftmaxPolicy;
import java.util.List;

/**
 * Scores a softmax policy under several forms, each event's softmax summed over every eligible item
 * in double precision. Contexts of another dimension are left undefined.
 */
public final class SoftmaxPolicyScorer implements PolicyScorer {
  private final SoftmaxPolicy policy;
  private final PolicyForm[] forms;

  /** A scorer of a policy, in the order of the forms. */
  public SoftmaxPolicyScorer(SoftmaxPolicy policy, PolicyForm... forms) {
    this.policy = policy;
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
      }
    }
  }
}
