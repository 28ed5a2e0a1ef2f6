package hindcast.jobs.state;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/**
 * The share one operator subtask has in a conservation equation: how many records it took in and
 * where each of them went.
 *
 * <pre>
 *   impressions: in = outcomes + duplicates + deadLettered(by reason) + held
 *   rewards:     in = joined + duplicates + deadLettered(by reason) + held + corrections
 * </pre>
 *
 * <p>Accounts are counted where the decision falls, never derived from each other, so that the two
 * sides of an equation can differ when a record is lost. They live in operator state: a restart
 * goes on from the numbers of its checkpoint, and rescaling keeps the sums over all subtasks (a
 * single subtask's {@code held} may then be negative). Each account is a gauge {@code
 * hindcast.ledger.<name>.account.<account>[.reason.<reason>].events}.
 */
public final class Ledger {
  private static final String REASON_SEPARATOR = ":";

  private final MetricGroup metrics;
  private final ListState<Tuple2<String, Long>> state;
  private final Map<String, long[]> accounts = new LinkedHashMap<>();

  private Ledger(MetricGroup metrics, ListState<Tuple2<String, Long>> state) {
    this.metrics = metrics;
    this.state = state;
  }

  /**
   * Opens the ledger of this operator.
   *
   * @param name the equation it belongs to: {@code impressions} or {@code rewards}
   */
  public static Ledger open(String name, OperatorStateStore store, MetricGroup operatorMetrics)
      throws Exception {
    ListState<Tuple2<String, Long>> state =
        store.getListState(
            new ListStateDescriptor<>("ledger-" + name, Types.TUPLE(Types.STRING, Types.LONG)));
    Ledger ledger =
        new Ledger(operatorMetrics.addGroup("hindcast").addGroup("ledger", name), state);
    for (Tuple2<String, Long> entry : state.get()) {
      ledger.add(entry.f0, entry.f1);
    }
    ledger.held(0);
    return ledger;
  }

  /** A record came in. */
  public void in() {
    add("in", 1);
  }

  /** An impression became an outcome. */
  public void outcome() {
    add("outcomes", 1);
  }

  /** A reward was added to its impression. */
  public void joined() {
    add("joined", 1);
  }

  /** A reward corrected the outcome of its impression. */
  public void correction() {
    add("corrections", 1);
  }

  /** A record repeated one that already counts. */
  public void duplicate() {
    add("duplicates", 1);
  }

  /** A record went to the dead letters for {@code reason}. */
  public void deadLettered(String reason) {
    add("deadLettered" + REASON_SEPARATOR + reason, 1);
  }

  /** {@code delta} records entered (positive) or left (negative) the state that waits. */
  public void held(long delta) {
    add("held", delta);
  }

  /** {@code delta} more in an account of another equation than the two above. */
  public void count(String account, long delta) {
    add(account, delta);
  }

  /** Writes the accounts to operator state; call it in {@code snapshotState}. */
  public void snapshot() throws Exception {
    state.clear();
    for (Map.Entry<String, long[]> entry : accounts.entrySet()) {
      state.add(Tuple2.of(entry.getKey(), entry.getValue()[0]));
    }
  }

  private void add(String account, long delta) {
    accounts.computeIfAbsent(account, this::register)[0] += delta;
  }

  private long[] register(String account) {
    long[] count = new long[1];
    int separator = account.indexOf(REASON_SEPARATOR);
    MetricGroup group =
        separator < 0
            ? metrics.addGroup("account", account)
            : metrics
                .addGroup("account", account.substring(0, separator))
                .addGroup("reason", account.substring(separator + 1));
    group.gauge("events", (Gauge<Long>) () -> count[0]);
    return count;
  }
}
