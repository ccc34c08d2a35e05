package dev.lambdaconfig.controller;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.kube.status.StatusStore;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Passes that found their function in order and could not write so, because the API server was busy
 * or others kept changing the resource: the next pass writes what the last one learned, and asks
 * AWS nothing.
 *
 * <p>Only while nothing has happened that a verdict depends on, and not for long: whatever wakes a
 * resource for another reason than its spec, its status or its function has to {@link #forget} it.
 */
final class UntoldPasses {

  /** Longest time for which a verdict stands that nobody has been told of. */
  private static final Duration STANDS = Duration.ofSeconds(10);

  private final StatusStore statuses;
  private final Observations observations;
  private final LongSupplier nanos;
  private final Map<String, Untold> untold = new ConcurrentHashMap<>();

  private record Untold(Pass pass, @Nullable Object observation, long since) {}

  UntoldPasses(StatusStore statuses, Observations observations, LongSupplier nanos) {
    this.statuses = statuses;
    this.observations = observations;
    this.nanos = nanos;
  }

  /** Keeps a pass, if the next one can do without reading the function. */
  void keep(Pass pass) {
    boolean verdict =
        pass.decision() instanceof Decision.InSync || pass.decision() instanceof Decision.Observed;
    if (verdict && !pass.isRestoring()) {
      untold.put(pass.uid(), new Untold(pass, observations.mark(pass.uid()), nanos.getAsLong()));
    }
  }

  /** Returns and forgets the pass that is still to be told, or returns null. */
  @Nullable Pass take(LambdaFunctionConfig resource) {
    String uid = resource.getMetadata().getUid();
    Untold kept = untold.remove(uid);
    if (kept == null
        || nanos.getAsLong() - kept.since() > STANDS.toNanos()
        || kept.observation() != observations.mark(uid)
        || !kept.pass().holdsFor(resource, statuses.known(resource).status())) {
      return null;
    }
    return kept.pass().seenAgain(resource);
  }

  boolean isKept(Pass pass) {
    Untold kept = untold.get(pass.uid());
    return kept != null && Objects.equals(kept.pass(), pass);
  }

  void forget(String uid) {
    untold.remove(uid);
  }
}
