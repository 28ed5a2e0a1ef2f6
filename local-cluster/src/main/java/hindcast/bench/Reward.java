package hindcast.bench;

import java.util.Locale;

/** What a gradient is taken of; h = Θᵀx. */
enum Reward {
  /** E_π[q], q = 1 for a few items of the session and 0 elsewhere. */
  SPARSE,
  /** π(a), a one logged item: the IPS term of a logged event of weight 1. */
  LOGGED_ITEM,
  /** E_π[q], q a number for every item, as of a reward model. */
  DENSE,
  /** log π(a), a the logged item: a policy-weighted log-likelihood of weight 1. */
  PWLL;

  /** The name in tables and files. */
  String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
