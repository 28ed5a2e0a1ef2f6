package hindcast.local.certificate;

/** The parts of a certificate that are compared, each with how it depends on order. */
public enum Section {
  /** Files that were read. */
  INPUTS("inputs", "order-free: bytes of files"),
  /** Settings with which the run was made. */
  CONFIGURATION("configuration", "order-free: settings"),
  /** Both conservation equations. */
  LEDGERS("ledgers", "order-free: counts"),
  /** Learned policies. */
  LEARNED("learned", "in order of (event time, impression id), fixed by the sequencer"),
  /** Final estimates. */
  ESTIMATES("estimates", "in order of (event time, impression id), fixed by the sequencer"),
  /** Stored windows of estimates. */
  WINDOWS("windows", "in order of (event time, impression id), fixed by the sequencer"),
  /** Verdicts of gates. */
  VERDICTS("verdicts", "in order of (event time, impression id), fixed by the sequencer"),
  /** Findings of the audit that stand. */
  FINDINGS("findings", "in order of (event time, impression id), fixed by the sequencer");

  private final String key;
  private final String order;

  Section(String key, String order) {
    this.key = key;
    this.order = order;
  }

  /** Its name in the file. */
  public String key() {
    return key;
  }

  /** How what is in it depends on order. */
  String order() {
    return order;
  }
}
