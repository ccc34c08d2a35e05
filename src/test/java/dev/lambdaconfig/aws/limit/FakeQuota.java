package dev.lambdaconfig.aws.limit;

import static dev.lambdaconfig.aws.limit.VirtualTime.id;

import dev.lambdaconfig.aws.limit.queue.Priority;
import dev.lambdaconfig.model.Jitter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** AWS as it is for the budget: a bucket of one second's calls, and those who come as told. */
final class FakeQuota {

  static final Duration LATENCY = Duration.ofMillis(20);

  final VirtualTime time = new VirtualTime();
  final RateLimiter limiter;
  final AccountQuota account;

  /** When calls arrived, in seconds; those that were throttled, too. */
  final List<Double> calls = new ArrayList<>();

  private final Map<Priority, Integer> answered = new EnumMap<>(Priority.class);
  int throttled;
  int asks;
  boolean away;

  /** By up to so much callers come later than told, each by as much as its name says. */
  Duration lateness = Duration.ZERO;

  private double perSecond;
  private double tokens;
  private double filled;

  FakeQuota(double perSecond, double most) {
    this.perSecond = perSecond;
    this.tokens = perSecond;
    this.account = new AccountQuota(most, time::nanos);
    this.limiter = account.control();
  }

  void allows(double perSecond) {
    this.perSecond = perSecond;
  }

  /** Others make so many calls a second, whatever becomes of them. */
  void othersCall(double perSecond) {
    take();
    time.after(Duration.ofNanos((long) (1e9 / perSecond)), () -> othersCall(perSecond));
  }

  int answered(Priority priority) {
    return answered.getOrDefault(priority, 0);
  }

  int answered() {
    return answered.values().stream().mapToInt(Integer::intValue).sum();
  }

  double throttledShare() {
    return (double) throttled / calls.size();
  }

  /** How many calls arrived from then on until then, in seconds. */
  long callsBetween(double from, double to) {
    return calls.stream().filter(at -> at >= from && at < to).count();
  }

  /** One who wants one call. */
  void caller(String who, Priority priority) {
    caller(who, priority, () -> {});
  }

  /** One who wants one call after the other, without end. */
  void endless(String who, Priority priority) {
    caller(who, priority, () -> endless(who, priority));
  }

  private void caller(String who, Priority priority, Runnable then) {
    asks++;
    switch (limiter.ask(id(who), priority)) {
      case Reservation.Deferred later ->
          comeBack(who, later.delay(), () -> caller(who, priority, then));
      case Reservation.Unavailable none ->
          comeBack(who, none.delay(), () -> caller(who, priority, then));
      case Reservation.Granted granted -> {
        CallOutcome outcome = call();
        time.after(
            LATENCY,
            () -> {
              granted.permit().done(outcome);
              if (outcome == CallOutcome.ANSWERED) {
                answered.merge(priority, 1, Integer::sum);
                then.run();
              } else {
                caller(who, priority, then);
              }
            });
      }
    }
  }

  private void comeBack(String who, Duration told, Runnable what) {
    time.after(told.plusNanos((long) (Jitter.of(who) * lateness.toNanos())), what);
  }

  private CallOutcome call() {
    calls.add(time.seconds());
    if (away) {
      return CallOutcome.UNREACHABLE;
    }
    if (take()) {
      return CallOutcome.ANSWERED;
    }
    throttled++;
    return CallOutcome.THROTTLED;
  }

  private boolean take() {
    double at = time.seconds();
    tokens = Math.min(perSecond, tokens + (at - filled) * perSecond);
    filled = at;
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }
}
