package dev.lambdaconfig.feature;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.StatusCondition;
import dev.lambdaconfig.simulator.FaultRule;
import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.simulator.LoggedRequest;
import dev.lambdaconfig.status.Conditions;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A changed spec is planned from what the function was when it was last read: the usual change
 * costs one guarded write, and whoever was faster costs one 412, never a wrong write or verdict.
 */
final class UpdateWithoutReadIT {

  private static final String READ = "GetFunctionConfiguration";
  private static final String POLL = "GetFunction";
  private static final String UPDATE = "UpdateFunctionConfiguration";

  @RegisterExtension final OperatorExtension operator = OperatorExtension.sweepingHourly();

  private final ResourceClient resources = operator.resources();

  @Test
  void aChangedSpecOfAKnownFunctionCostsOneUpdateAndNoRead() {
    // Given
    know("timeout: 30");
    String known = revision();

    // When
    resources.apply("orders", "functionName: orders\ntimeout: 31");

    // Then: its end is looked for in the quota that nobody else needs
    resources.awaitReady("orders");
    List<LoggedRequest> all = operator.aws().requests().all();
    assertThat(all.getFirst().operation()).isEqualTo(UPDATE);
    assertThat(guard(all.getFirst())).isEqualTo(known);
    assertThat(AppliedManifestIT.names(requireNonNull(all.getFirst().body())))
        .containsExactlyInAnyOrder("Timeout", "RevisionId");
    assertThat(all.subList(1, all.size()))
        .isNotEmpty()
        .extracting(LoggedRequest::operation)
        .containsOnly(POLL);
    assertThat(resources.history("orders").getFirst().cause()).isEqualTo("SpecChanged");
  }

  @Test
  void oneChangeAfterTheOtherCostsOneUpdateEach() {
    // Given
    know("timeout: 30");

    // When
    for (int timeout = 31; timeout < 35; timeout++) {
      resources.apply("orders", "functionName: orders\ntimeout: " + timeout);
      resources.awaitReady("orders");
    }

    // Then
    assertThat(operator.aws().requests().updates())
        .extracting(LoggedRequest::httpStatus)
        .containsExactly(200, 200, 200, 200);
    assertThat(operator.aws().requests().count(READ)).isZero();
  }

  @Test
  void aFunctionThatMovedMeanwhileIsReadAndUpdatedFromThat() {
    // Given
    know("timeout: 30");
    operator.aws().changeBehindTheBack("orders", "{\"Timeout\": 5, \"Description\": \"deployed\"}");
    String moved = revision();

    // When
    resources.apply("orders", "functionName: orders\ntimeout: 30\nmemorySize: 512");

    // Then
    resources.awaitReady("orders");
    assertThat(operator.aws().requests().updates())
        .extracting(LoggedRequest::httpStatus)
        .containsExactly(412, 200);
    assertThat(guard(operator.aws().requests().updates().getLast())).isEqualTo(moved);
    assertThat(operator.aws().requests().all())
        .extracting(LoggedRequest::operation)
        .startsWith(UPDATE, READ, UPDATE)
        .doesNotContainSequence(READ, READ);
    assertThat(operator.aws().function("orders").get("Timeout").asInt()).isEqualTo(30);
    assertThat(operator.aws().function("orders").get("MemorySize").asInt()).isEqualTo(512);
    assertThat(operator.aws().function("orders").get("Description").asText()).isEqualTo("deployed");
    assertThat(resources.history("orders"))
        .as("of the update that was refused nothing is left")
        .hasSize(2)
        .first()
        .extracting(update -> update.outcome() + " " + update.plannedRevision())
        .isEqualTo("Succeeded " + moved);
  }

