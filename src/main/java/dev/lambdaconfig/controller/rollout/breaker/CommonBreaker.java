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
 * The breaker of all namespaces, which opens by failures that several of them have in common: at
 * least five, of three namespaces, and half of the last twenty updates of the same fields. Each
 * namespace counts with its own last four at most: none can outvote the others, or displace their
 * updates. Not thread-safe.
 */
final class CommonBreaker {

  /** Minimum number of namespaces that fail alike. */
  private static final int NAMESPACES = 3;

  private static final int WINDOW = 20;
  private static final int OF_EACH_NAMESPACE = 4;

  private record EndedIn(String namespace, Ended update) {}

  final CircuitBreaker breaker = new CircuitBreaker(NAMESPACES);
  private final UpdatesByNamespace namespaces;

  /** The number of the last update that no longer counts. */
  private long settledUpTo;

  CommonBreaker(UpdatesByNamespace namespaces) {
    this.namespaces = namespaces;
  }

  /**
   * Records a failure, and returns the pause that begins with it.
   *
   * @param fields the fields of the update that failed: only updates of the same ones are compared
   * @param released whether its namespace is exempt from the pause that lasts
   * @param ended the number of the update
   */
  Optional<Trip> failed(
      String uid, String fields, FailureSignature failure, boolean released, long ended, long now) {
    if (breaker.isProbe(uid) && breaker.probeFailed(failure.alike(), now)) {
      Trip past = breaker.pause().orElseThrow();
      return Optional.of(
          breaker.open(
              new Trip(past.reason(), past.alike(), past.failed(), past.of(), breaker.nextLength()),
              now));
    }
    // During a pause, only released namespaces can begin it anew.
    return breaker.isClosed() || released
        ? pause(fields, failure, now).map(pause -> open(pause, ended, now))
        : Optional.empty();
  }

  private Trip open(Trip pause, long ended, long now) {
    settledUpTo = ended;
    // A namespace that a person released, and that has had no success since, is held back again.
    namespaces.all().forEach(each -> each.released &= each.proven);
    breaker.open(pause, now);
    namespaces
        .all()
        .forEach(
            updates ->
                updates
                    .failing(failure -> failure.alike().equals(pause.alike()))
                    .forEach(uid -> breaker.failed(updates.name, uid, pause.alike())));
    return pause;
  }

  /**
   * Ends the pause.
   *
   * @param ended the number of the last update
   * @return the resources that were held back
   */
  List<String> close(long ended) {
    settledUpTo = ended;
    namespaces.all().forEach(each -> each.released = false);
    return breaker.close();
  }

  private Optional<Trip> pause(String fields, FailureSignature failure, long now) {
    Map<String, UpdateWindow> windows =
        namespaces.windows(updates -> breaker.isClosed() || updates.released);
    Predicate<Ended> comparable =
        update ->
            update.number() > settledUpTo
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
    return alike.size() >= CircuitBreaker.ALIKE
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
