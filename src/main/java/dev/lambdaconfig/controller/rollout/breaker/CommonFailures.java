package dev.lambdaconfig.controller.rollout.breaker;

import dev.lambdaconfig.controller.rollout.breaker.CircuitBreaker.Trip;
import dev.lambdaconfig.controller.rollout.breaker.UpdateWindow.Ended;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds failures that several namespaces have in common. Each namespace counts with its own last
 * few updates: none can outvote the others, or displace their updates.
 */
final class CommonFailures {

  /** Minimum number of namespaces that fail alike. */
  static final int NAMESPACES = 3;

  private static final int ALIKE = 5;
  private static final int WINDOW = 20;
  private static final int OF_EACH_NAMESPACE = 4;

  private record EndedIn(String namespace, Ended update) {}

  private CommonFailures() {}

  /**
   * The pause of all namespaces that a failure begins.
   *
   * @param windows the last updates of each namespace
   * @param fields the fields of the update that failed: only updates of the same ones are compared
   * @param after only updates with a greater number count
   */
  static Optional<Trip> pause(
      Map<String, UpdateWindow> windows,
      String fields,
      FailureSignature failure,
      long after,
      long now) {
    Predicate<Ended> comparable =
        update ->
            update.number() > after
                && update.at() >= now - UpdateWindow.OF_ONE_CHANGE
                && update.fields().equals(fields);
    List<EndedIn> updates = new ArrayList<>();
    windows.forEach(
        (namespace, window) ->
            window
                .newest(OF_EACH_NAMESPACE, comparable)
                .forEach(update -> updates.add(new EndedIn(namespace, update))));
    List<EndedIn> last =
        updates.stream()
            .sorted(Comparator.comparing((EndedIn ended) -> ended.update().number()).reversed())
            .limit(WINDOW)
            .toList();
    List<EndedIn> alike =
        last.stream().filter(ended -> ended.update().failedLike(failure)).toList();
    return alike.size() >= ALIKE
            && 2 * alike.size() >= last.size()
            && alike.stream().map(EndedIn::namespace).distinct().count() >= NAMESPACES
        ? Optional.of(
            new Trip(
                failure.code(),
                failure.alike(),
                alike.size(),
                last.size(),
                CircuitBreaker.FIRST_PAUSE))
        : Optional.empty();
  }
}
