package dev.lambdaconfig.aws.limit;

/** The place of one who waits. Times are nanoseconds of the budget's clock. */
final class Waiter {

  final WaiterId id;
  final Priority priority;

  /** Ascends along the line; tells roughly how many are before, without counting them. */
  final long ticket;

  /** When it was first asked for. */
  final long since;

  /** When its holder was told to come back. */
  private long due;

  private long expiry;

  Waiter(WaiterId id, Priority priority, long ticket, long since) {
    this.id = id;
    this.priority = priority;
    this.ticket = ticket;
    this.since = since;
  }

  /** Its holder was called before the time that it was told, and has not come yet. */
  private boolean called;

  void told(long now, long delay) {
    called = false;
    due = now + delay;
    expiry = due + Math.max(PriorityLevel.EXPIRY, delay / 4);
  }

  /** Its holder is called, because its turn has come. */
  void call(long now) {
    told(now, 0);
    called = true;
  }

  boolean isCalled() {
    return called;
  }

  /** The time is there at which its holder was to come back. */
  boolean hasCome(long now) {
    return due <= now;
  }

  /** Its holder should be here, or comes before the next token would. */
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
