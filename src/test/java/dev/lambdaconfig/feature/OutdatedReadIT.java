package dev.lambdaconfig.feature;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.StatusCondition;
import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.simulator.LoggedRequest;
import dev.lambdaconfig.status.Conditions;
import io.fabric8.kubernetes.client.Watch;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The function may differ from what the operator read last when a changed spec arrives. */
final class OutdatedReadIT {

  @RegisterExtension final OperatorExtension operator = OperatorExtension.sweepingHourly();

  private final ResourceClient resources = operator.resources();

  private final KnownFunction function = new KnownFunction(operator);

  @Test
  void aFunctionThatMovedMeanwhileIsReadAndUpdatedFromThat() {
    // Given
    function.know("timeout: 30");
    operator.aws().changeBehindTheBack("orders", "{\"Timeout\": 5, \"Description\": \"deployed\"}");
    String moved = function.revision();

    // When
    resources.apply("orders", "functionName: orders\ntimeout: 30\nmemorySize: 512");

    // Then
    resources.awaitReady("orders");
    assertThat(operator.aws().requests().updates())
        .extracting(LoggedRequest::httpStatus)
        .containsExactly(412, 200);
    assertThat(operator.aws().requests().updates().getLast().member("RevisionId").asText())
        .isEqualTo(moved);
    assertThat(operator.aws().requests().all())
        .extracting(LoggedRequest::operation)
        .startsWith(KnownFunction.UPDATE, KnownFunction.READ, KnownFunction.UPDATE)
        .doesNotContainSequence(KnownFunction.READ, KnownFunction.READ);
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
  void whoeverIsFasterNowAndThenIsNotTakenForOneWhoAlwaysIs() {
    // Given
    function.know("timeout: 30");
    Queue<String> reasons = new ConcurrentLinkedQueue<>();
    try (Watch watch =
        resources.resource("orders").watch(new RecordingWatcher(reasons, OutdatedReadIT::reason))) {
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
    function.know("timeout: 30");

    // When
    resources.apply("orders", "functionName: orders\ntimeout: 30\nmemorySize: 128");

    // Then
    resources.awaitReady("orders");
    assertThat(operator.aws().requests().all())
        .extracting(LoggedRequest::operation)
        .containsExactly(KnownFunction.READ);
  }

  @Test
  void whatWasKnownJustifiesNoVerdict() {
    // Given
    function.know("timeout: 30");
    operator.aws().changeBehindTheBack("orders", "{\"MemorySize\": 512}");

    // When: by the last read, there is no difference
    resources.apply("orders", "functionName: orders\ntimeout: 30\nmemorySize: 128");

    // Then
    resources.awaitReady("orders");
    assertThat(operator.aws().function("orders").get("MemorySize").asInt()).isEqualTo(128);
    assertThat(operator.aws().requests().all())
        .extracting(LoggedRequest::operation)
        .startsWith(KnownFunction.READ, KnownFunction.UPDATE);
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
    // Given: somebody else has changed the unmanaged part
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
        .startsWith(KnownFunction.READ, KnownFunction.UPDATE);
    assertThat(operator.aws().requests().updates())
        .extracting(LoggedRequest::httpStatus)
        .containsExactly(200);
    assertThat(requireNonNull(operator.aws().requests().updates().getFirst().body()).at(unmanaged))
        .isEqualTo(wanted);
    assertThat(operator.aws().function("orders").at(unmanaged)).isEqualTo(wanted);
  }

  private static String reason(LambdaFunctionConfig resource) {
    StatusCondition ready = Fleet.condition(resource, Conditions.READY);
    return ready == null ? "(absent)" : ready.reason();
  }
}