  @Test
  void aThrottledUpdateIsSentAgainWithoutARead() {
    // Given
    know("timeout: 30");
    operator.aws().faults().onUpdates().times(2).thenThrottle();

    // When
    resources.apply("orders", "functionName: orders\ntimeout: 31");

    // Then: a read would be one more call of the quota that is used up
    resources.awaitReady("orders");
    assertThat(operator.aws().requests().updates())
        .extracting(LoggedRequest::httpStatus)
        .containsExactly(429, 429, 200);
    assertThat(operator.aws().requests().all())
        .extracting(LoggedRequest::operation)
        .startsWith(UPDATE, UPDATE, UPDATE)
        .doesNotContain(READ);
  }

  @Test
  void whoeverIsFasterNowAndThenIsNotTakenForOneWhoAlwaysIs() {
    // Given
    know("timeout: 30");
    Queue<String> reasons = new ConcurrentLinkedQueue<>();
    try (Watch watch =
        resources.resource("orders").watch(noting(reasons, UpdateWithoutReadIT::reason))) {
      requireNonNull(watch);

      // When
      for (int timeout = 31; timeout < 36; timeout++) {
        operator.aws().touch("orders");
        resources.apply("orders", "functionName: orders\ntimeout: " + timeout);
        resources.awaitReady("orders");
      }
      Awaitility.await().until(() -> reasons.size() >= 10);
    }

    // Then
    assertThat(operator.aws().requests().updates())
        .extracting(LoggedRequest::httpStatus)
        .containsExactly(412, 200, 412, 200, 412, 200, 412, 200, 412, 200);
    assertThat(reasons).contains("InSync").doesNotContain("PreconditionFailedException");
  }

  @Test
  void aSpecThatTheFunctionAnswersAlreadyIsReadOnceAndReady() {
    // Given
    know("timeout: 30");

    // When
    resources.apply("orders", "functionName: orders\ntimeout: 30\nmemorySize: 128");

    // Then
    resources.awaitReady("orders");
    assertThat(operator.aws().requests().all())
        .extracting(LoggedRequest::operation)
        .containsExactly(READ);
  }

