package dev.lambdaconfig.aws.account;

import dev.lambdaconfig.aws.limit.RateLimiter;
import dev.lambdaconfig.aws.limit.queue.WaiterId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The turns of limiters that share the room of a Region: each round begins with another one, in
 * case there is room for few of their waiters.
 */
final class RoundRobin {

  private final AtomicInteger rounds = new AtomicInteger();

  /** Returns the waiters that may call now, no more than there is room for. */
  List<WaiterId> due(List<RateLimiter> limiters, int room) {
    List<RateLimiter> turns = new ArrayList<>(limiters);
    Collections.rotate(turns, rounds.getAndIncrement() % turns.size());
    List<WaiterId> due = new ArrayList<>();
    for (RateLimiter limiter : turns) {
      if (due.size() >= room) {
        break;
      }
      due.addAll(limiter.due(room - due.size()));
    }
    return due;
  }
}
