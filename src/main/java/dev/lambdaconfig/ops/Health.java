package dev.lambdaconfig.ops;

/** The health of the operator, as the probes report it. */
public interface Health {

  /**
   * The result of a probe.
   *
   * @param good whether the probe passes
   * @param detail the reason, in a few words
   */
  record ProbeResult(boolean good, String detail) {}

  /** Returns whether the process works; otherwise it has to be restarted. */
  ProbeResult live();

  /** Returns whether the operator watches its resources. */
  ProbeResult ready();
}
