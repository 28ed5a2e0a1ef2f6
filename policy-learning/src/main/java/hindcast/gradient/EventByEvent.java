package hindcast.gradient;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** A minibatch one event at a time: an event is fitted when it is read. */
public final class EventByEvent implements MinibatchScoreGradient {
  private final String name;
  private final ScoreGradient scores;
  private double[] parameters;
  private MinibatchContexts minibatch;
  private long minibatches;
  private long events;

  /** An adapter with the name of the gradient, for reports. */
  public EventByEvent(String name, ScoreGradient scores) {
    this.name = name;
    this.scores = scores;
  }

  /** What fits the events. */
  public ScoreGradient scores() {
    return scores;
  }

  @Override
  public void begin(int[] items) {
    scores.begin(items);
  }

  @Override
  public void fit(double[] theta, MinibatchContexts contexts) {
    parameters = theta;
    minibatch = contexts;
    minibatches++;
    events += contexts.size();
  }

  @Override
  public SoftmaxStatistics at(int i) {
    scores.fit(
        parameters,
        minibatch.contexts()[i],
        minibatch.items()[i],
        minibatch.eligible()[i],
        minibatch.support()[i],
        minibatch.keys()[i]);
    return scores;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    scores.write(out);
  }

  @Override
  public void read(DataInput in) throws IOException {
    scores.read(in);
  }

  @Override
  public GradientReport report() {
    return GradientReport.unwatched(name, minibatches, events);
  }
}
