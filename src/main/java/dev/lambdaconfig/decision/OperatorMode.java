package dev.lambdaconfig.decision;

import dev.lambdaconfig.api.LambdaFunctionConfigSpec;

/** Whether the operator writes to AWS at all: the brake for the whole fleet. */
public enum OperatorMode {
  /** Each resource is kept as its own {@code spec.mode} says. */
  ENFORCE,
  /** Nothing is written to AWS, whatever a spec says. */
  OBSERVE;

  /** Whether the function of this spec is only looked at, whoever says so. */
  public boolean observes(LambdaFunctionConfigSpec spec) {
    return this == OBSERVE || spec.observes();
  }

  /** Whether this spec's fields come back to what they were when the resource is deleted. */
  public boolean restores(LambdaFunctionConfigSpec spec) {
    return this == ENFORCE && spec.restores();
  }
}
