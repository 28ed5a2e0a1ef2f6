package hindcast.evaluation;

import hindcast.feedback.LoggedFeedback;
import java.util.List;

/**
 * Scores each event with what is in force at its impression time: of one policy version, whose
 * softmax runs over the catalogue of that time. Events in a row under the same scorer are one
 * minibatch of it, so where nothing changes this is that scorer.
 */
public final class ScorerInForce implements PolicyScorer {
  /** What is in force when; the same object for as long as it is the same. */
  @FunctionalInterface
  public interface Schedule {
    /** The scorer of impressions at a time. */
    PolicyScorer at(long eventTimeMicros);
  }

  private final Schedule schedule;
  private PolicyScores part;

  /** A scorer that follows a schedule. */
  public ScorerInForce(Schedule schedule) {
    this.schedule = schedule;
  }

  @Override
  public void score(List<LoggedFeedback> minibatch, PolicyScores scores) {
    int from = 0;
    while (from < minibatch.size()) {
      PolicyScorer scorer = schedule.at(minibatch.get(from).eventTimeMicros());
      int to = from + 1;
      while (to < minibatch.size() && schedule.at(minibatch.get(to).eventTimeMicros()) == scorer) {
        to++;
      }
      if (from == 0 && to == minibatch.size()) {
        scorer.score(minibatch, scores);
      } else {
        scorePart(scorer, minibatch.subList(from, to), from, scores);
      }
      from = to;
    }
  }

  private void scorePart(
      PolicyScorer scorer, List<LoggedFeedback> events, int at, PolicyScores scores) {
    if (part == null || part.forms() != scores.forms()) {
      part = new PolicyScores(scores.forms());
    }
    part.reset(events.size());
    scorer.score(events, part);
    scores.take(part, at);
  }
}
