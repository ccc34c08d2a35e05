package dev.lambdaconfig.controller.update;

import dev.lambdaconfig.aws.sweep.FleetSweeper;
import dev.lambdaconfig.controller.ownership.Claims;
import dev.lambdaconfig.controller.state.Gate;
import dev.lambdaconfig.controller.state.Reconciliation;
import dev.lambdaconfig.controller.state.Step;
import dev.lambdaconfig.controller.state.Verdict;
import dev.lambdaconfig.decision.Requeue;
import dev.lambdaconfig.model.Jitter;
import dev.lambdaconfig.model.Target;
import dev.lambdaconfig.timing.Timing;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Resources that the first sweep after a restart answers for: those whose status says that their
 * function is in order, as long as neither spec nor revision has changed since. A restart costs one
 * sweep, not a read of each; those that no list shows are read one by one, within a share of the
 * quota of their account.
 */
public final class WarmStart implements Gate {

  /**
   * The time after a start in which a resource can begin to wait for a round. Later it is
   * reconciled because of a change, such as another identity: a list does not say that it may read
   * a function.
   */
  private static final Duration STARTING = Duration.ofMinutes(10);

  private final FleetSweeper sweeper;
  private final Claims claims;
  private final DecisionContext context;
  private final Timing timing;

  /** The start of the first reconcile: an operator can stand by for hours before it works. */
  private final AtomicReference<@Nullable Long> started = new AtomicReference<>();

  /** Creates the gate. */
  public WarmStart(FleetSweeper sweeper, Claims claims, DecisionContext context, Timing timing) {
    this.sweeper = sweeper;
    this.claims = claims;
    this.context = context;
    this.timing = timing;
  }

  /** Watches the function of a resource, and ends the reconcile if the sweep answers for it. */
  @Override
  public Verdict check(Reconciliation reconciliation, Step step) {
    Duration delay = answeredFor(reconciliation, step);
    if (delay == null) {
      sweeper.waitsNoLonger(reconciliation.uid());
      return Verdict.pass(step);
    }
    return Verdict.lookAgain(step, new Requeue.After(delay));
  }

  private @Nullable Duration answeredFor(Reconciliation reconciliation, Step step) {
    String uid = reconciliation.uid();
    boolean stands =
        reconciliation.state().observation().isNever()
            && context.isReportedInOrder(reconciliation, step)
            && isListedByItself(reconciliation);
    sweeper.watch(
        uid, reconciliation.function(), stands ? reconciliation.previous().revisionId() : null);
    // What a list showed to be in order counts for as long as lists go on to say so.
    if (!stands) {
      return null;
    }
    Duration running = running();
    Duration left = first(uid, running).minus(running);
    return left.isPositive() ? left : null;
  }

  /** The time after the start at which the function is first read, unless it is triggered. */
  private Duration first(String uid, Duration running) {
    if (!sweeper.mayBeListed(uid)) {
      return fraction(sweeper.firstRead(uid), Jitter.of(uid));
    }
    boolean starting = running.compareTo(STARTING) < 0;
    if (starting ? sweeper.answersFor(uid) : sweeper.isConfirmed(uid)) {
      // What no list shows is read once an hour: of each resource at a time of its own, and of none
      // in the first quarter, for a restart is to cost a sweep and no more.
      return fraction(FleetSweeper.FULL_READ, (1 + 3 * Jitter.of(uid)) / 4);
    }
    return Duration.ZERO;
  }

  /**
   * Whether the identity of a resource may list the function itself: what another one has listed it
   * need not be allowed to know. Where another resource names the function, a tenant's claim has to
   * be proven, and only a read proves it.
   */
  private boolean isListedByItself(Reconciliation reconciliation) {
    Target function = reconciliation.function();
    return function.identity() == null
        || (function.isInOwnAccount() && !claims.isShared(reconciliation.resource()));
  }

  private Duration running() {
    long now = timing.nanos().getAsLong();
    Long first = started.get();
    if (first == null) {
      started.compareAndSet(null, now);
      return Duration.ZERO;
    }
    return Duration.ofNanos(now - first);
  }

  private static Duration fraction(Duration time, double of) {
    return Duration.ofNanos((long) (time.toNanos() * of));
  }
}
