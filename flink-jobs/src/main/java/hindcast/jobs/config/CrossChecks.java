package hindcast.jobs.config;

import hindcast.policy.PolicyForm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Rules that tie sections together. */
final class CrossChecks {
  private CrossChecks() {}

  static void check(PipelineConfig config, Problems problems) {
    transactionsOutliveCheckpoints(config, problems);
    namesAreUnique(config, problems);
    watchedPoliciesExist(config, problems);
    toleratedDropFitsTheReward(config, problems);
    gatesFit(config, problems);
    windowsFitIntoEachOther(config, problems);
    openPoliciesHaveRoom(config, problems);
    gridsHoldLearnedPolicies(config, problems);
  }

  private static void gridsHoldLearnedPolicies(PipelineConfig config, Problems problems) {
    List<String> learned =
        config.learning().policies().stream().map(LearningPolicyConfig::id).toList();
    List<String> seen = new ArrayList<>();
    for (GridConfig grid : config.learning().grids()) {
      for (String policy : grid.policies()) {
        if (!learned.contains(policy)) {
          problems.add(
              "learning.grids",
              policy,
              "is no policy of learning.policies: add it there, or leave it out of grid "
                  + grid.id());
        }
        if (seen.contains(policy)) {
          problems.add("learning.grids", policy, "is in two grids: leave it in one");
        }
        seen.add(policy);
      }
    }
  }

  private static void openPoliciesHaveRoom(PipelineConfig config, Problems problems) {
    int least = config.evaluation().policies().size() + 2 * config.learning().policies().size();
    if (config.evaluation().maxOpenPolicies() < least) {
      problems.add(
          "evaluation.max-open-policies",
          Integer.toString(config.evaluation().maxOpenPolicies()),
          "must be at least "
              + least
              + ": each policy of evaluation.policies, and each line of learning.policies with one"
              + " version");
    }
  }

  private static void windowsFitIntoEachOther(PipelineConfig config, Problems problems) {
    EvaluationConfig evaluation = config.evaluation();
    multiple(
        "evaluation.window",
        evaluation.window(),
        "learning.window",
        config.learning().window(),
        problems);
    multiple(
        "evaluation.compacted-window",
        evaluation.compactedWindow(),
        "evaluation.window",
        evaluation.window(),
        problems);
  }

  private static void multiple(
      String key, Duration length, String partKey, Duration part, Problems problems) {
    if (length.toMillis() % Math.max(1, part.toMillis()) != 0) {
      problems.add(
          key,
          Scalars.format(length),
          "must be a whole multiple of "
              + partKey
              + " ("
              + Scalars.format(part)
              + "): use "
              + Scalars.format(part.multipliedBy(length.toMillis() / part.toMillis() + 1)));
    }
  }

  private static void toleratedDropFitsTheReward(PipelineConfig config, Problems problems) {
    double width = config.reward().max() - config.reward().min();
    if (config.alerts().toleratedDrop() >= width) {
      problems.add(
          "alerts.tolerated-drop",
          Scalars.format(config.alerts().toleratedDrop()),
          "must be below reward.max - reward.min ("
              + Scalars.format(width)
              + "), or nothing ever alarms: the default is 0");
    }
  }

  private static void transactionsOutliveCheckpoints(PipelineConfig config, Problems problems) {
    if (config.kafka().delivery() == KafkaConfig.Delivery.EXACTLY_ONCE
        && config.kafka().transactionTimeout().compareTo(config.job().checkpointInterval()) <= 0) {
      problems.add(
          "kafka.transaction-timeout",
          Scalars.format(config.kafka().transactionTimeout()),
          "must be longer than job.checkpoint-interval ("
              + Scalars.format(config.job().checkpointInterval())
              + ") and an outage together, or committed data is lost: the default is 15min");
    }
  }

  private static void namesAreUnique(PipelineConfig config, Problems problems) {
    List<String> evaluated =
        config.evaluation().policies().stream().map(EvaluatedPolicyConfig::id).toList();
    for (LearningPolicyConfig policy : config.learning().policies()) {
      if (evaluated.contains(policy.id())) {
        problems.add(
            "learning.policies",
            policy.id(),
            "is also a policy of evaluation.policies: give one of them another id");
      }
    }
  }

  private static void gatesFit(PipelineConfig config, Problems problems) {
    List<String> known = comparable(config);
    for (String policy : config.gates().policies()) {
      if (!known.contains(policy)) {
        problems.add(
            "gates.policies",
            policy,
            "is not a policy that can be compared with the logging policy: "
                + (known.isEmpty() ? "add it first" : "known are " + String.join(", ", known)));
      }
    }
    double width = config.reward().max() - config.reward().min();
    if (config.gates().margin() >= width) {
      problems.add(
          "gates.margin",
          Scalars.format(config.gates().margin()),
          "must be below reward.max - reward.min ("
              + Scalars.format(width)
              + "), or nothing is ever promoted: the default is 0");
    }
  }

  /** Names of the policies that can be compared with the logging policy. */
  private static List<String> comparable(PipelineConfig config) {
    List<String> known = new ArrayList<>();
    for (EvaluatedPolicyConfig policy : config.evaluation().policies()) {
      if (policy.kind() != EvaluatedPolicyConfig.Kind.LOGGING) {
        known.add(policy.id());
      }
    }
    for (LearningPolicyConfig policy : config.learning().policies()) {
      for (PolicyForm form : policy.forms()) {
        known.add(form.equals(PolicyForm.SOFTMAX) ? policy.id() : policy.id() + "/" + form.text());
      }
    }
    return known;
  }

  private static void watchedPoliciesExist(PipelineConfig config, Problems problems) {
    List<String> known = comparable(config);
    for (String watched : config.alerts().watched()) {
      if (!known.contains(watched)) {
        problems.add(
            "alerts.watched",
            watched,
            "is not a policy that can be compared with the logging policy: "
                + (known.isEmpty() ? "add it first" : "known are " + String.join(", ", known)));
      }
    }
  }
}
