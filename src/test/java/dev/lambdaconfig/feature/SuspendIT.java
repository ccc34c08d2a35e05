package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.api.StatusCondition;
import dev.lambdaconfig.feature.ResourceVersions.Version;
import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.status.Conditions;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A suspended resource is acknowledged and not reconciled: it is current by kstatus's rules, and
 * has no condition {@code Ready}.
 */
final class SuspendIT {

  @Order(1)
  @RegisterExtension
  final OperatorExtension operator = OperatorExtension.readingEachFunction();

  @Order(2)
  @RegisterExtension
  final ResourceVersions versions = ResourceVersions.of(operator);

  private final ResourceClient resources = operator.resources();

  @BeforeEach
  void createFunction() {
    operator.aws().createFunction(FunctionSeed.zip("orders"));
  }

  @Test
  void createdSuspendedItIsCurrentByOneWriteAndAwsIsNotAsked() {
    // When
    LambdaFunctionConfig suspended = suspend(30);

    // Then
    requireAcknowledged(suspended);
    assertThat(versions.upTo("orders", version(suspended)))
        .extracting(seen -> Kstatus.of(seen.resource()))
        .as("as created, and as acknowledged")
        .containsExactly(Kstatus.IN_PROGRESS, Kstatus.CURRENT);
    requireLeftAlone(version(suspended));
    assertThat(operator.aws().requests().where(call -> "orders".equals(call.functionName())))
        .isEmpty();
  }

  @Test
  void keptAndThenSuspendedItIsCurrentByOneWriteAndSaysWhatWasLastSeen() {
    // Given
    LambdaFunctionConfig ready = keep(30);
    operator.aws().requests().clear();

    // When
    LambdaFunctionConfig suspended = suspend(30);

    // Then
    requireAcknowledged(suspended);
    LambdaFunctionConfigStatus before = Objects.requireNonNull(ready.getStatus());
    LambdaFunctionConfigStatus after = Objects.requireNonNull(suspended.getStatus());
    assertThat(after.functionArn).isNotNull().isEqualTo(before.functionArn);
    assertThat(after.revisionId).isNotNull().isEqualTo(before.revisionId);
    assertThat(after.history).isEqualTo(before.history);
    assertThat(since(ready, version(suspended)))
        .extracting(seen -> Kstatus.of(seen.resource()))
        .as("with the new spec, and as acknowledged")
        .containsExactly(Kstatus.IN_PROGRESS, Kstatus.CURRENT);
    requireLeftAlone(version(suspended));
  }

  @Test
  void aSpecThatChangesWhileSuspendedIsAcknowledgedAndNotSent() {
    // Given
    keep(30);
    LambdaFunctionConfig first = suspend(30);

    // When
    LambdaFunctionConfig second = suspend(60);

    // Then
    requireAcknowledged(second);
    assertThat(condition(second).lastTransitionTime())
        .isEqualTo(condition(first).lastTransitionTime());
    assertThat(since(first, version(second)))
        .extracting(seen -> Kstatus.of(seen.resource()))
        .containsExactly(Kstatus.IN_PROGRESS, Kstatus.CURRENT);
    requireLeftAlone(version(second));
    assertThat(timeout()).isEqualTo(30);
  }

  @Test
  void resumedItIsAtWorkAtOnceAndCurrentOnlyWhenTheFunctionIsAsDeclared() {
    // Given
    keep(30);
    suspend(60);
    resources.requestReconcile("orders", "now");
    operator.aws().requests().clear();
    LambdaFunctionConfig suspended = resources.get("orders");
    operator
        .aws()
        .faults()
        .onReads()
        .of("orders")
        .times(2)
        .thenAnswer(503, "Unavailable", "Later.");

    // When
    LambdaFunctionConfig resumed = keep(60);

    // Then
    List<Version> seen = since(suspended, version(resumed));
    assertThat(seen.get(1).resource().<Object>get("status", "observedGeneration"))
        .isEqualTo(resumed.getMetadata().getGeneration().intValue());
    assertThat(Kstatus.condition(seen.get(1).resource(), "Reconciling")).isEqualTo("True");
    assertThat(Kstatus.conditions(seen.get(1).resource()))
        .filteredOn(condition -> "Ready".equals(condition.get("type")))
        .extracting(condition -> condition.get("reason"))
        .containsExactly("Resumed");
    assertThat(seen.subList(0, seen.size() - 1))
        .allMatch(version -> Kstatus.of(version.resource()) == Kstatus.IN_PROGRESS);
    assertThat(seen.subList(1, seen.size()))
        .allMatch(version -> Kstatus.condition(version.resource(), "Suspended") == null);
    assertThat(Kstatus.of(seen.getLast().resource())).isEqualTo(Kstatus.CURRENT);
    assertThat(timeout()).isEqualTo(60);
    assertThat(resources.status("orders").lastHandledReconcileAt).isEqualTo("now");
    assertThat(Objects.requireNonNull(suspended.getStatus()).lastHandledReconcileAt).isNull();
  }

