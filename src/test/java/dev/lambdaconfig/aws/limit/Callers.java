package dev.lambdaconfig.aws.limit;

import static dev.lambdaconfig.aws.limit.VirtualTime.id;

import dev.lambdaconfig.aws.limit.queue.Priority;

/** The callers of a limiter, whose calls end at once with an answer. */
record Callers(RateLimiter limiter) {

  /** Takes the tokens that there are. */
  void empty() {
    while (limiter.ask(id("emptying"), Priority.WRITE) instanceof Reservation.Granted granted) {
      granted.permit().done(CallOutcome.ANSWERED);
    }
    limiter.forget(id("emptying"));
  }

  /** The seconds after which a caller that is deferred asks again. */
  double delay(String name, Priority priority) {
    return ((Reservation.Deferred) limiter.ask(id(name), priority)).delay().toNanos() / 1e9;
  }

  /** Whether a caller is granted its call. */
  boolean goes(String name, Priority priority) {
    if (limiter.ask(id(name), priority) instanceof Reservation.Granted granted) {
      granted.permit().done(CallOutcome.ANSWERED);
      return true;
    }
    return false;
  }
}
