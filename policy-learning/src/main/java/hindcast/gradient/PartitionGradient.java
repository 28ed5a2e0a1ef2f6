package hindcast.gradient;

import static hindcast.numeric.MinibatchKernels.LANES;

import hindcast.catalogue.PartitionIndex;
import hindcast.numeric.CounterBasedRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * The softmax of a minibatch over a catalogue sorted into clusters, summed exactly where its mass
 * is and sampled where it is not. For each group of 32 events:
 *
 * <pre>
 *   Ẑ_i = Σ_head e^f + Σ_{chosen by i} e^f + Σ_{logged, rewarded} e^f + Σ_tail n_c/(N q_c) e^f
 *   β̄_i = the same sums of e^f β, over Ẑ_i
 * </pre>
 *
 * <ol>
 *   <li>head: the items of largest norm, for the whole group as one matrix product;
 *   <li>chosen: the densest clusters, those of largest estimated mass n_c e^{h·m_c + |h|² v_c/2}
 *       for each place they cost, up to E places;
 *   <li>logged and rewarded items, so that an estimated probability cannot exceed 1 and a reward of
 *       known support is summed exactly;
 *   <li>tail: about N draws shared by the group ({@link SharedTail}), each left out for a context
 *       that has its item exactly.
 * </ol>
 *
 * No item counts twice. Ẑ and Ẑ β̄ are unbiased; their ratio and 1/Ẑ carry a bias of order 1/N. If
 * E covers every cluster the result is exact. An event with a list of eligible items is summed
 * exactly over the list.
 *
 * <p>It can be badly wrong where the largest items lie outside of head and chosen clusters (vectors
 * without structure, rows of equal length once the policy peaks): see {@link WatchedGradient}.
 */
public final class PartitionGradient implements MinibatchScoreGradient {
  private final PartitionIndex partition;
  private final PartitionForm form;
  private final SampledSoftmax list;
  private final PartitionStatistics statistics;
  private final List<PartitionedSoftmax> groups = new ArrayList<>();
  private double[] parameters;
  private MinibatchContexts minibatch;
  private long minibatches;
  private long events;
  private long alarms;
  private int lastAlarms;

  /** A workspace with a fixed form; null for exact sums. */
  public PartitionGradient(PartitionIndex partition, PartitionForm form) {
    this.partition = partition;
    this.form = form;
    this.list = new SampledSoftmax(partition.embeddings());
    this.statistics = new PartitionStatistics(partition.items());
  }

  @Override
  public void fit(double[] theta, MinibatchContexts contexts) {
    fit(theta, contexts, form);
  }

  /** The same in a form of the moment; null for exact sums. */
  void fit(double[] theta, MinibatchContexts contexts, PartitionForm now) {
    parameters = theta;
    minibatch = contexts;
    minibatches++;
    events += contexts.size();
    lastAlarms = 0;
    for (int g = 0; g < groups(); g++) {
      PartitionedSoftmax group = lay(g);
      estimate(group, g, now);
      for (int i = 0; i < group.count(); i++) {
        lastAlarms += group.tailShare(i) > PartitionForm.LARGEST_SHARE ? 1 : 0;
      }
    }
    alarms += lastAlarms;
  }

  /** Estimates one group of the minibatch in another workspace or form. */
  void estimate(PartitionedSoftmax group, int g, PartitionForm now) {
    if (now == null) {
      group.sumExactly();
    } else {
      group.estimate(now.budget(), now.draws(), false, key(g));
    }
  }

  /** Lays the events of one group out in a workspace. */
  void lay(PartitionedSoftmax group, int g) {
    int to = Math.min(minibatch.size(), (g + 1) * LANES);
    group.latent(parameters, minibatch, g * LANES, to);
  }

  /** How many groups the minibatch has. */
  int groups() {
    return (minibatch.size() + LANES - 1) / LANES;
  }

  /** A group of the minibatch. */
  PartitionedSoftmax group(int g) {
    return groups.get(g);
  }

  /** Events of the minibatch with a tail weight above its share. */
  int lastAlarms() {
    return lastAlarms;
  }

  private PartitionedSoftmax lay(int g) {
    if (g == groups.size()) {
      groups.add(new PartitionedSoftmax(partition));
    }
    lay(groups.get(g), g);
    return groups.get(g);
  }

  private long key(int g) {
    return CounterBasedRandom.bits(minibatch.key(), g);
  }

  @Override
  public SoftmaxStatistics at(int i) {
    int[] eligible = minibatch.eligible()[i];
    if (eligible != null) {
      list.sumExactly(parameters, minibatch.contexts()[i], minibatch.items()[i], eligible);
      return list;
    }
    return statistics.of(groups.get(i / LANES), i % LANES, minibatch.items()[i]);
  }

  @Override
  public GradientReport report() {
    return new GradientReport(
        form == null ? "exact" : form.toString(),
        minibatches,
        events,
        alarms,
        0,
        0,
        0,
        0,
        0,
        0,
        List.of());
  }
}
