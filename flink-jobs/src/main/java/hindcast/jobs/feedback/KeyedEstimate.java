package hindcast.jobs.feedback;

import hindcast.avro.Feedback;
import hindcast.propensity.Propensity;

/** The estimate of the current key, in keyed state. */
interface KeyedEstimate {
  /**
   * Begins a window.
   *
   * @param first its first event
   * @return whether this is the first window of the key
   */
  boolean load(Feedback first) throws Exception;

  /** The estimate for an event from what was counted before. */
  Propensity predict(Feedback feedback) throws Exception;

  /** Counts an event. */
  void update(Feedback feedback) throws Exception;

  /** Ends a window. */
  void store() throws Exception;

  /**
   * Forgets the key.
   *
   * @return how many items it had counts of
   */
  long forget() throws Exception;
}
