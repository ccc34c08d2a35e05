package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.simulator.FaultRule;
import dev.lambdaconfig.simulator.LoggedRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Failing updates pause their own namespace, and all only if several namespaces fail alike. */
final class PausedNamespacesIT {

  private static final String CODE = "InvalidParameterValueException";
  private static final String PAUSED = "UpdatesPaused";
  private static final String RESUMED = "UpdatesResumed";
  private static final String RESUME = "lambdaconfig.dev/resume-updates-at";

  @RegisterExtension
  final OperatorExtension operator = OperatorExtension.sweepingEverySecond().startedByTest();

  @Test
  void theMistakesOfTwoNamespacesHoldUpNoThird() throws Exception {
    // Given
    Tenant one = Tenant.of(operator, "one", 12);
    Tenant two = Tenant.of(operator, "two", 12);
    Tenant right = Tenant.of(operator, "right", 12);
    List<FaultRule> wrong = new ArrayList<>();
    one.names().forEach(name -> wrong.add(refused(name)));
    two.names().forEach(name -> wrong.add(refused(name)));
    Tenant.startOperator(operator);
    List<Tenant> all = List.of(one, two, right);
    all.forEach(tenant -> tenant.apply(30));
    all.forEach(Tenant::awaitReady);

    // When
    one.apply(31);
    two.apply(31);
    one.awaitHeld(CODE);
    two.awaitHeld(CODE);
    right.apply(31);

    // Then
    right.awaitReady();
    assertThat(right.events(PAUSED)).isEmpty();
    assertThat(one.events(PAUSED)).hasSize(1);
    assertThat(two.events(PAUSED)).hasSize(1);
    assertThat(one.updates()).hasSizeBetween(5, 11);
    assertThat(Tenant.messages(one.resources()).values())
        .filteredOn(message -> message.contains("paused"))
        .isNotEmpty()
        .allSatisfy(
            message ->
                assertThat(message)
                    .contains(one.namespace(), CODE, RESUME)
                    .doesNotContain(two.namespace(), right.namespace()));

    // When: another namespace resumes updates, and then one of the two, whose functions are
    // repaired
    right.annotate("right-0", RESUME, "1");
    wrong.forEach(FaultRule::cancel);
    one.annotate("one-0", RESUME, "1");

    // Then
    one.awaitReady();
    assertThat(one.events(RESUMED)).hasSize(1);
    assertThat(right.events(RESUMED)).isEmpty();
    two.awaitHeld(CODE);
    assertThat(two.updates()).hasSizeBetween(5, 11);
  }

  @Test
  void aBadChangeInManyNamespacesStopsAfterAHandfulAndEachGoesOnWhenItsOwnerReleasesIt()
      throws Exception {
    // Given: no namespace has enough functions to be paused alone
    List<Tenant> tenants = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      tenants.add(Tenant.of(operator, "team" + (char) ('a' + i), 1 + i % 4));
    }
    List<FaultRule> wrong = new ArrayList<>();
    for (Tenant tenant : tenants) {
      tenant.names().forEach(name -> wrong.add(refused(name)));
    }
    Tenant.startOperator(operator);
    tenants.forEach(tenant -> tenant.apply(30));
    tenants.forEach(Tenant::awaitReady);

    // When
    tenants.forEach(tenant -> tenant.apply(31));

    // Then
    tenants.forEach(tenant -> tenant.awaitHeld(CODE));
    assertThat(updates(tenants)).hasSizeBetween(5, 20);
    assertThat(tenants.stream().mapToInt(tenant -> tenant.events(PAUSED).size()).sum())
        .isEqualTo(1);

    // When
    wrong.forEach(FaultRule::cancel);
    Set<String> before = named(updates(tenants));
    Tenant released =
        tenants.stream()
            .filter(tenant -> tenant.names().size() == 4)
            .filter(tenant -> tenant.names().stream().noneMatch(before::contains))
            .findFirst()
            .orElseThrow();
    released.annotate(released.names().getFirst(), RESUME, "1");

    // Then
    released.awaitReady();
    assertThat(named(updates(tenants))).hasSize(before.size() + 4).containsAll(released.names());
    assertThat(tenants.stream().filter(tenant -> !tenant.events(RESUMED).isEmpty()))
        .containsExactly(released);
  }

  @Test
  void anAnnotationFromBeforeARestartReleasesNothing() throws Exception {
    // Given: the annotation is in the manifest for ever
    Tenant tenant = Tenant.of(operator, "old", 40);
    Tenant.startOperator(operator);
    tenant.apply(30);
    tenant.awaitReady();
    tenant.names().forEach(name -> tenant.annotate(name, RESUME, "1"));
    operator.stop();
    tenant.names().forEach(this::refused);
    tenant.apply(31);

    // When
    Tenant.startOperator(operator);

    // Then
    tenant.awaitHeld(CODE);
    assertThat(tenant.events(RESUMED)).isEmpty();
    assertThat(tenant.updates()).hasSizeBetween(5, 15);
    assertThat(tenant.events(PAUSED)).hasSize(1);
  }

  @Test
  void updatesOfOneNamespaceThatDoNotEndHoldUpNoOther() throws Exception {
    // Given
    Tenant slow = Tenant.of(operator, "slow", 30);
    Tenant other = Tenant.of(operator, "other", 12);
    slow.names()
        .forEach(name -> operator.aws().faults().onUpdates().of(name).always().thenHoldUpdate());
    Tenant.startOperator(operator);
    slow.apply(30);
    other.apply(30);
    slow.awaitReady();
    other.awaitReady();
    slow.apply(31);
    Awaitility.await("all places of the namespace to be taken")
        .atMost(Fleet.PATIENCE)
        .until(() -> slow.updates().size() == 10);

    // When
    other.apply(31);

    // Then
    other.awaitReady();
    assertThat(slow.updates()).hasSizeLessThan(slow.names().size());
  }

  private FaultRule refused(String name) {
    return operator
        .aws()
        .faults()
        .onUpdates()
        .of(name)
        .always()
        .thenAnswer(400, CODE, "'MemorySize' of " + name + " must be at most 3008");
  }

  private static Collection<LoggedRequest> updates(List<Tenant> tenants) {
    return tenants.stream().flatMap(tenant -> tenant.updates().stream()).toList();
  }

  private static Set<String> named(Collection<LoggedRequest> updates) {
    return updates.stream().map(LoggedRequest::functionName).collect(Collectors.toSet());
  }
}
