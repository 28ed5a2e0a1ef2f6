package hindcast.ranking;

/**
 * Ranking quality over users: the mean of precision, recall and NDCG at K. A user without a
 * relevant item counts as 0 in all three, so the divisor is the number of users.
 *
 * <p>Source: the evaluation of UIPS on Coat, whose divisor is all 290 users.
 */
public final class MeanRankingQuality {
  private long users;
  private long withRelevant;
  private double precision;
  private double recall;
  private double ndcg;

  /** A user with at least one relevant item. */
  public void add(RankingQuality quality) {
    users++;
    withRelevant++;
    precision += quality.precision();
    recall += quality.recall();
    ndcg += quality.ndcg();
  }

  /** A user without any. */
  public void addWithout() {
    users++;
  }

  /** Users so far. */
  public long users() {
    return users;
  }

  /** Users that have a relevant item. */
  public long withRelevant() {
    return withRelevant;
  }

  /**
   * The means over all users.
   *
   * @throws IllegalStateException if there is none
   */
  public RankingQuality mean() {
    if (users == 0) {
      throw new IllegalStateException("ranking quality needs at least one user: none");
    }
    return new RankingQuality(precision / users, recall / users, ndcg / users);
  }
}
