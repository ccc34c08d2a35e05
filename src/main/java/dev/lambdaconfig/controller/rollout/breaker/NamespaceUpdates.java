package dev.lambdaconfig.controller.rollout.breaker;

import dev.lambdaconfig.controller.rollout.breaker.CircuitBreaker.Trip;
import dev.lambdaconfig.debug.StateSizes;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The updates of one namespace, kept for as long as it has a resource. Not thread-safe. */
final class NamespaceUpdates {

  final String name;
  final CircuitBreaker breaker = new CircuitBreaker(1);
  final UpdateWindow window = new UpdateWindow();
  final Set<String> resources = new HashSet<>();

  /** The resources whose last update failed, and is still wanted. */
  final Set<String> failed = new HashSet<>();

  /** The resources of those whose update a person wants tried again. */
  final Set<String> again = new HashSet<>();

  /** Whether a person exempted the namespace from the breaker of all namespaces. */
  boolean released;

  /** Whether its last update since then succeeded. */
  boolean proven;

  NamespaceUpdates(String name) {
    this.name = name;
  }

  /**
   * Adds a failure, the newest of the window, and returns the pause of this namespace that it
   * begins.
   */
  Optional<Trip> pause(String uid, FailureSignature failure, long now) {
    if (breaker.isClosed()) {
      window.expire(now - UpdateWindow.OF_ONE_CHANGE);
    }
    int alike = window.failedWith(failure.code());
    boolean opens =
        breaker.isClosed()
            ? alike >= CircuitBreaker.ALIKE && 2 * alike >= window.size()
            : breaker.isProbe(uid) && breaker.probeFailed(failure.code(), now);
    return opens
        ? Optional.of(
            new Trip(failure.code(), failure.code(), alike, window.size(), breaker.nextLength()))
        : Optional.empty();
  }

  /** Begins a pause of this namespace. */
  Trip open(Trip pause, long now) {
    breaker.open(pause, now);
    failing(failure -> failure.code().equals(pause.alike()))
        .forEach(uid -> breaker.failed(name, uid, pause.alike()));
    return pause;
  }

  /** The resources of the window whose last update failed so, and is still wanted. */
  List<String> failing(Predicate<FailureSignature> alike) {
    return window.failed(alike).stream().filter(failed::contains).toList();
  }

  /**
   * Records that a resource wants no update for now.
   *
   * @param failing whether its last update failed, and would be sent again after a time
   */
  void withdraw(String uid, boolean failing) {
    again.remove(uid);
    if (!failing) {
      failed.remove(uid);
    } else if (resources.contains(uid)) {
      failed.add(uid);
    }
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
