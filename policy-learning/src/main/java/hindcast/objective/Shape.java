package hindcast.objective;

/**
 * What the log probability of an event speaks of, and so the direction its gradient takes in the
 * space of the items. An objective over clusters is the objective over items with another word for
 * "what was logged".
 */
public enum Shape {
  /** The logged item: β_a − β̄. */
  ITEM,
  /** The logged item's cluster c: m − β̄, m = Σ_{b∈c} π_b β_b / π(c). */
  CLUSTER,
  /** The logged item's embedding e: Σ_b post_b β_b − β̄, post_b ∝ π_b p(e|b). */
  EMBEDDING,
  /** The logged item among the selected ones Φ(x): β_a − β̄^Φ. */
  SELECTION
}
