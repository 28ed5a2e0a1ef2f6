package hindcast.connectors.logs;

import hindcast.avro.Impression;
import hindcast.avro.Reward;
import hindcast.feedback.Rejection;
import hindcast.feedback.RewardRange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** Lines of a log as its {@link Mapping} says. */
final class MappedParser implements LogFormat.LineParser {
  private static final long MICROS_PER_LINE = 1_000_000;
  private static final double ROUNDING = 1e-6;
  private static final double LARGEST_VERSION = 1e15;

  private final Mapping mapping;
  private final FieldValues values;
  private final MappedContext context;
  private final RewardRange rewardRange;

  MappedParser(Mapping mapping, FieldValues values, RewardRange rewardRange) {
    this.mapping = mapping;
    this.values = values;
    this.context = mapping.newContext();
    this.rewardRange = rewardRange;
  }

  @Override
  public int contextDimension() {
    return context.dimension();
  }

  @Override
  public List<String> declaredItems() {
    return mapping.items();
  }

  @Override
  public LogEntry parse(long line, byte[] raw) {
    try {
      values.read(raw);
      return entry(line, raw);
    } catch (LineRejectedException e) {
      return LogEntry.rejected(line, raw, e.reject());
    }
  }

  private LogEntry entry(long line, byte[] raw) throws LineRejectedException {
    String named = text(mapping.id());
    String id = named == null ? zeroPadded(line) : named;
    long otherwise = line * MICROS_PER_LINE;
    long time = mapping.time() == null ? otherwise : mapping.time().micros(values, otherwise);
    String item = values.required(mapping.item());
    List<String> eligible = eligible(item);
    double[] row = row(eligible);
    Impression.Builder impression =
        Impression.newBuilder()
            .setImpressionId(id)
            .setEventTimeMicros(time)
            .setItemId(item)
            .setEligibleItemIds(eligible)
            .setPropensity(propensity(item, eligible, row))
            .setContext(context.of(values));
    if (!mapping.segment().isEmpty()) {
      impression.setSegment(segment());
    }
    if (MappingReader.isGiven(mapping.position())) {
      impression.setPosition((int) integer(mapping.position(), Integer.MAX_VALUE));
    }
    impression.setSlateId(text(mapping.slate()));
    String policy = text(mapping.policy());
    if (policy != null) {
      impression.setPolicyId(policy);
    }
    if (MappingReader.isGiven(mapping.policyVersion())) {
      impression.setPolicyVersion(integer(mapping.policyVersion(), LARGEST_VERSION));
    }
    return new LogEntry(line, raw, impression.build(), rewards(id, time), null, row);
  }

  private String text(int slot) throws LineRejectedException {
    return MappingReader.isGiven(slot) ? values.text(slot) : null;
  }

  private long integer(int slot, double most) throws LineRejectedException {
    double number = values.number(slot);
    if (!(number == Math.rint(number) && Math.abs(number) <= most)) {
      throw FieldValues.malformed(values.name(slot), "must be an integer: " + values.text(slot));
    }
    if (number < 0) {
      throw new LineRejectedException(
          Rejection.INVALID_POSITION, values.name(slot) + " must be at least 0: " + number);
    }
    return (long) number;
  }

  private String segment() throws LineRejectedException {
    if (mapping.segment().size() == 1) {
      return values.required(mapping.segment().get(0));
    }
    StringBuilder segment = new StringBuilder();
    for (int slot : mapping.segment()) {
      segment.append(segment.isEmpty() ? "" : "/").append(values.required(slot));
    }
    return segment.toString();
  }

  private List<String> eligible(String item) throws LineRejectedException {
    boolean probabilities =
        mapping.probabilities() != null || !mapping.probabilityColumns().isEmpty();
    List<String> eligible;
    if (mapping.eligible() != null) {
      MappedList field = mapping.eligible();
      eligible = values.texts(field.slot(), field.separator());
      if (eligible == null) {
        throw FieldValues.missing(values.name(field.slot()));
      }
      if (new HashSet<>(eligible).size() < eligible.size() || eligible.contains("")) {
        throw FieldValues.malformed(
            values.name(field.slot()), "must hold items, each once: " + eligible.size());
      }
    } else if (probabilities) {
      eligible = mapping.items();
    } else {
      return null;
    }
    if (!eligible.contains(item)) {
      throw new LineRejectedException(
          Rejection.ITEM_NOT_ELIGIBLE,
          "the shown item must be one of the " + eligible.size() + " eligible items: " + item);
    }
    return eligible;
  }

  private double[] row(List<String> eligible) throws LineRejectedException {
    double[] row;
    if (mapping.probabilities() != null) {
      MappedList field = mapping.probabilities();
      row = values.numbers(field.slot(), field.separator());
      if (row == null) {
        throw FieldValues.missing(values.name(field.slot()));
      }
    } else if (!mapping.probabilityColumns().isEmpty()) {
      row = new double[mapping.probabilityColumns().size()];
      for (int k = 0; k < row.length; k++) {
        row[k] = values.number(mapping.probabilityColumns().get(k));
      }
    } else {
      return null;
    }
    if (row.length != eligible.size()) {
      throw FieldValues.malformed(
          "probabilities",
          "must have one for each of " + eligible.size() + " eligible items: " + row.length);
    }
    for (double p : row) {
      if (!(p >= 0 && p <= 1 + ROUNDING)) {
        throw new LineRejectedException(
            Rejection.INVALID_PROPENSITY, "probabilities must be in [0, 1]: " + p);
      }
    }
    return row;
  }

  private Double propensity(String item, List<String> eligible, double[] row)
      throws LineRejectedException {
    if (!MappingReader.isGiven(mapping.propensity()) && row == null) {
      return null;
    }
    double propensity =
        MappingReader.isGiven(mapping.propensity())
            ? values.number(mapping.propensity())
            : row[eligible.indexOf(item)];
    if (!(propensity > 0 && propensity <= 1 + ROUNDING)) {
      throw new LineRejectedException(
          Rejection.INVALID_PROPENSITY, "propensity must be in (0, 1]: " + propensity);
    }
    return Math.min(1, propensity);
  }

  private List<Reward> rewards(String id, long time) throws LineRejectedException {
    List<Reward> rewards = new ArrayList<>(mapping.rewards().size());
    for (MappedReward field : mapping.rewards()) {
      Reward reward = field.of(values, id, time, rewardRange);
      if (reward != null) {
        rewards.add(reward);
      }
    }
    return rewards;
  }

  static String zeroPadded(long line) {
    String digits = Long.toString(line);
    return "0".repeat(Math.max(0, 12 - digits.length())) + digits;
  }
}
