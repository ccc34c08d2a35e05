package dev.lambdaconfig.controller.rollout.breaker;

import dev.lambdaconfig.controller.rollout.breaker.CircuitBreaker.Trip;
import dev.lambdaconfig.debug.StateSizes;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The updates of one namespace, kept for as long as it has a resource. Not thread-safe. */
final class NamespaceUpdates {

  private static final int ALIKE = 5;

  final CircuitBreaker breaker = new CircuitBreaker(1);
  final UpdateWindow window = new UpdateWindow();
  final Set<String> resources = new HashSet<>();

  /** The resources whose last update failed. */
  final Set<String> failed = new HashSet<>();

  /** The resources of those whose update a person wants tried again. */
  final Set<String> again = new HashSet<>();

  /** Whether a person exempted the namespace from the breaker of all namespaces. */
  boolean released;

  /** Whether its last update since then succeeded. */
  boolean proven;

  /**
   * Adds a failure, the newest of the window, and returns the pause of this namespace that it
   * begins.
   */
  Optional<Trip> failed(String uid, FailureSignature failure, long now) {
    if (breaker.isClosed()) {
      window.expire(now - UpdateWindow.OF_ONE_CHANGE);
    }
    int alike = window.failedWith(failure.code());
    boolean opens =
        breaker.isClosed()
            ? alike >= ALIKE && 2 * alike >= window.size()
            : breaker.isProbe(uid) && breaker.probeFailed(failure.code(), now);
    return opens
        ? Optional.of(
            new Trip(failure.code(), failure.code(), alike, window.size(), breaker.nextLength()))
        : Optional.empty();
  }

  /** Forgets a resource. */
  void forget(String uid) {
    window.remove(uid);
    failed.remove(uid);
    again.remove(uid);
    resources.remove(uid);
  }

  void sizes(StateSizes sizes) {
    sizes.add("NamespaceUpdates.resources", resources.size());
    sizes.add("NamespaceUpdates.failed", failed.size());
    sizes.add("NamespaceUpdates.again", again.size());
    window.sizes(sizes);
    breaker.sizes(sizes);
  }
}