  @Test
  void anUpdateThatRunsWhenItIsSuspendedIsClosedWhenItIsResumed() {
    // Given
    keep(30);
    operator.aws().faults().onUpdates().of("orders").times(1).thenHoldUpdate();
    apply("timeout: 60");
    resources.awaitReason("orders", "UpdateInProgress");

    // When
    LambdaFunctionConfig suspended = suspend(60);

    // Then
    requireAcknowledged(suspended);
    assertThat(resources.history("orders").getFirst().outcome()).isEqualTo("InProgress");
    operator.aws().settle("orders");
    requireLeftAlone(version(suspended));

    // And when
    keep(60);

    // Then
    assertThat(resources.history("orders").getFirst().outcome()).isEqualTo("Succeeded");
    assertThat(operator.aws().requests().updatesOf("orders"))
        .extracting(update -> update.member("Timeout").asInt())
        .containsExactly(30, 60);
  }

  @Test
  void aStalledOneThatIsSuspendedHoldsUpNobody() {
    // Given
    apply("runtime: cobol85");
    resources.awaitStalled("orders", "InvalidParameterValueException");

    // When
    LambdaFunctionConfig suspended = await(apply("suspend: true\nruntime: cobol85"));

    // Then
    requireAcknowledged(suspended);
    requireLeftAlone(version(suspended));
  }

  @Test
  void anotherProcessWritesNothingAgainUnlessTheStatusWasWiped() throws Exception {
    // Given
    LambdaFunctionConfig suspended = suspend(30);
    operator.stop();

    // When
    operator.start();

    // Then
    requireLeftAlone(version(suspended));

    // And when
    operator.stop();
    resources
        .resource("orders")
        .subresource("status")
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\": null}");
    assertThat(resources.status("orders").conditions).isNull();
    operator.start();

    // Then
    requireAcknowledged(await(resources.get("orders")));
  }

  private LambdaFunctionConfig apply(String settings) {
    return resources.apply("orders", "functionName: orders\n" + settings);
  }

  private LambdaFunctionConfig suspend(int timeout) {
    return await(apply("suspend: true\ntimeout: " + timeout));
  }

  /** Returns once this generation is acknowledged as suspended. */
  private LambdaFunctionConfig await(LambdaFunctionConfig declared) {
    Long generation = declared.getMetadata().getGeneration();
    return resources.await(
        "orders",
        "to be suspended",
        resource ->
            resource.getStatus() != null
                && generation.equals(resource.getStatus().observedGeneration)
                && Conditions.find(resource.getStatus().conditions, "Suspended") != null);
  }

  private LambdaFunctionConfig keep(int timeout) {
    apply("timeout: " + timeout);
    return resources.awaitReady("orders");
  }

  private static void requireAcknowledged(LambdaFunctionConfig resource) {
    LambdaFunctionConfigStatus status = Objects.requireNonNull(resource.getStatus());
    assertThat(status.observedGeneration).isEqualTo(resource.getMetadata().getGeneration());
    assertThat(status.conditions)
        .as("neither Ready nor Reconciling nor Stalled, and nothing of a difference")
        .singleElement()
        .satisfies(
            condition -> {
              assertThat(condition.type()).isEqualTo("Suspended");
              assertThat(condition.status()).isEqualTo("True");
              assertThat(condition.observedGeneration()).isEqualTo(status.observedGeneration);
            });
    assertThat(status.drift).isNull();
  }

  private static StatusCondition condition(LambdaFunctionConfig resource) {
    return Objects.requireNonNull(
        Conditions.find(Objects.requireNonNull(resource.getStatus()).conditions, "Suspended"));
  }

  /**
   * Requires that the resource is not reconciled while the operator reads another function several
   * times.
   */
  private void requireLeftAlone(String version) {
    if (resources.resource("other").get() == null) {
      operator.aws().createFunction(FunctionSeed.zip("other"));
      resources.apply("other", "functionName: other\ntimeout: 9");
    }
    resources.awaitReady("other");
    int reads = operator.aws().requests().readsOf("orders").size();
    operator.awaitReads(4, List.of("other"));
    assertThat(operator.aws().requests().readsOf("orders")).hasSize(reads);
    assertThat(version(resources.get("orders"))).isEqualTo(version);
  }

  /** The versions after one, up to another. */
  private List<Version> since(LambdaFunctionConfig before, String upTo) {
    List<Version> all = versions.upTo("orders", upTo);
    int then = all.stream().map(Version::resourceVersion).toList().lastIndexOf(version(before));
    return all.subList(then + 1, all.size());
  }

  private int timeout() {
    return operator.aws().function("orders").get("Timeout").asInt();
  }

  private static String version(LambdaFunctionConfig resource) {
    return resource.getMetadata().getResourceVersion();
  }
}
