package hindcast.audit;

import java.util.Map;

/**
 * What an audit knows beforehand, and how much it may remember.
 *
 * @param alpha probability that a sound log ever raises a critical finding from a test, in (0, 1)
 * @param catalogueSize number of items that can be shown where a record names no eligible set; 0
 *     when not known
 * @param segmentShares share of traffic each segment was given, summing to at most 1; empty when
 *     shares are not known
 * @param rowTolerance how far from 1 a logged row may sum, in (0, 1)
 * @param baseline events of a segment, at least 100, that drift is measured against
 * @param cells most (policy version, segment) pairs remembered, at least 1; beyond it the one that
 *     was quiet longest is forgotten
 * @param items most items remembered over all cells, at least 1; further ones are not tested
 */
public record AuditSettings(
    double alpha,
    int catalogueSize,
    Map<String, Double> segmentShares,
    double rowTolerance,
    int baseline,
    int cells,
    int items) {

  /** Level .001, nothing known beforehand, memory of about 20 megabytes at most. */
  public static final AuditSettings DEFAULT =
      new AuditSettings(0.001, 0, Map.of(), 0.01, 2000, 2048, 100_000);

  public AuditSettings {
    if (!(alpha > 0 && alpha < 1)) {
      throw new IllegalArgumentException("alpha must be in (0, 1): " + alpha);
    }
    atLeast(0, catalogueSize, "catalogue size");
    segmentShares = Map.copyOf(segmentShares);
    double sum = 0;
    for (double share : segmentShares.values()) {
      if (!(share > 0 && share <= 1)) {
        throw new IllegalArgumentException("segment share must be in (0, 1]: " + share);
      }
      sum += share;
    }
    if (sum > 1 + 1e-9) {
      throw new IllegalArgumentException("segment shares must sum to at most 1: " + sum);
    }
    if (!(rowTolerance > 0 && rowTolerance < 1)) {
      throw new IllegalArgumentException("row tolerance must be in (0, 1): " + rowTolerance);
    }
    atLeast(100, baseline, "baseline");
    atLeast(1, cells, "cells");
    atLeast(1, items, "items");
  }

  /** The same with a catalogue of this size. */
  public AuditSettings withCatalogueSize(int size) {
    return new AuditSettings(alpha, size, segmentShares, rowTolerance, baseline, cells, items);
  }

  /** The same with these shares of traffic. */
  public AuditSettings withSegmentShares(Map<String, Double> shares) {
    return new AuditSettings(alpha, catalogueSize, shares, rowTolerance, baseline, cells, items);
  }

  private static void atLeast(int least, int value, String name) {
    if (value < least) {
      throw new IllegalArgumentException(name + " must be at least " + least + ": " + value);
    }
  }
}
