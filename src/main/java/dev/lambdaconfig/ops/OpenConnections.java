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

/** The open connections of a server, limited in their number and their duration. */
final class OpenConnections implements AutoCloseable {

  private record Open(InetAddress address, HttpConnection connection, long since) {}

  private final int most;
  private final long longest;
  private final LongSupplier nanos;

  /** The open connections, oldest first. */
  private final List<Open> open = new ArrayList<>();

  private boolean closed;

  /**
   * Creates an empty set of connections.
   *
   * @param most the maximum number of connections
   * @param longest the maximum duration of each
   * @param nanos a steady clock, in nanoseconds
   */
  OpenConnections(int most, Duration longest, LongSupplier nanos) {
    this.most = most;
    this.longest = longest.toNanos();
    this.nanos = nanos;
  }

  /** Adds a connection; if there are too many, closes another one. */
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

  /** Returns the oldest connection of the address with the most of them. */
  private Open dispensable() {
    Map<InetAddress, List<Open>> byAddress =
        open.stream().collect(Collectors.groupingBy(Open::address));
    return byAddress.values().stream()
        .max(Comparator.comparingInt(Collection::size))
        .orElseThrow()
        .getFirst();
  }

  /** Closes the connections that have lasted too long. */
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

  /** Removes a connection that has ended. */
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

  /** Closes connections, outside of the lock: each is removed by its own thread as well. */
  private static void close(List<Open> connections) {
    connections.forEach(each -> each.connection().close());
  }
}
