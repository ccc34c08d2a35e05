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

  /** The time after which each function is read that no round has answered for. */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

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
    return delay == null ? Verdict.pass(step) : Verdict.lookAgain(step, new Requeue.After(delay));
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
    if (!sweeper.mayBeListed(uid)) {
      Duration left = fraction(sweeper.firstRound(uid), Jitter.of(uid)).minus(running);
      return left.isPositive() ? left : null;
    }
    if (sweeper.isConfirmed(uid)) {
      // What no list shows is read once an hour: of each resource at a time of its own, and of none
      // in the first quarter, for a restart is to cost a sweep and no more.
      Duration left = fraction(FleetSweeper.FULL_READ, (1 + 3 * Jitter.of(uid)) / 4).minus(running);
      return left.isPositive() ? left : null;
    }
    Duration round = sweeper.firstRound(uid);
    Duration left = round.minus(running);
    if (!left.isPositive() && isLate(uid, running)) {
      // At growing intervals: looks of a large fleet would take the CPU that the round is short of.
      left = round.compareTo(running) > 0 ? round : running;
    }
    return left.isPositive() ? left.plus(fraction(left, timing.random().getAsDouble())) : null;
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

  /**
   * Whether a round is still to answer for a function: the first one takes longer than expected, or
   * its page came before the function was watched. A read of each, by a process that is short of
   * CPU, would keep rounds from their end.
   */
  private boolean isLate(String uid, Duration running) {
    return running.compareTo(LONGEST_WAIT) < 0 && sweeper.isToBeListed(uid, LONGEST_WAIT);
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
