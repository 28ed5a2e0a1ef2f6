package hindcast.jobs.learning;

import hindcast.avro.internal.FeedbackBlock;
import java.util.HashSet;
import java.util.Set;
import org.apache.flink.api.common.functions.FilterFunction;

/** Keeps the blocks of some owners. */
public final class OwnedBy implements FilterFunction<FeedbackBlock> {
  private static final long serialVersionUID = 1L;

  private final HashSet<String> owners;

  /** Keeps the blocks whose owner is one of {@code owners}. */
  public OwnedBy(Set<String> owners) {
    this.owners = new HashSet<>(owners);
  }

  @Override
  public boolean filter(FeedbackBlock block) {
    return owners.contains(block.getOwner());
  }
}
