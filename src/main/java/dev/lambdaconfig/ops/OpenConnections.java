package dev.lambdaconfig.ops;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The connections of a server, of which there are only so many, each for only so long. */
final class OpenConnections implements AutoCloseable {

  private record Open(InetAddress address, HttpConnection connection, long since) {}

  private final int most;
  private final long longest;
  private final LongSupplier nanos;

  /** The oldest first. */
  private final List<Open> open = new ArrayList<>();

  private boolean closed;

  /**
   * Holds none yet.
   *
   * @param most how many there may be
   * @param longest how long each of them may last
   * @param nanos a steady clock, in nanoseconds
   */
  OpenConnections(int most, Duration longest, LongSupplier nanos) {
    this.most = most;
    this.longest = longest.toNanos();
    this.nanos = nanos;
  }

  /** Adds a connection; where there are too many, another one is closed for it. */
  void add(InetAddress address, HttpConnection connection) {
    List<Open> removed = new ArrayList<>();
    synchronized (this) {
      Open added = new Open(address, connection, nanos.getAsLong());
      open.add(added);
      if (closed) {
        removed.add(added);
      } else if (open.size() > most) {
        removed.add(dispensable());
      }
      open.removeAll(removed);
    }
    close(removed);
  }

  /** The oldest of the address that has the most. */
  private Open dispensable() {
    Map<InetAddress, List<Open>> byAddress =
        open.stream().collect(Collectors.groupingBy(Open::address));
    return byAddress.values().stream()
        .max(Comparator.comparingInt(Collection::size))
        .orElseThrow()
        .getFirst();
  }

  /** Closes what has lasted too long. */
  void closeOverdue() {
    List<Open> overdue = new ArrayList<>();
    synchronized (this) {
      long now = nanos.getAsLong();
      while (!open.isEmpty() && now - open.getFirst().since() >= longest) {
        overdue.add(open.removeFirst());
      }
    }
    close(overdue);
  }

  /** Forgets a connection that has ended. */
  synchronized void remove(@Nullable HttpConnection connection) {
    open.removeIf(each -> each.connection().equals(connection));
  }

  synchronized int count() {
    return open.size();
  }

  @Override
  public void close() {
    List<Open> all;
    synchronized (this) {
      closed = true;
      all = List.copyOf(open);
      open.clear();
    }
    close(all);
  }

  /** Outside of the lock: what is closed is removed by its own thread as well. */
  private static void close(List<Open> connections) {
    connections.forEach(each -> each.connection().close());
  }
}
