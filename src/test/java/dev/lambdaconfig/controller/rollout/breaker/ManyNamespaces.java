package dev.lambdaconfig.controller.rollout.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The breakers of a Region in which many namespaces send updates. */
final class ManyNamespaces {

  static final Admission GO = new Admission.Go();
  static final List<String> MEMORY = List.of("memorySize");
  static final List<String> TIMEOUT = List.of("timeout");
  static final String TOO_MUCH = "It is too much";
  private static final String CODE = "InvalidParameterValueException";

  private long now;
  final RegionBreakers breakers = new RegionBreakers(() -> now);

  /** Opens the breaker of all: two resources of two namespaces and one of a third fail alike. */
  void pauseAll() {
    failAlike("team-a", 2);
    failAlike("team-b", 2);
    failAlike("team-c", 1);
    assertThat(breakers.isPausedForAll()).isTrue();
  }

  /** Asks for each of these namespaces, which are paused. */
  void wants(String... namespaces) {
    for (String namespace : namespaces) {
      assertThat(breakers.mayUpdate(namespace, namespace, false))
          .isInstanceOf(Admission.Paused.class);
    }
  }

  /** The number of updates of a namespace, of so many, that may be sent. */
  long go(String namespace, int asking) {
    long gone = 0;
    for (int i = 0; i < asking; i++) {
      gone += breakers.mayUpdate(namespace, namespace + "/" + i, false).equals(GO) ? 1 : 0;
    }
    return gone;
  }

  void failAlike(String namespace, int resources) {
    for (int i = 0; i < resources; i++) {
      fail(namespace, namespace + "/" + i, MEMORY, TOO_MUCH);
    }
  }

  Effects fail(String namespace, String uid, List<String> fields, String message) {
    return ended(namespace, uid, fields, FailureSignature.of(CODE, fields, message, uid));
  }

  void succeed(String namespace, String uid, List<String> fields) {
    ended(namespace, uid, fields, null);
  }

  /** The resource wants no update any more: its function is as its spec has it. */
  void inSync(String namespace, String uid) {
    breakers.withdraw(namespace, uid, false);
  }

  /** The resources that are woken by the success of an update. */
  List<String> wokenBy(String namespace, String uid) {
    return ended(namespace, uid, MEMORY, null).wake();
  }

  private Effects ended(
      String namespace, String uid, List<String> fields, @Nullable FailureSignature failure) {
    return breakers.ended(namespace, uid, fields, failure, false);
  }

  void pass(Duration time) {
    now += time.toNanos();
  }
}
