package dev.lambdaconfig.controller.rollout.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.controller.rollout.breaker.CircuitBreaker.Trip;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The breakers of a Region in which one namespace sends updates. */
final class OneNamespace {

  static final String CODE = "InvalidParameterValueException";
  private static final String TEAM = "team-a";
  private static final List<String> FIELDS = List.of("timeout");

  private long now = Long.MAX_VALUE - 5;
  final RegionBreakers breakers = new RegionBreakers(() -> now);

  Admission mayUpdate(String uid, boolean requested) {
    return breakers.mayUpdate(TEAM, uid, requested);
  }

  void sent(String uid) {
    breakers.sent(TEAM, uid);
  }

  Optional<Trip> ended(String uid, @Nullable String failureCode) {
    FailureSignature failure =
        failureCode == null ? null : FailureSignature.of(failureCode, FIELDS, "No", "orders");
    return Optional.ofNullable(
        breakers.ended(TEAM, uid, FIELDS, failure, false).opened().get(BreakerLevel.NAMESPACE));
  }

  /** The resources that are woken by the success of an update. */
  List<String> wokenBy(String uid) {
    return breakers.ended(TEAM, uid, FIELDS, null, false).wake();
  }

  /** Opens the breaker by the failures of five resources. */
  Optional<Trip> trip() {
    Optional<Trip> pause = Optional.empty();
    for (int i = 0; i < 5; i++) {
      pause = ended("bad-" + i, CODE);
    }
    assertThat(pause).isPresent();
    return pause;
  }

  /** Sends the update of a resource that tries for all, and ends it. */
  Optional<Trip> probe(String uid, @Nullable String failureCode) {
    assertThat(mayUpdate(uid, false)).isEqualTo(new Admission.Go());
    sent(uid);
    return ended(uid, failureCode);
  }

  Admission.Paused paused(String uid) {
    return (Admission.Paused) mayUpdate(uid, false);
  }

  /** The resources, of so many, whose updates may be sent. */
  Set<String> go(String name, int asking) {
    Set<String> gone = new HashSet<>();
    for (int i = 0; i < asking; i++) {
      if (mayUpdate(name + i, false) instanceof Admission.Go) {
        gone.add(name + i);
      }
    }
    return gone;
  }

  /** The resource wants no update any more: its function is as its spec has it. */
  void inSync(String uid) {
    breakers.withdraw(TEAM, uid, false);
  }

  /** The resource is stalled since its update failed, and its spec is as before. */
  void stillRefused(String uid) {
    breakers.withdraw(TEAM, uid, true);
  }

  void deleted(String uid) {
    breakers.forget(TEAM, uid);
  }

  boolean isPaused() {
    return breakers.isPaused(TEAM);
  }

  @Nullable Effects release() {
    return breakers.release(TEAM);
  }

  void pass(Duration time) {
    now += time.toNanos();
  }
}
