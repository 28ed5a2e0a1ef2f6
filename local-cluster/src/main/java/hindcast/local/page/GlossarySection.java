package hindcast.local.page;

import java.util.LinkedHashMap;
import java.util.Map;

/** One line for each term of the page. */
final class GlossarySection {
  private static final Map<String, String> TERMS = new LinkedHashMap<>();

  static {
    TERMS.put("policy", "says with which probability each item is shown in a context");
    TERMS.put("logging policy", "the policy that chose what the log shows");
    TERMS.put("propensity", "the probability with which the logging policy chose the shown item");
    TERMS.put("value", "the reward for an impression that a policy would earn");
    TERMS.put("importance weight w", "how much more often a policy would have shown the item");
    TERMS.put("IPS", "the value as the mean of w r, with r the reward");
    TERMS.put("SNIPS", "the value as the sum of w r over the sum of w");
    TERMS.put("difference to logging", "the mean of (w - 1) r, on the same impressions");
    TERMS.put("95 % interval", "holds the truth in 95 of 100 logs, looked at once");
    TERMS.put(
        "at all times", "an interval that holds the truth at every look at once, in 95 of 100");
    TERMS.put("effective sample size", "how many impressions of the policy's own say as much");
    TERMS.put("support", "whether the log holds enough of what the policy does to say anything");
    TERMS.put("learning curve", "value of what was learned so far, on impressions that came later");
    TERMS.put("version", "a learned policy as it stood at one time, immutable and hashed");
    TERMS.put("P(test succeeds)", "the chance that the planned A/B test shows what is asked of it");
    TERMS.put("gate", "the conditions under which a policy may be deployed");
    TERMS.put("audit", "tests of whether the log agrees with its own propensities");
    TERMS.put("segment", "a part of the traffic, by a key of the context");
    TERMS.put("reward window", "how long after an impression a reward counts");
    TERMS.put("refused", "a record that cannot be used, kept with its reason: a dead letter");
    TERMS.put("ledger", "the counts of where every record went; they must add up");
  }

  private GlossarySection() {}

  static void write(Sheet sheet) {
    sheet.section("glossary", "Words");
    Markup page = sheet.markup().open("dl");
    TERMS.forEach((term, meaning) -> page.element("dt", term).element("dd", meaning));
    page.close();
    sheet.close();
  }
}
