package dev.lambdaconfig.controller.rollout.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.aws.limit.VirtualTime;
import dev.lambdaconfig.controller.rollout.breaker.CircuitBreaker.Trip;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One change to many functions, in one namespace and in many. */
final class RegionBreakersFleetTest {

  /** Those that fail, and those that are under way by then. */
  private static final int A_HANDFUL = 20;

  @Test
  void ofAThousandThatFailToSettleAHandfulIsSent() {
    // Given
    Fleet fleet = new Fleet(namespace -> true).with("team-a", 1000);

    // When
    fleet.time.pass(Duration.ofMinutes(4));

    // Then
    assertThat(fleet.sent).hasSizeLessThanOrEqualTo(15);
    assertThat(fleet.pauses).hasSize(1).containsKey(BreakerLevel.NAMESPACE);
  }

  @Test
  void theyGoOnWhenReleased() {
    // Given
    Fleet fleet = new Fleet(namespace -> true).with("team-a", 1000);
    fleet.time.pass(Duration.ofMinutes(4));
    fleet.fails = namespace -> false;

    // When
    fleet.release("team-a");
    fleet.time.pass(Duration.ofMinutes(3));

    // Then
    assertThat(fleet.succeeded).hasSize(1000);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 100})
  void aThousandGoodOnesAreHardlySlowedDown(int namespaces) {
    // Given
    Fleet fleet = new Fleet(namespace -> false);
    for (int i = 0; i < namespaces; i++) {
      fleet.with("team-" + i, 1000 / namespaces);
    }

    // When
    fleet.time.pass(Duration.ofSeconds(6));

    // Then: each asks once in vain at most, and once when it is called
    assertThat(fleet.succeeded).hasSize(1000);
    assertThat(fleet.asks).isLessThan(2_500);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 800, 60_000})
  void aBadChangeInAHundredNamespacesStopsAfterAHandful(int settlesAfterMillis) {
    // Given: no namespace has enough functions to stop by itself
    Fleet fleet = new Fleet(namespace -> true);
    fleet.settling = Duration.ofMillis(settlesAfterMillis);
    for (int i = 0; i < 100; i++) {
      fleet.with("team-" + i, 1 + i % 4);
    }

    // When
    fleet.time.pass(Duration.ofMinutes(4));

    // Then
    assertThat(fleet.sent).hasSizeLessThanOrEqualTo(A_HANDFUL);
    assertThat(fleet.pauses).hasSize(1).containsKey(BreakerLevel.ALL);
  }

  @Test
  void ofThemOnlyANamespaceThatIsReleasedGoesOn() {
    // Given
    Fleet fleet = new Fleet(namespace -> true);
    for (int i = 0; i < 100; i++) {
      fleet.with("team-" + i, 4);
    }
    fleet.time.pass(Duration.ofMinutes(1));
    fleet.sent.clear();
    fleet.fails = namespace -> false;

    // When
    fleet.release("team-50");
    fleet.time.pass(Duration.ofMinutes(2));

    // Then
    assertThat(fleet.succeeded)
        .containsExactlyInAnyOrder("team-50/0", "team-50/1", "team-50/2", "team-50/3");
    assertThat(fleet.sent).hasSize(4);
  }

  @Test
  void theyStopAfterAHandfulAgainWhenAllAreReleasedTooEarly() {
    // Given
    Fleet fleet = new Fleet(namespace -> true);
    for (int i = 0; i < 100; i++) {
      fleet.with("team-" + i, 4);
    }
    fleet.time.pass(Duration.ofMinutes(1));
    fleet.sent.clear();

    // When
    for (int i = 0; i < 100; i++) {
      fleet.release("team-" + i);
    }
    fleet.time.pass(Duration.ofMinutes(2));

    // Then
    assertThat(fleet.sent).hasSizeLessThanOrEqualTo(A_HANDFUL);
  }

  @Test
  void theyGoOnByThemselvesOnceOneOfThemSucceeds() {
    // Given
    Fleet fleet = new Fleet(namespace -> true);
    for (int i = 0; i < 100; i++) {
      fleet.with("team-" + i, 4);
    }
    fleet.time.pass(Duration.ofMinutes(1));
    fleet.fails = namespace -> false;

    // When
    fleet.time.pass(Duration.ofMinutes(8));

    // Then: all but those that failed before
    assertThat(fleet.succeeded).hasSizeGreaterThanOrEqualTo(400 - A_HANDFUL);
  }

  @Test
  void aThousandFailuresOfOneNamespaceHoldUpNoOther() {
    // Given
    Fleet fleet = new Fleet("team-a"::equals).with("team-a", 1000);
    for (int i = 0; i < 20; i++) {
      fleet.with("other-" + i, 20);
    }

    // When
    fleet.time.pass(Duration.ofSeconds(20));

    // Then
    assertThat(fleet.succeeded).hasSize(400);
    assertThat(fleet.sent.stream().filter(uid -> uid.startsWith("team-a/")))
        .hasSizeLessThanOrEqualTo(15);
    assertThat(fleet.pauses).containsOnlyKeys(BreakerLevel.NAMESPACE);
  }

  @Test
  void updatesOfOneNamespaceThatNeverEndHoldUpNoOther() {
    // Given
    Fleet fleet = new Fleet(namespace -> false).with("team-a", 1000);
    fleet.neverEnding = "team-a"::equals;
    fleet.time.pass(Duration.ofSeconds(1));

    // When
    for (int i = 0; i < 20; i++) {
      fleet.with("other-" + i, 20);
    }
    fleet.time.pass(Duration.ofSeconds(20));

    // Then
    assertThat(fleet.succeeded).hasSize(400);
    assertThat(fleet.sent.stream().filter(uid -> uid.startsWith("team-a/"))).hasSize(10);
  }

  /** Resources that all want one update, which settles after a while, and come back as told. */
  private static final class Fleet {

    private static final String CODE = "InvalidParameterValueException";
    private static final List<String> FIELDS = List.of("memorySize");

    private final VirtualTime time = new VirtualTime();
    private final RegionBreakers breakers = new RegionBreakers(time::nanos);
    private final Map<String, String> namespaceOf = new HashMap<>();
    private final List<String> sent = new ArrayList<>();
    private final Set<String> succeeded = new HashSet<>();
    private final Set<String> underWay = new HashSet<>();
    private final Map<BreakerLevel, Trip> pauses = new HashMap<>();
    private Duration settling = Duration.ofMillis(800);
    private Predicate<String> neverEnding = namespace -> false;
    private Predicate<String> fails;
    private int asks;

    private Fleet(Predicate<String> fails) {
      this.fails = fails;
    }

    private Fleet with(String namespace, int resources) {
      for (int i = 0; i < resources; i++) {
        String uid = namespace + "/" + i;
        namespaceOf.put(uid, namespace);
        time.after(Duration.ofMillis(i / 10), () -> wants(uid));
      }
      return this;
    }

    private String namespace(String uid) {
      return Objects.requireNonNull(namespaceOf.get(uid));
    }

    private void wants(String uid) {
      if (succeeded.contains(uid) || underWay.contains(uid)) {
        return;
      }
      asks++;
      switch (breakers.mayUpdate(namespace(uid), uid, false)) {
        case Admission.Wait wait -> time.after(wait.delay(), () -> wants(uid));
        case Admission.Paused paused -> time.after(paused.delay(), () -> wants(uid));
        case Admission.Go go -> {
          breakers.sent(namespace(uid), uid);
          sent.add(uid);
          underWay.add(uid);
          if (!neverEnding.test(namespace(uid))) {
            time.after(settling, () -> settles(uid));
          }
        }
      }
    }

    private void settles(String uid) {
      underWay.remove(uid);
      boolean failed = fails.test(namespace(uid));
      FailureSignature failure =
          failed
              ? FailureSignature.of(
                  CODE, FIELDS, "The function " + uid + " cannot have 10240 MB", uid)
              : null;
      if (!failed) {
        succeeded.add(uid);
      }
      took(breakers.ended(namespace(uid), uid, FIELDS, failure, false));
    }

    private void release(String namespace) {
      Effects effects = breakers.release(namespace);
      if (effects != null) {
        took(effects);
      }
    }

    private void took(Effects effects) {
      pauses.putAll(effects.opened());
      effects.wake().forEach(uid -> time.after(Duration.ofMillis(1), () -> wants(uid)));
    }
  }
}
