package dev.lambdaconfig.controller.gate;

import dev.lambdaconfig.controller.resource.ReferencedValues;
import dev.lambdaconfig.controller.state.Gate;
import dev.lambdaconfig.controller.state.Reconciliation;
import dev.lambdaconfig.controller.state.Step;
import dev.lambdaconfig.controller.state.Verdict;
import dev.lambdaconfig.decision.Requeue;
import java.time.Duration;

/**
 * Resources whose values cannot be read yet, because other reconciles hold the places: the worker
 * goes on with other resources until the namespace of this one has its turn.
 */
public final class ReadPlaceGate implements Gate {

  /** Delay after which a place is requested again, in case no grant is notified. */
  private static final Duration AT_THE_LATEST = Duration.ofMinutes(2);

  private final ReferencedValues values;

  /** Creates the gate. */
  public ReadPlaceGate(ReferencedValues values) {
    this.values = values;
  }

  @Override
  public Verdict check(Reconciliation reconciliation, Step step) {
    return values.mayRead(reconciliation.resource(), reconciliation.spec())
        ? Verdict.pass(step)
        : Verdict.lookAgain(step, new Requeue.WhenGranted(AT_THE_LATEST));
  }
}