  @Test
  void whatWasKnownJustifiesNoVerdict() {
    // Given
    know("timeout: 30");
    operator.aws().changeBehindTheBack("orders", "{\"MemorySize\": 512}");

    // When: as far as is known, there is nothing to do
    resources.apply("orders", "functionName: orders\ntimeout: 30\nmemorySize: 128");

    // Then
    resources.awaitReady("orders");
    assertThat(operator.aws().function("orders").get("MemorySize").asInt()).isEqualTo(128);
    assertThat(operator.aws().requests().all())
        .extracting(LoggedRequest::operation)
        .startsWith(READ, UPDATE);
    assertThat(operator.aws().requests().updates()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          loggingConfig: {applicationLogLevel: DEBUG} \
          | {"LoggingConfig": {"LogFormat": "JSON", "ApplicationLogLevel": "INFO"}} \
          | {"LoggingConfig": {"LogFormat": "JSON", "SystemLogLevel": "WARN"}} \
          | /LoggingConfig/SystemLogLevel
          vpcConfig: {subnetIds: [subnet-2]} \
          | {"VpcConfig": {"SubnetIds": ["subnet-1"], "SecurityGroupIds": ["sg-1"]}} \
          | {"VpcConfig": {"SubnetIds": ["subnet-1"], "SecurityGroupIds": ["sg-2"]}} \
          | /VpcConfig/SecurityGroupIds
          """)
  void aBlockThatIsManagedInPartIsReadBeforeItIsSent(
      String block, String live, String changed, String unmanaged) {
    // Given: the part that nobody manages was changed behind the operator's back
    operator.aws().createFunction(FunctionSeed.zip("orders").with(live));
    resources.apply("orders", "functionName: orders\ntimeout: 30");
    resources.awaitReady("orders");
    operator.aws().changeBehindTheBack("orders", changed);
    var wanted = operator.aws().function("orders").at(unmanaged);
    assertThat(wanted.isMissingNode()).isFalse();
    operator.aws().requests().clear();

    // When
    resources.apply("orders", "functionName: orders\ntimeout: 30\n" + block);

    // Then
    resources.awaitReady("orders");
    assertThat(operator.aws().requests().all())
        .extracting(LoggedRequest::operation)
        .startsWith(READ, UPDATE);
    assertThat(operator.aws().requests().updates())
        .extracting(LoggedRequest::httpStatus)
        .containsExactly(200);
    assertThat(requireNonNull(operator.aws().requests().updates().getFirst().body()).at(unmanaged))
        .isEqualTo(wanted);
    assertThat(operator.aws().function("orders").at(unmanaged)).isEqualTo(wanted);
  }

  @Test
  void environmentValuesAreComparedThoughNoneIsKept() {
    // Given
    operator
        .aws()
        .createFunction(
            FunctionSeed.zip("orders")
                .with("{\"Environment\": {\"Variables\": {\"OLD\": \"x\"}}}"));
    know("environment: {variables: {LEVEL: info, COLOR: blue}}");

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
        .extracting(update -> AppliedManifestIT.names(requireNonNull(update.body())))
        .satisfiesExactly(
            first -> assertThat(first).containsExactlyInAnyOrder("Timeout", "RevisionId"),
            second -> assertThat(second).containsExactlyInAnyOrder("Environment", "RevisionId"));
    assertThat(operator.aws().requests().count(READ)).isZero();
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
            .on(POLL)
            .always()
            .thenAnswer(
                403, "AccessDeniedException", "not authorized to perform: lambda:GetFunction");
    know("timeout: 30");

    // When
    for (int timeout = 31; timeout < 34; timeout++) {
      resources.apply("orders", "functionName: orders\ntimeout: " + timeout);
      resources.awaitReady("orders");
    }

    // Then
    assertThat(operator.aws().requests().updates())
        .extracting(LoggedRequest::httpStatus)
        .containsExactly(200, 200, 200);
    assertThat(operator.aws().requests().count(READ)).isGreaterThanOrEqualTo(3);
    assertThat(denied.hits()).as("tried when the first update ran, and not each time").isEqualTo(1);
  }

  @Test
  void anUpdateCostsThreeStatusWritesAtMostHoweverLongItRuns() {
    // Given
    know("timeout: 30");
    operator.aws().faults().onUpdates().thenHoldUpdate();
    Queue<String> versions = new ConcurrentLinkedQueue<>();
    String applied;
    try (Watch watch =
        resources
            .resource("orders")
            .watch(noting(versions, resource -> resource.getMetadata().getResourceVersion()))) {
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

  /** A function that the operator has read, and that is what its spec declares. */
  private void know(String settings) {
    if (!operator.aws().home().exists("orders")) {
      operator.aws().createFunction(FunctionSeed.zip("orders"));
    }
    resources.apply("orders", "functionName: orders\n" + settings);
    resources.awaitReady("orders");
    operator.aws().requests().clear();
  }

  private String revision() {
    return operator.aws().function("orders").get("RevisionId").asText();
  }

  private static String guard(LoggedRequest update) {
    return requireNonNull(update.body()).path("RevisionId").asText();
  }

  /** Opaque by contract; the API servers that tests run on count. */
  private static boolean isAfter(String version, String other) {
    return Long.parseLong(version) > Long.parseLong(other);
  }

  private static String reason(LambdaFunctionConfig resource) {
    StatusCondition ready = Fleet.condition(resource, Conditions.READY);
    return ready == null ? "(absent)" : ready.reason();
  }

  private static Watcher<LambdaFunctionConfig> noting(
      Queue<String> notes, Function<LambdaFunctionConfig, String> what) {
    return new Watcher<>() {
      @Override
      public void eventReceived(Action action, LambdaFunctionConfig resource) {
        notes.add(what.apply(resource));
      }

      @Override
      public void onClose(@Nullable WatcherException cause) {}
    };
  }
}
