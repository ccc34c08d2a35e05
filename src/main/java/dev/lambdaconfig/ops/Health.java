package dev.lambdaconfig.ops;

/** What the probes answer. */
public interface Health {

  /**
   * An answer.
   *
   * @param good whether the probe passes
   * @param detail why, in a few words
   */
  record Verdict(boolean good, String detail) {}

  /** Whether the process works; if not, it is to be restarted. */
  Verdict live();

  /** Whether the operator watches its resources. */
  Verdict ready();
}
