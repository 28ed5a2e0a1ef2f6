package hindcast.local.policy;

import hindcast.catalogue.ItemCatalogue;
import hindcast.connectors.avro.AvroMapping;
import hindcast.connectors.checkpoint.PolicyCheckpointContent;
import hindcast.connectors.logs.LogEntry;
import hindcast.feedback.Context;
import hindcast.local.LocalStartException;
import hindcast.policy.SoftmaxPolicy;
import hindcast.ranking.MeanRankingQuality;
import hindcast.ranking.RankingQuality;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * How a learned policy ranks what was kept apart. The lines of one slate are one user's; each names
 * an item, which is relevant if its reward is above 0. The context is that of the user's first
 * line. A line without slate is a user of its own.
 *
 * <p>Items are ordered by their score x'Θβ; of equal scores the one that is first in the catalogue
 * goes first. Errors: {@link LocalStartException} for a policy of other items or contexts, and an
 * item that the catalogue has not. Not thread-safe.
 */
public final class HeldOutRanking {
  private final String policyId;
  private final long version;
  private final SoftmaxPolicy policy;
  private final boolean wholeCatalogue;
  private final int k;
  private final Map<String, User> users = new LinkedHashMap<>();
  private long refused;

  /** What a user was shown and liked. */
  private record User(Context context, Set<Integer> shown, Set<Integer> relevant) {}

  /**
   * @param items those the policy was learned over
   * @param wholeCatalogue whether all items are ranked for each user, else those on the user's
   *     lines
   * @param k how many are recommended
   */
  public HeldOutRanking(
      PolicyCheckpointContent content, ItemCatalogue items, boolean wholeCatalogue, int k) {
    if (!content.embeddingSpace().equals(items.embeddingSpace())
        || content.parameters().embeddingDimension() != items.dimension()) {
      throw new LocalStartException(
          "policy "
              + content.policyId()
              + " was learned over other items: name the log's --mapping and --items as they were"
              + " when it was");
    }
    this.policyId = content.policyId();
    this.version = content.version();
    this.policy = new SoftmaxPolicy(content.parameters(), items);
    this.wholeCatalogue = wholeCatalogue;
    this.k = k;
  }

  /** The policy line. */
  public String policyId() {
    return policyId;
  }

  /** Its version. */
  public long version() {
    return version;
  }

  /** Takes a line. */
  public void add(LogEntry entry) {
    if (entry.impression() == null) {
      refused++;
      return;
    }
    String slate = entry.impression().getSlateId();
    User user =
        users.computeIfAbsent(
            slate == null ? "line " + entry.line() : "slate " + slate,
            name ->
                new User(
                    context(entry.impression().getContext()), new TreeSet<>(), new TreeSet<>()));
    int item = policy.catalogue().indexOf(entry.impression().getItemId());
    if (item < 0) {
      throw new LocalStartException(
          "line "
              + entry.line()
              + ": the policy was learned without item "
              + entry.impression().getItemId());
    }
    user.shown().add(item);
    if (entry.rewards().stream().anyMatch(reward -> reward.getValue() > 0)) {
      user.relevant().add(item);
    }
  }

  private Context context(hindcast.avro.Context record) {
    Context context = AvroMapping.context(record);
    int expected = policy.parameters().contextDimension();
    if (context.dimension() != expected) {
      throw new LocalStartException(
          "the policy was learned on contexts of dimension "
              + expected
              + ": these have "
              + context.dimension()
              + "; use the mapping it was learned with");
    }
    return context;
  }

  /** Lines that could not be used. */
  public long refused() {
    return refused;
  }

  /**
   * The quality over all users.
   *
   * @throws LocalStartException if there is none
   */
  public MeanRankingQuality quality() {
    MeanRankingQuality mean = new MeanRankingQuality();
    for (User user : users.values()) {
      if (user.relevant().isEmpty()) {
        mean.addWithout();
      } else {
        mean.add(quality(user));
      }
    }
    if (mean.users() == 0) {
      throw new LocalStartException("--log must have a line that can be used: it has none");
    }
    return mean;
  }

  private RankingQuality quality(User user) {
    int[] candidates = wholeCatalogue ? null : ints(user.shown());
    double[] scores = new double[policy.catalogue().size()];
    int[] masked = {};
    double[] among = policy.probabilities(user.context(), candidates);
    if (candidates == null) {
      scores = among;
    } else {
      Arrays.fill(scores, Double.NEGATIVE_INFINITY);
      for (int c = 0; c < candidates.length; c++) {
        scores[candidates[c]] = among[c];
      }
      masked = others(candidates, scores.length);
    }
    return RankingQuality.of(RankingQuality.top(scores, masked, k), ints(user.relevant()), k);
  }

  private static int[] others(int[] candidates, int size) {
    int[] others = new int[size - candidates.length];
    for (int item = 0, c = 0, o = 0; item < size; item++) {
      if (c < candidates.length && candidates[c] == item) {
        c++;
      } else {
        others[o++] = item;
      }
    }
    return others;
  }

  private static int[] ints(Set<Integer> items) {
    return items.stream().mapToInt(Integer::intValue).toArray();
  }
}
