package hindcast.gradient;

import hindcast.catalogue.ItemEmbeddings;
import hindcast.feedback.Context;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * The softmax over the items logged in the minibatch: the B x B scores of its contexts against its
 * items, the logged item on the diagonal.
 *
 * <pre>
 *   π̂(a_i|x_i) = e^{f_i(a_i) − κ log q(a_i)} / Σ_j e^{f_i(a_j) − κ log q(a_j)}
 * </pre>
 *
 * <p>An item that was logged several times counts as often. κ = 0 is the uncorrected form, in which
 * popular items are pushed down because they are seen more often; κ = 1 corrects for it, q(a) being
 * the share of a among the items logged so far, this minibatch included. Costs O(B L) an event, no
 * matter how large the catalogue is. An event with a list of eligible items is summed exactly over
 * the list. The counts behind q are state, by index: of one edition of the catalogue.
 *
 * <p>Source: UIPS paper (cross entropy on real data); Yi et al., Sampling-Bias-Corrected Neural
 * Modeling, RecSys 2019; baselines 2.1.
 */
public final class InBatchScoreGradient implements ScoreGradient {
  private final ItemEmbeddings embeddings;
  private final SampledSoftmax sample;
  private final boolean corrected;
  private final Map<Integer, Long> logged = new TreeMap<>();
  private int[] slots = new int[0];
  private int[] multiplicity = new int[0];
  private double[] logShare = new double[0];
  private int distinct;
  private long total;

  /**
   * A workspace for a catalogue.
   *
   * @param embeddings the items
   * @param corrected whether κ is 1
   */
  public InBatchScoreGradient(ItemEmbeddings embeddings, boolean corrected) {
    this.embeddings = embeddings;
    this.sample = new SampledSoftmax(embeddings);
    this.corrected = corrected;
  }

  @Override
  public void begin(int[] items) {
    slots = items.clone();
    multiplicity = new int[items.length];
    logShare = new double[items.length];
    Arrays.sort(slots);
    distinct = 0;
    for (int j = 0; j < slots.length; j++) {
      if (j == 0 || slots[j] != slots[j - 1]) {
        slots[distinct++] = slots[j];
      }
      multiplicity[distinct - 1]++;
    }
    total += items.length;
    for (int j = 0; j < distinct; j++) {
      long seen = logged.merge(slots[j], (long) multiplicity[j], Long::sum);
      logShare[j] = corrected ? Math.log((double) seen / total) : 0;
    }
  }

  @Override
  public void fit(double[] theta, Context context, int item, int[] eligible, long key) {
    if (eligible != null) {
      sample.sumExactly(theta, context, item, eligible);
      return;
    }
    int own = Arrays.binarySearch(slots, 0, distinct, item);
    if (own < 0) {
      throw new IllegalArgumentException("item must be of the minibatch: " + item);
    }
    double[] h = sample.begin(theta, context, item);
    for (int j = 0; j < distinct; j++) {
      int others = multiplicity[j] - (j == own ? 1 : 0);
      if (others > 0) {
        double score = embeddings.score(slots[j], h);
        sample.add(slots[j], score, score + Math.log(others) + logShare[own] - logShare[j]);
      }
    }
    sample.end();
  }

  @Override
  public double logProbability() {
    return sample.logProbability();
  }

  @Override
  public double logZ() {
    return sample.logZ();
  }

  @Override
  public double entropy() {
    return sample.entropy();
  }

  @Override
  public void direction(double[] out) {
    sample.direction(out);
  }

  @Override
  public double covariance(ItemFunction q, double[] out) {
    return sample.covariance(q, out);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeLong(total);
    out.writeInt(logged.size());
    for (Map.Entry<Integer, Long> count : logged.entrySet()) {
      out.writeInt(count.getKey());
      out.writeLong(count.getValue());
    }
  }

  @Override
  public void read(DataInput in) throws IOException {
    logged.clear();
    total = in.readLong();
    for (int k = in.readInt(); k > 0; k--) {
      logged.put(in.readInt(), in.readLong());
    }
  }
}
