package hindcast.reward;

import hindcast.catalogue.ItemCatalogue;
import hindcast.feedback.LoggedFeedback;
import hindcast.training.SideInformation;
import hindcast.training.SideInformationSource;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * Gives a trainer the predictions of a reward model that learns beside it. Predictions come from a
 * version that is frozen for a number of minibatches; the events of a minibatch are learned after
 * they were predicted.
 */
public final class RewardModelSource implements SideInformationSource {
  private final RewardModel model;
  private final ItemCatalogue catalogue;
  private final int freezeEvery;
  private RewardModel frozen;
  private long minibatches;

  /**
   * A source.
   *
   * @param model learns; not to be changed by anybody else
   * @param catalogue items the model speaks of
   * @param freezeEvery minibatches a frozen version lasts, at least 1
   */
  public RewardModelSource(RewardModel model, ItemCatalogue catalogue, int freezeEvery) {
    if (freezeEvery < 1) {
      throw new IllegalArgumentException("freezeEvery must be at least 1: " + freezeEvery);
    }
    this.model = model;
    this.catalogue = catalogue;
    this.freezeEvery = freezeEvery;
    this.frozen = model.freeze();
  }

  @Override
  public SideInformation of(LoggedFeedback feedback) {
    RewardModel version = frozen;
    return SideInformation.NONE
        .withState(feedback.segment())
        .withRewardModel(item -> version.predict(feedback.segment(), feedback.context(), item));
  }

  @Override
  public void learn(List<LoggedFeedback> minibatch) {
    for (LoggedFeedback feedback : minibatch) {
      int item = catalogue.indexOf(feedback.itemId());
      if (item >= 0) {
        model.update(feedback.segment(), feedback.context(), item, feedback.reward());
      }
    }
    minibatches++;
    if (minibatches % freezeEvery == 0) {
      frozen = model.freeze();
    }
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeLong(minibatches);
    model.write(out);
    frozen.write(out);
  }

  @Override
  public void read(DataInput in) throws IOException {
    minibatches = in.readLong();
    model.read(in);
    frozen = model.freeze();
    frozen.read(in);
  }
}
