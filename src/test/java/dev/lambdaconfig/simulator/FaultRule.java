package dev.lambdaconfig.simulator;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** A fault with the condition of the requests that it hits. */
public final class FaultRule {

  private final Predicate<ApiCall> condition;
  private final Fault fault;
  private final AtomicInteger left;
  private final AtomicInteger hits = new AtomicInteger();

  FaultRule(Predicate<ApiCall> condition, Fault fault, int times) {
    this.condition = condition;
    this.fault = fault;
    this.left = new AtomicInteger(times);
  }

  public int hits() {
    return hits.get();
  }

  public void cancel() {
    left.set(0);
  }

  boolean isSpent() {
    return left.get() <= 0;
  }

  Fault fault() {
    return fault;
  }

  /** Uses up one of the hits, exactly one even among concurrent requests. */
  boolean hit(ApiCall call) {
    if (!isSpent() && condition.test(call) && left.getAndUpdate(now -> now > 0 ? now - 1 : 0) > 0) {
      hits.incrementAndGet();
      return true;
    }
    return false;
  }
}
