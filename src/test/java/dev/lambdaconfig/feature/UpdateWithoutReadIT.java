package dev.lambdaconfig.feature;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.simulator.FaultRule;
import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.simulator.LoggedRequest;
import io.fabric8.kubernetes.client.Watch;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A changed spec of a known function is planned from the last read: it costs one update, guarded by
 * the RevisionId of that read, and no other read.
 */
final class UpdateWithoutReadIT {

  @RegisterExtension final OperatorExtension operator = OperatorExtension.sweepingHourly();

  private final ResourceClient resources = operator.resources();

  private final KnownFunction function = new KnownFunction(operator);

  @Test
  void aChangedSpecOfAKnownFunctionCostsOneUpdateAndNoRead() {
    // Given
    function.know("timeout: 30");
    String known = function.revision();

    // When
    resources.apply("orders", "functionName: orders\ntimeout: 31");

    // Then: the end of the update is polled by GetFunction, whose quota nobody else needs
    resources.awaitReady("orders");
    List<LoggedRequest> all = operator.aws().requests().all();
    assertThat(all.getFirst().operation()).isEqualTo(KnownFunction.UPDATE);
    assertThat(all.getFirst().member("RevisionId").asText()).isEqualTo(known);
    assertThat(all.getFirst().memberNames()).containsExactlyInAnyOrder("Timeout", "RevisionId");
    assertThat(all.subList(1, all.size()))
        .isNotEmpty()
        .extracting(LoggedRequest::operation)
        .containsOnly(KnownFunction.POLL);
    assertThat(resources.history("orders").getFirst().cause()).isEqualTo("SpecChanged");
  }

  @Test
  void oneChangeAfterTheOtherCostsOneUpdateEach() {
    // Given
    function.know("timeout: 30");

    // When
    for (int timeout = 31; timeout < 35; timeout++) {
      resources.apply("orders", "functionName: orders\ntimeout: " + timeout);
      resources.awaitReady("orders");
    }

    // Then
    assertThat(operator.aws().requests().updates())
        .extracting(LoggedRequest::httpStatus)
        .containsExactly(200, 200, 200, 200);
    assertThat(operator.aws().requests().count(KnownFunction.READ)).isZero();
  }

  @Test
  void aThrottledUpdateIsSentAgainWithoutARead() {
    // Given
    function.know("timeout: 30");
    operator.aws().faults().onUpdates().times(2).thenThrottle();

    // When
    resources.apply("orders", "functionName: orders\ntimeout: 31");

    // Then: no read uses more of the exhausted quota
    resources.awaitReady("orders");
    assertThat(operator.aws().requests().updates())
        .extracting(LoggedRequest::httpStatus)
        .containsExactly(429, 429, 200);
    assertThat(operator.aws().requests().all())
        .extracting(LoggedRequest::operation)
        .startsWith(KnownFunction.UPDATE, KnownFunction.UPDATE, KnownFunction.UPDATE)
        .doesNotContain(KnownFunction.READ);
  }

  @Test
  void environmentValuesAreComparedThoughNoneIsKept() {
    // Given
    operator
        .aws()
        .createFunction(
            FunctionSeed.zip("orders")
                .with("{\"Environment\": {\"Variables\": {\"OLD\": \"x\"}}}"));
    function.know("environment: {variables: {LEVEL: info, COLOR: blue}}");

    // When: the values stay, and another field changes; then one value changes
    resources.apply(
        "orders",
        "functionName: orders\ntimeout: 31\nenvironment: {variables: {LEVEL: info, COLOR: blue}}");
    resources.awaitReady("orders");
    resources.apply(
        "orders",
        "functionName: orders\ntimeout: 31\nenvironment: {variables: {LEVEL: info, COLOR: red}}");
    resources.awaitReady("orders");

    // Then
    assertThat(operator.aws().requests().updates())
        .extracting(update -> update.memberNames())
        .satisfiesExactly(
            first -> assertThat(first).containsExactlyInAnyOrder("Timeout", "RevisionId"),
            second -> assertThat(second).containsExactlyInAnyOrder("Environment", "RevisionId"));
    assertThat(operator.aws().requests().count(KnownFunction.READ)).isZero();
    assertThat(operator.aws().function("orders").at("/Environment/Variables/COLOR").asText())
        .isEqualTo("red");
  }

  @Test
  void withoutTheRightToGetFunctionEverythingWorks() {
    // Given
    FaultRule denied =
        operator
            .aws()
            .faults()
            .on(KnownFunction.POLL)
            .always()
            .thenAnswer(
                403, "AccessDeniedException", "not authorized to perform: lambda:GetFunction");
    function.know("timeout: 30");

    // When
    for (int timeout = 31; timeout < 34; timeout++) {
      resources.apply("orders", "functionName: orders\ntimeout: " + timeout);
      resources.awaitReady("orders");
    }

    // Then
    assertThat(operator.aws().requests().updates())
        .extracting(LoggedRequest::httpStatus)
        .containsExactly(200, 200, 200);
    assertThat(operator.aws().requests().count(KnownFunction.READ)).isGreaterThanOrEqualTo(3);
    assertThat(denied.hits()).as("tried when the first update ran, and not each time").isEqualTo(1);
  }

  @Test
  void anUpdateCostsThreeStatusWritesAtMostHoweverLongItRuns() {
    // Given
    function.know("timeout: 30");
    operator.aws().faults().onUpdates().thenHoldUpdate();
    Queue<String> versions = new ConcurrentLinkedQueue<>();
    String applied;
    try (Watch watch =
        resources
            .resource("orders")
            .watch(
                new RecordingWatcher(
                    versions, resource -> resource.getMetadata().getResourceVersion()))) {
      requireNonNull(watch);

      // When
      applied =
          resources
              .apply("orders", "functionName: orders\ntimeout: 31")
              .getMetadata()
              .getResourceVersion();
      operator.awaitReads(4, List.of("orders"));
      operator.aws().settle("orders");
      String last = resources.awaitReady("orders").getMetadata().getResourceVersion();
      Awaitility.await().until(() -> versions.contains(last));
    }

    // Then
    assertThat(versions.stream().filter(version -> isAfter(version, applied)).distinct())
        .hasSizeBetween(1, 3);
  }

  /** Opaque by contract; the API servers that tests run on count. */
  private static boolean isAfter(String version, String other) {
    return Long.parseLong(version) > Long.parseLong(other);
  }
}
