package dev.lambdaconfig.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Where each of some resources shall get to, and when it was seen there. */
final class Goal {

  private final Set<String> open;
  private final Predicate<Seen> condition;
  private final Map<String, Instant> reached = new HashMap<>();
  private final CountDownLatch rest;

  Goal(Collection<String> names, Predicate<Seen> condition) {
    this.open = new HashSet<>(names);
    this.condition = condition;
    this.rest = new CountDownLatch(open.size());
  }

  synchronized void look(Seen resource) {
    String name = resource.name();
    if (open.contains(name) && condition.test(resource)) {
      open.remove(name);
      reached.put(name, Instant.now());
      rest.countDown();
    }
  }

  synchronized boolean isReachedBy(String name) {
    return reached.containsKey(name);
  }

  /** Whether all got there within that time. */
  boolean await(Duration time) throws InterruptedException {
    return rest.await(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  synchronized int size() {
    return reached.size() + open.size();
  }

  synchronized int missing() {
    return open.size();
  }

  /** How long each of those took that got there, in order. */
  synchronized List<Duration> times(Map<String, Instant> since) {
    return reached.entrySet().stream()
        .map(entry -> Duration.between(since.get(entry.getKey()), entry.getValue()))
        .sorted()
        .toList();
  }

  /** When the last one got there; the beginning of time if none did. */
  synchronized Instant last() {
    return reached.values().stream().max(Instant::compareTo).orElse(Instant.MIN);
  }
}
