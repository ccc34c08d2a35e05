package dev.lambdaconfig.aws.limit.queue;

/** A caller that waits, in its place. Times are nanoseconds of the limiter's clock. */
public final class Waiter {

  final WaiterId id;
  final Priority priority;

  /** A number that ascends along the level: how many are before, roughly, without counting. */
  final long ticket;

  private final long since;
  private long due;
  private long expiry;

  /** Whether it was called before its time, and has not come yet. */
  private boolean called;

  Waiter(WaiterId id, Priority priority, long ticket, long since) {
    this.id = id;
    this.priority = priority;
    this.ticket = ticket;
    this.since = since;
  }

  /** The identity of the caller and its call. */
  public WaiterId id() {
    return id;
  }

  /** The time since which it waits. */
  public long since() {
    return since;
  }

  /** Tells the waiter to come back after a delay. */
  public void defer(long now, long delay) {
    called = false;
    due = now + delay;
    expiry = due + Math.max(PriorityLevel.EXPIRY, delay / 4);
  }

  /** Calls the waiter, because its turn has come. */
  void call(long now) {
    defer(now, 0);
    called = true;
  }

  boolean isCalled() {
    return called;
  }

  /** Whether the time of the waiter has come. */
  public boolean hasCome(long now) {
    return due <= now;
  }

  /** Whether the waiter should be here, or comes before the next token would. */
  boolean isDue(long now, long soon) {
    return due <= now + soon && !isLate(now);
  }

  boolean isLate(long now) {
    return due + PriorityLevel.GRACE < now;
  }

  boolean isExpired(long now) {
    return expiry < now;
  }
}
