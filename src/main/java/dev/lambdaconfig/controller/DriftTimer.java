package dev.lambdaconfig.controller;

import dev.lambdaconfig.decision.Decision;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Tells a listener what passes do, and times drifts from when they are noticed. */
final class DriftTimer {

  /**
   * A function that is no longer what was read of it.
   *
   * @param certain whether it is a drift: a sweep sees every change, also of what nobody manages
   */
  private record Drift(long since, boolean certain) {}

  private final ReconcileListener listener;
  private final LongSupplier nanos;
  private final Map<String, Drift> drifts = new ConcurrentHashMap<>();

  DriftTimer(ReconcileListener listener, LongSupplier nanos) {
    this.listener = listener;
    this.nanos = nanos;
  }

  /** A sweep saw that the resource's function changed. */
  void changed(String uid) {
    drifts.putIfAbsent(uid, new Drift(nanos.getAsLong(), false));
  }

  /** A pass has done what it does, be it by an exception. */
  void passed(Pass pass) {
    pass.updateEnds().forEach(end -> listener.updateEnded(end.cause(), end.outcome()));
    if (pass.hasFoundDrift()) {
      drifts.merge(
          pass.uid(),
          new Drift(nanos.getAsLong(), true),
          (before, now) -> new Drift(before.since(), true));
    }
    ReconcileOutcome outcome = pass.outcome();
    if (outcome == null) {
      return;
    }
    listener.decided(outcome);
    if (pass.hasDecided()
        && (pass.decision() instanceof Decision.InSync
            || pass.decision() instanceof Decision.Observed)) {
      Drift drift = drifts.remove(pass.uid());
      if (drift != null && drift.certain() && outcome == ReconcileOutcome.InSync) {
        listener.driftSettled(Duration.ofNanos(nanos.getAsLong() - drift.since()));
      }
    }
  }

  /** A pass ended that began at this time of the steady clock. */
  void ended(long began, boolean failed) {
    listener.ended(Duration.ofNanos(nanos.getAsLong() - began), failed);
  }

  void forget(String uid) {
    drifts.remove(uid);
  }
}
