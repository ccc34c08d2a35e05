package dev.lambdaconfig.controller;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;

/** Delays that double with each failure in a row, for each resource by itself. */
final class Backoff {

  /** More would overflow, and no delay is a million times the first one. */
  private static final int MOST_DOUBLINGS = 20;

  private final Duration first;
  private final Duration longest;
  private final DoubleSupplier random;
  private final Map<String, Integer> failures = new ConcurrentHashMap<>();

  /**
   * Creates a backoff.
   *
   * @param random numbers between 0 and 1: a delay is spread over its upper half
   */
  Backoff(Duration first, Duration longest, DoubleSupplier random) {
    this.first = first;
    this.longest = longest;
    this.random = random;
  }

  /** Notes a failure, and returns the delay until the next attempt. */
  Duration next(String uid) {
    int before = failures.merge(uid, 1, Integer::sum) - 1;
    Duration whole = first.multipliedBy(1L << Math.min(before, MOST_DOUBLINGS));
    Duration most = whole.compareTo(longest) < 0 ? whole : longest;
    return Duration.ofNanos((long) (most.toNanos() * (1 + random.getAsDouble()) / 2));
  }

  /** Returns how often in a row it failed. */
  int failures(String uid) {
    return failures.getOrDefault(uid, 0);
  }

  /** Forgets the failures of a resource. */
  void reset(String uid) {
    failures.remove(uid);
  }
}
