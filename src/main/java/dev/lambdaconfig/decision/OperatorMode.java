package dev.lambdaconfig.decision;

import dev.lambdaconfig.api.LambdaFunctionConfigSpec;

/**
 * The mode of the operator: whether it writes to AWS at all. It is the emergency stop for the whole
 * fleet.
 */
public enum OperatorMode {
  /** The operator follows each resource's {@code spec.mode}. */
  ENFORCE,
  /** The operator writes nothing to AWS, whatever a spec says. */
  OBSERVE;

  /** Whether the function of this spec is only observed, by the spec's mode or the operator's. */
  public boolean observes(LambdaFunctionConfigSpec spec) {
    return this == OBSERVE || spec.observes();
  }

  /** Whether this spec's fields are restored when the resource is deleted. */
  public boolean restores(LambdaFunctionConfigSpec spec) {
    return this == ENFORCE && spec.restores();
  }
}
