package dev.lambdaconfig.ops;

import io.javaoperatorsdk.operator.Operator;

/** The health of an operator: ready once it has started and watches its resources. */
public final class OperatorHealth implements Health {

  private final Operator operator;

  /** Looks at the given operator. */
  public OperatorHealth(Operator operator) {
    this.operator = operator;
  }

  @Override
  public Verdict live() {
    return new Verdict(true, "ok");
  }

  @Override
  public Verdict ready() {
    return operator.getRuntimeInfo().isStarted()
        ? new Verdict(true, "ok")
        : new Verdict(false, "starting: the resources are not all read yet");
  }
}
