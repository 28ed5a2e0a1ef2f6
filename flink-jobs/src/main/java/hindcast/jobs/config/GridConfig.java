package hindcast.jobs.config;

import java.util.List;

/** One element of {@code learning.grids}: learned policies among which one is to be chosen. */
public record GridConfig(
    @Key(value = Key.REQUIRED, rule = Rule.ID, doc = "Names the grid in reports.") String id,
    @Key(
            value = Key.REQUIRED,
            rule = Rule.ID,
            doc =
                "Ids of learning.policies, the candidates: each of their forms has intervals at"
                    + " level 1 - 0.05 / K, K all forms of all of them.")
        List<String> policies) {

  public GridConfig {
    policies = List.copyOf(policies);
    if (policies.isEmpty()) {
      throw new IllegalArgumentException("policies: []: must name candidates: add their ids");
    }
    Repeats.refuse("policies", policies);
  }
}
