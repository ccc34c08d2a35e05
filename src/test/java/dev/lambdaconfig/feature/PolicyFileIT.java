package dev.lambdaconfig.feature;

import static dev.lambdaconfig.feature.ConditionAssert.assertThat;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.cli.options.RunOptions;
import dev.lambdaconfig.deploy.ChartRights;
import dev.lambdaconfig.packaged.OperatorJar;
import dev.lambdaconfig.simulator.FunctionSeed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A policy file says what the resources of a namespace may name; nothing else of AWS is touched.
 */
final class PolicyFileIT {

  private static final String ORDERS_ONLY =
      """
      rules:
        - namespaces: ["%s"]
          functions: ["orders-*"]
          accounts: ["123456789012"]
          roles: ["arn:aws:iam::123456789012:role/orders/*"]
      """;

  private static final String ANYTHING = "rules: [{namespaces: ['*']}]";

  @RegisterExtension
  final OperatorExtension operator =
      OperatorExtension.sweepingEverySecond().granting(ChartRights.Feature.RESTORE);

  private final ResourceClient resources = operator.resources();

  @TempDir private Path directory;
  private Path file = Path.of("");

  @BeforeEach
  void startWithPolicy() throws Exception {
    file = directory.resolve("policy.yaml");
    write(ORDERS_ONLY.formatted(operator.namespace()));
    operator.stop();
    operator.start(operator.options().withPolicyFile(file));
  }

  private void write(String text) throws IOException {
    Files.writeString(file, text);
  }

  @Test
  void whatARuleNamesIsUpdated() {
    // When
    operator.givenInSync("orders-api", "timeout: 30");

    // Then
    assertThat(operator.aws().function("orders-api").get("Timeout").asInt()).isEqualTo(30);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "payments",
        "123456789012:function:payments",
        "arn:aws:lambda:eu-west-1:123456789012:function:payments",
        "arn:aws:lambda:eu-west-1:123456789012:function:payments:$LATEST",
        "999999999999:function:orders-api",
      })
  void anyOtherFunctionIsForbiddenWithoutACall(String spelling) {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("payments"));

    // When
    resources.apply("squatter", "functionName: '" + spelling + "'\ntimeout: 30");

    // Then
    resources.awaitStalled("squatter", "Forbidden");
    assertThat(resources.condition("squatter", "Stalled"))
        .hasMessageContaining("does not let namespace " + operator.namespace() + " name ");
    assertThat(operator.aws().requests().all()).isEmpty();
  }

  @Test
  void anotherRoleIsForbiddenWithoutACall() {
    // When
    resources.apply(
        "orders-api",
        "functionName: orders-api\nrole: arn:aws:iam::123456789012:role/admin\ntimeout: 30");

    // Then
    resources.awaitStalled("orders-api", "Forbidden");
    assertThat(resources.condition("orders-api", "Stalled"))
        .hasMessageContaining("role arn:aws:iam::123456789012:role/admin");
    assertThat(operator.aws().requests().all()).isEmpty();
  }

  @Test
  void aForbiddenResourceTakesNothingFromTheOwner() throws Exception {
    // Given
    String other = operator.server().freshNamespace("squatters");
    operator.stop();
    operator.start(
        new RunOptions(Duration.ofSeconds(1), 0, Set.of(operator.namespace(), other), false)
            .withPolicyFile(file));
    operator.resourcesIn(other).apply("older", "functionName: orders-api\ntimeout: 60");
    operator.resourcesIn(other).awaitStalled("older", "Forbidden");
    resources.awaitNextSecond();

    // When
    operator.givenInSync("orders-api", "timeout: 30");

    // Then
    resources.apply("orders-api", "functionName: orders-api\ntimeout: 31");
    resources.await("orders-api", "to be updated", PolicyFileIT::isSecondInOrder);
    assertThat(operator.aws().requests().updatesOf("orders-api"))
        .extracting(update -> update.member("Timeout").asInt())
        .containsExactly(30, 31);
  }

  private static boolean isSecondInOrder(LambdaFunctionConfig resource) {
    LambdaFunctionConfigStatus status = resource.getStatus();
    return status != null
        && Long.valueOf(2).equals(status.observedGeneration)
        && Objects.equals(status.lastUpdateStatus, "Successful");
  }

  @Test
  void aChangedFileIsInForceWithoutARestart() throws Exception {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("payments"));
    resources.apply("payments", "functionName: payments\ntimeout: 30");
    resources.awaitStalled("payments", "Forbidden");

    // When
    write(ANYTHING);

    // Then
    resources.awaitReady("payments");

    // When
    write(ORDERS_ONLY.formatted(operator.namespace()));

    // Then
    resources.awaitStalled("payments", "Forbidden");
  }

  @Test
  void aBrokenFileChangesNothingAndTheMetricSaysSo() throws Exception {
    // Given
    operator.givenInSync("orders-api", "timeout: 30");

    // When
    write("rules: oops");

    // Then
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(
            () ->
                assertThat(operator.scrape().sum("lambdaconfig_policy_file_in_force", Map.of()))
                    .isEqualTo(0));
    resources.apply("payments", "functionName: payments\ntimeout: 30");
    resources.awaitStalled("payments", "Forbidden");
    resources.apply("orders-api", "functionName: orders-api\ntimeout: 31");
    resources.awaitReady("orders-api");
  }

  @Test
  void aDryRunListsWhatAFileWouldForbid() throws Exception {
    // Given
    operator.stop();
    resources.apply("orders-api", "functionName: orders-api\ntimeout: 30");
    resources.apply("payments", "functionName: payments\ntimeout: 30");
    write(
        ORDERS_ONLY.formatted(operator.namespace())
            + "identities: [{namespaces: ['%s'], role: 'arn:aws:iam::123456789012:role/team'}]"
                .formatted(operator.namespace()));
    Map<String, String> dryRun = Map.of("LAMBDA_CONFIG_DRY_RUN_POLICY", file.toString());

    // When
    try (OperatorJar jar = operator.startJar(directory.resolve("operator"), dryRun)) {
      int exitCode = jar.exitCode(Duration.ofMinutes(2));

      // Then
      assertThat(exitCode).as(jar.tail()).isEqualTo(2);
      assertThat(jar.log())
          .contains(
              operator.namespace() + "/payments: the operator's policy does not let namespace",
              "namespace "
                  + operator.namespace()
                  + " acts as arn:aws:iam::123456789012:role/team (2 resources)",
              "The policy forbids 1 of 2 resources.")
          .doesNotContain("/orders-api");
    }
    assertThat(requireNonNull(resources.get("payments").getStatus()).conditions).isNull();
  }

  @Test
  void aFunctionThatBecameForbiddenIsNotRestored() throws Exception {
    // Given
    operator.givenInSync("orders-api", "timeout: 30\ndeletionPolicy: Restore");
    write("rules: []");
    resources.awaitStalled("orders-api", "Forbidden");

    // When
    resources.resource("orders-api").delete();

    // Then
    resources.awaitGone("orders-api");
    assertThat(operator.aws().function("orders-api").get("Timeout").asInt()).isEqualTo(30);
  }
}
