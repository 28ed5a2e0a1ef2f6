package hindcast.local;

import hindcast.connectors.logs.LogScan;
import hindcast.jobs.config.EvaluatedPolicyConfig;
import hindcast.jobs.config.EvaluatedPolicyConfig.Kind;
import hindcast.jobs.config.PipelineConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Items of a log as a user may call them. */
public final class LogItems {
  private LogItems() {}

  /**
   * The configuration with {@code always:K} of an item the log does not show under that name, but
   * that another name stands for in every line, such as the number of an action.
   */
  public static PipelineConfig named(PipelineConfig config, LogScan scan) {
    List<EvaluatedPolicyConfig> policies = config.evaluation().policies();
    Map<String, String> items = new LinkedHashMap<>();
    for (int k = 0; k < policies.size(); k++) {
      String item = policies.get(k).item();
      String meant = scan.otherNames().get(item);
      if (policies.get(k).kind() == Kind.ALWAYS && meant != null && !scan.items().contains(item)) {
        items.put("evaluation.policies." + k + ".item", meant);
      }
    }
    return items.isEmpty() ? config : config.with(items);
  }
}
