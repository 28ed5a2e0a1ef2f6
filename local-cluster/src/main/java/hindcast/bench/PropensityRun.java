package hindcast.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What one run measured.
 *
 * @param zipf exponent of the keys, 0 for even ones
 * @param wholeWindow whether windows were predicted whole
 * @param eventsPerSecond after the first window had come out
 * @param cpuMicrosPerEvent CPU time of the whole process for each event
 * @param hottestShare share of the events that the most frequent segment had
 * @param segments segments that were met
 * @param pairs (segment, item) pairs that were met
 * @param stateBytes size of the last checkpoint
 * @param predictedBytes what the formula says
 * @param lost events that did not come out, or not once
 */
record PropensityRun(
    double zipf,
    boolean wholeWindow,
    double eventsPerSecond,
    double cpuMicrosPerEvent,
    double hottestShare,
    long segments,
    long pairs,
    long stateBytes,
    long predictedBytes,
    long lost) {

  void write(ObjectNode node) {
    node.put("zipf", zipf);
    node.put("update", wholeWindow ? "window" : "event");
    Results.number(node, "eventsPerSecond", eventsPerSecond);
    Results.number(node, "cpuMicrosPerEvent", cpuMicrosPerEvent);
    Results.number(node, "hottestShare", hottestShare);
    node.put("segments", segments);
    node.put("pairs", pairs);
    node.put("stateBytes", stateBytes);
    node.put("predictedBytes", predictedBytes);
    node.put("lost", lost);
  }
}
