package dev.lambdaconfig.aws.limit;

import dev.lambdaconfig.aws.limit.queue.WaiterId;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Time that passes from event to event. */
public final class VirtualTime {

  /** A resource that reads its function. */
  static WaiterId id(String name) {
    return WaiterId.read(name);
  }

  private record Event(long at, long number, Runnable what) {}

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::number));

  private long now;
  private long number;

  /** Nanoseconds; from just before the number overflows, as a JVM's may. */
  public long nanos() {
    return Long.MAX_VALUE - 1_000_000_000L + now;
  }

  double seconds() {
    return now / 1e9;
  }

  public void after(Duration delay, Runnable what) {
    events.add(new Event(now + delay.toNanos(), number++, what));
  }

  /** Lets so much time pass, with all that happens in it. */
  public void pass(Duration time) {
    long end = now + time.toNanos();
    for (Event next = events.peek(); next != null && next.at() <= end; next = events.peek()) {
      events.remove();
      now = next.at();
      next.what().run();
    }
    now = end;
  }

  void pass(double seconds) {
    pass(Duration.ofNanos(Math.round(seconds * 1e9)));
  }
}
