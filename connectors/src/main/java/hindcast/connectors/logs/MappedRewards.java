package hindcast.connectors.logs;

import hindcast.avro.Reward;
import hindcast.feedback.Rejection;
import hindcast.feedback.RewardRange;
import java.util.List;

/** Lines of a file of rewards as its {@link Mapping.RewardFile} says. */
final class MappedRewards implements LogFormat.LineParser {
  private final Mapping.RewardFile file;
  private final FieldValues values;
  private final RewardRange rewardRange;

  MappedRewards(Mapping.RewardFile file, FieldValues values, RewardRange rewardRange) {
    this.file = file;
    this.values = values;
    this.rewardRange = rewardRange;
  }

  @Override
  public int contextDimension() {
    return 0;
  }

  @Override
  public List<String> declaredItems() {
    return List.of();
  }

  @Override
  public LogEntry parse(long line, byte[] raw) {
    try {
      values.read(raw);
      return LogEntry.ofRewards(line, raw, List.of(reward()));
    } catch (LineRejectedException e) {
      return LogEntry.rejected(line, raw, e.reject());
    }
  }

  private Reward reward() throws LineRejectedException {
    String id = values.required(file.id());
    long micros = file.time().micros(values, -1);
    if (micros < 0) {
      throw new LineRejectedException(
          Rejection.MISSING_FIELD, values.name(file.time().slot()) + " must have a value: none");
    }
    String kind = MappingReader.isGiven(file.name()) ? values.required(file.name()) : "";
    String rewardId =
        MappingReader.isGiven(file.rewardId())
            ? values.required(file.rewardId())
            : kind + "@" + micros;
    double value =
        MappedReward.checked(
            values.name(file.value()), values.number(file.value()), null, rewardRange);
    return new Reward(id, rewardId, micros, value, kind);
  }
}
