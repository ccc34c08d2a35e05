package dev.lambdaconfig.controller;

import dev.lambdaconfig.aws.sweep.FleetSweeper;
import dev.lambdaconfig.decision.OperatorMode;
import dev.lambdaconfig.model.Jitter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * After a restart the first sweep answers for every resource whose status says that its function is
 * in order, as long as neither spec nor revision has changed since: a restart costs one sweep, not
 * a read of each.
 */
final class WarmStart {

  private final FleetSweeper sweeper;
  private final Observations observations;
  private final OperatorMode mode;
  private final LongSupplier nanos;
  private final DoubleSupplier random;

  /** When the first pass began: an operator can stand by for hours before it works. */
  private final AtomicReference<@Nullable Long> started = new AtomicReference<>();

  WarmStart(
      FleetSweeper sweeper,
      Observations observations,
      OperatorMode mode,
      LongSupplier nanos,
      DoubleSupplier random) {
    this.sweeper = sweeper;
    this.observations = observations;
    this.mode = mode;
    this.nanos = nanos;
    this.random = random;
  }

  /**
   * Watches the function of a resource, and tells whether the sweep answers for it.
   *
   * @return when to look at the resource again, or null if its function has to be read now
   */
  @Nullable Duration answersFor(Pass pass) {
    String uid = pass.uid();
    boolean stands = !observations.isKnown(uid) && pass.stands(mode);
    sweeper.watch(uid, pass.target(), stands ? pass.previous().revisionId() : null);
    // What a list showed to be in order counts for as long as lists go on to say so.
    if (!stands || !sweeper.mayBeListed(uid)) {
      return null;
    }
    Duration running = running();
    if (sweeper.isConfirmed(uid)) {
      // What no list shows is read once an hour: of each resource at a time of its own, and of none
      // in the first quarter, for a restart is to cost a sweep and no more.
      Duration left = fraction(FleetSweeper.FULL_READ, (1 + 3 * Jitter.of(uid)) / 4).minus(running);
      return left.isPositive() ? left : null;
    }
    Duration left = sweeper.firstRound(uid).minus(running);
    return left.isPositive() ? left.plus(fraction(left, random.getAsDouble())) : null;
  }

  private Duration running() {
    long now = nanos.getAsLong();
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
