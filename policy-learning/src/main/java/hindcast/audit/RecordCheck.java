package hindcast.audit;

import hindcast.feedback.Rejection;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Shares of records that were refused, lack a propensity, or show an item outside their set. */
final class RecordCheck implements Check {
  private final EnumMap<Rejection, Long> rejected = new EnumMap<>(Rejection.class);
  private long accepted;
  private long missing;
  private double missingReward;
  private double presentReward;
  private long notEligible;

  @Override
  public void add(AuditedFeedback event) {
    accepted++;
    if (event.hasLoggedPropensity()) {
      presentReward += event.feedback().reward();
    } else {
      missing++;
      missingReward += event.feedback().reward();
    }
    List<String> eligible = event.feedback().eligibleItemIds();
    if (eligible != null && !eligible.contains(event.feedback().itemId())) {
      notEligible++;
    }
  }

  void reject(Rejection reason, long count) {
    rejected.merge(reason, count, Long::sum);
  }

  long accepted() {
    return accepted;
  }

  private long rejected(Rejection reason) {
    return rejected.getOrDefault(reason, 0L);
  }

  @Override
  public void findings(List<Finding> into) {
    long all = accepted + rejected.values().stream().mapToLong(Long::longValue).sum();
    long outside = notEligible + rejected(Rejection.ITEM_NOT_ELIGIBLE);
    if (missing > 0) {
      double share = Shares.of(missing, accepted);
      Evidence evidence = share(share, missing);
      evidence.and("rewardRate", missingReward / missing);
      if (missing < accepted) {
        evidence.and("rewardRateOfOthers", presentReward / (accepted - missing));
      }
      into.add(
          Finding.of(
              FindingKind.MISSING_PROPENSITIES, Shares.uncertain(share), evidence.numbers()));
    }
    structural(into, FindingKind.ITEM_NOT_ELIGIBLE, outside, all);
    structural(into, FindingKind.INVALID_PROPENSITIES, rejected(Rejection.INVALID_PROPENSITY), all);
    long others =
        all
            - accepted
            - rejected(Rejection.INVALID_PROPENSITY)
            - rejected(Rejection.ITEM_NOT_ELIGIBLE);
    if (others > 0) {
      double share = Shares.of(others, all);
      Evidence evidence = share(share, others);
      rejected.forEach((reason, count) -> evidence.and(reason.name(), count));
      into.add(
          Finding.of(FindingKind.REJECTED_RECORDS, Shares.uncertain(share), evidence.numbers()));
    }
  }

  private static void structural(List<Finding> into, FindingKind kind, long part, long all) {
    if (part > 0) {
      double share = Shares.of(part, all);
      into.add(Finding.of(kind, Shares.wrong(share), share(share, part).numbers()));
    }
  }

  private static Evidence share(double share, long records) {
    return Evidence.of("share", share).and("records", records);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeLong(accepted);
    out.writeLong(missing);
    out.writeDouble(missingReward);
    out.writeDouble(presentReward);
    out.writeLong(notEligible);
    out.writeInt(rejected.size());
    for (Map.Entry<Rejection, Long> entry : rejected.entrySet()) {
      out.writeUTF(entry.getKey().name());
      out.writeLong(entry.getValue());
    }
  }

  @Override
  public void read(DataInput in) throws IOException {
    accepted = in.readLong();
    missing = in.readLong();
    missingReward = in.readDouble();
    presentReward = in.readDouble();
    notEligible = in.readLong();
    rejected.clear();
    for (int k = in.readInt(); k > 0; k--) {
      rejected.put(Rejection.valueOf(in.readUTF()), in.readLong());
    }
  }
}
