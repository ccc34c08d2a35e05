package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdaconfig.api.OwnedEntries;
import dev.lambdaconfig.deploy.ChartRights;
import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.simulator.LoggedRequest;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Environment variables under {@code policy: Merge}: the spec's own, and those of others. */
final class MergedEnvironmentIT {

  @RegisterExtension
  final OperatorExtension operator =
      OperatorExtension.sweepingEverySecond().granting(ChartRights.Feature.RESTORE);

  private final ResourceClient resources = operator.resources();

  @Test
  void aVariableOfAnotherWriterIsKeptThroughChangesOfTheSpec() {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    vendorSets("{DD_KEY: canary}");

    // When
    merge("{LOG_LEVEL: info}");
    merge("{LOG_LEVEL: warn, TABLE: orders}");
    merge("{TABLE: orders}");
    merge("{TABLE: others}");

    // Then: one that the spec dropped is gone
    assertThat(variables()).isEqualTo("{\"DD_KEY\":\"canary\",\"TABLE\":\"others\"}");
    assertThat(resources.condition("orders", "Drifted").status()).isEqualTo("False");
    assertThat(owned())
        .containsExactly(new OwnedEntries("environment.variables", List.of("TABLE"), null));
    assertThat(updates()).hasSize(4);
    assertThat(Serialization.asJson(resources.get("orders"))).doesNotContain("canary");
  }

  @Test
  void aDroppedVariableThatWasThereBeforeIsLeft() {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    vendorSets("{LOG_LEVEL: info}");
    merge("{LOG_LEVEL: info, TABLE: orders}");

    // When
    resources.apply("orders", "functionName: orders\nenvironment: {policy: Merge, variables: {}}");
    resources.awaitReady("orders");

    // Then
    assertThat(variables()).isEqualTo("{\"LOG_LEVEL\":\"info\"}");
  }

  @Test
  void aWriterBetweenReadAndUpdateLosesNothing() {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    merge("{TABLE: orders}");
    operator
        .aws()
        .faults()
        .onUpdates()
        .of("orders")
        .times(1)
        .thenMeanwhile(() -> vendorSets("{TABLE: orders, DD_KEY: k}"));

    // When
    merge("{TABLE: others}");

    // Then
    assertThat(variables()).isEqualTo("{\"DD_KEY\":\"k\",\"TABLE\":\"others\"}");
    assertThat(updates()).extracting(LoggedRequest::httpStatus).containsExactly(200, 412, 200);
  }

  @Test
  void variablesThatAwsCannotDecryptAreNotOverwritten() {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    operator
        .aws()
        .setMember(
            "orders",
            "Environment",
            Map.of(
                "Error",
                Map.of("ErrorCode", "KMSAccessDeniedException", "Message", "not allowed")));

    // When: also where the same spec sets another key
    resources.apply(
        "orders",
        "functionName: orders\nkmsKeyArn: arn:aws:kms:eu-west-1:123456789012:key/1\n"
            + "environment: {policy: Merge, variables: {TABLE: orders}}");

    // Then
    resources.awaitStalled("orders", "KMSAccessDeniedException");
    assertThat(updates()).isEmpty();
  }

  @Test
  void tooManyBytesTogetherAreReportedWithoutValues() {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    vendorSets("{DD_KEY: " + "canary".repeat(400) + "}");

    // When
    resources.apply(
        "orders",
        "functionName: orders\nenvironment: {policy: Merge, variables: {LARGE: "
            + "x".repeat(2000)
            + "}}");

    // Then
    resources.awaitStalled("orders", "EnvironmentTooLarge");
    assertThat(resources.condition("orders", "Stalled").message())
        .contains("others have set 1 variable (DD_KEY)", "at most 4096", "2012 bytes")
        .doesNotContain("canary", "xxx");
    assertThat(updates()).isEmpty();
  }

  @Test
  void theOtherPolicyTakesEffectAtOnce() {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    vendorSets("{DD_KEY: k}");
    merge("{TABLE: orders, LOG_LEVEL: info}");

    // When
    resources.apply(
        "orders",
        "functionName: orders\nenvironment: {variables: {TABLE: orders, LOG_LEVEL: info}}");
    resources.awaitReady("orders");

    // Then
    assertThat(variables()).isEqualTo("{\"LOG_LEVEL\":\"info\",\"TABLE\":\"orders\"}");
    assertThat(resources.status("orders").owned).isNull();

    // When it is changed back, what the spec still has is ours
    merge("{TABLE: orders, LOG_LEVEL: info}");
    vendorSets("{TABLE: orders, LOG_LEVEL: info, DD_KEY: k}");
    merge("{TABLE: orders}");

    // Then
    assertThat(variables()).isEqualTo("{\"DD_KEY\":\"k\",\"TABLE\":\"orders\"}");
  }

  @Test
  void deletionRestoresOnlyOurs() {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    vendorSets("{TABLE: former, DD_KEY: old}");
    resources.apply(
        "orders",
        "functionName: orders\ndeletionPolicy: Restore\n"
            + "environment: {policy: Merge, variables: {TABLE: orders, NEW: x}}");
    resources.awaitReady("orders");
    vendorSets("{TABLE: orders, NEW: x, DD_KEY: new, DD_SITE: eu}");

    // When
    resources.resource("orders").delete();
    resources.awaitGone("orders");

    // Then
    assertThat(variables())
        .isEqualTo("{\"DD_KEY\":\"new\",\"DD_SITE\":\"eu\",\"TABLE\":\"former\"}");
  }

  private void merge(String variables) {
    resources.apply(
        "orders",
        "functionName: orders\nenvironment: {policy: Merge, variables: " + variables + "}");
    resources.awaitReady("orders");
  }

  private void vendorSets(String variables) {
    operator
        .aws()
        .changeBehindTheBack(
            "orders",
            "{\"Environment\": {\"Variables\": "
                + variables.replaceAll("([A-Za-z_0-9]+)", "\"$1\"")
                + "}}");
  }

  private String variables() {
    JsonNode variables = operator.aws().function("orders").at("/Environment/Variables");
    return variables.properties().stream()
        .map(variable -> "\"" + variable.getKey() + "\":" + variable.getValue())
        .sorted()
        .collect(Collectors.joining(",", "{", "}"));
  }

  private List<OwnedEntries> owned() {
    return Objects.requireNonNull(resources.status("orders").owned);
  }

  private List<LoggedRequest> updates() {
    return operator.aws().requests().updatesOf("orders");
  }
}
