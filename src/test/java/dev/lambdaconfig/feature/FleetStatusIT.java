package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lambdaconfig.cli.CommandResult;
import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.status.Conditions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The command {@code status}, on resources of a real API server that an operator reconciled. */
final class FleetStatusIT {

  @RegisterExtension final OperatorExtension operator = OperatorExtension.sweepingEverySecond();

  private final ResourceClient resources = operator.resources();

  @Test
  void eachStateIsCountedWithItsReason() throws Exception {
    // Given
    givenEachState();

    // When
    CommandResult text = status();
    JsonNode json = new ObjectMapper().readTree(status("-o", "json").out());

    // Then
    assertThat(text.exitCode()).as(text.err()).isZero();
    assertThat(text.out().lines().map(line -> line.replaceAll(" {2,}", "|")))
        .anyMatch(line -> line.matches("Stalled\\|FunctionNotFound\\|1\\|.* s\\|.*/missing"))
        .anyMatch(line -> line.matches("Stalled\\|Conflict\\|1\\|.* s\\|.*/second"))
        .anyMatch(line -> line.matches("NotReconciled\\|NoStatus\\|1\\|.* s\\|.*/late"))
        .anyMatch(line -> line.matches("Suspended\\|Suspended\\|1\\|.* s\\|.*/off"))
        .anyMatch(line -> line.matches("Ready\\|Observed\\|1\\|.* s"))
        .anyMatch(line -> line.matches("Ready\\|InSync\\|1\\|.* s"))
        .anyMatch(line -> line.matches("20.*Z\\|.* s\\|.*/watched\\|Ready: Observed\\|timeout"));
    assertThat(json.path("resources").asInt()).isEqualTo(6);
    assertThat(json.at("/states/Stalled").asInt()).isEqualTo(2);
    assertThat(json.at("/states/Ready").asInt()).isEqualTo(2);
    assertThat(json.path("differing").asInt()).as("watched, and second").isEqualTo(2);
    assertThat(json.at("/oldestDifferences/0/fields/0").asText()).isEqualTo("timeout");
    assertThat(json.path("ofOneMoment").asBoolean()).isTrue();
  }

  @Test
  void budgetsAndSweepsComeFromTheOperatorsOwnMetrics() throws Exception {
    // Given
    for (String name : List.of("mail", "orders", "stock")) {
      operator.givenInSync(name, "timeout: 30");
    }
    operator.awaitSweeps(2);
    String metrics = "http://localhost:" + operator.managementPort() + "/metrics";

    // When
    CommandResult result = status("--metrics", metrics, "-o", "json");

    // Then
    assertThat(result.exitCode()).as(result.err()).isZero();
    JsonNode told = new ObjectMapper().readTree(result.out()).at("/operators/0");
    assertThat(told.path("leader").asBoolean()).isTrue();
    JsonNode region = told.at("/regions/0");
    assertThat(region.path("region").asText()).isEqualTo("eu-west-1");
    assertThat(region.path("callsPerSecond").asDouble()).isPositive();
    assertThat(region.path("getFunctionPerSecond").asDouble()).isPositive();
    assertThat(region.has("sweepAgeSeconds")).isTrue();
    assertThat(region.path("functions").asInt()).isPositive();
    assertThat(region.path("listing").asBoolean()).isTrue();
    assertThat(region.path("endpointAvailable").asBoolean()).isTrue();
  }

  @Test
  void metricsThatCannotBeReadAreAnErrorBesidesAllElse() {
    // Given
    operator.givenInSync("orders", "timeout: 30");

    // When
    CommandResult result = status("--metrics", "http://localhost:1/metrics");

    // Then
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out()).contains("1 resource in namespace", "1 Ready");
    assertThat(result.err())
        .startsWith("error: the metrics at http://localhost:1/metrics: it cannot be reached (");
  }

  @Test
  void stalledResourcesFailWhereThatIsAskedFor() {
    // Given
    resources.apply("missing", "functionName: missing\ntimeout: 30");
    resources.awaitStalled("missing", "FunctionNotFound");

    // Then
    assertThat(status().exitCode()).isZero();
    assertThat(status("--fail-on-stalled").exitCode()).isEqualTo(2);
  }

  @Test
  void labelsSelect() {
    // Given
    resources.apply("orders", Map.of("team", "a"), "functionName: orders\ntimeout: 30");
    resources.apply("mail", "functionName: mail\ntimeout: 30");

    // Then
    assertThat(status("-l", "team=a").out()).startsWith("1 resource in namespace ");
    assertThat(status("-l", "team=b").out()).startsWith("No LambdaFunctionConfigs in namespace ");
    assertThat(status("-l", "team=(a").err()).contains("error: the API server", "refuses");
  }

  @Test
  void whoMayNotListIsToldWhichRightIsMissing() {
    // Given
    Path stranger = new Rights(operator, "stranger").kubeconfig();

    // When
    CommandResult result = CommandResult.of("status", "--kubeconfig", stranger.toString());

    // Then
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .contains("RBAC does not allow it", "cannot list resource", "name one: -n NAMESPACE");
  }

  /** In sync, observed with a difference, stalled, in conflict, suspended, without a status. */
  private void givenEachState() {
    operator.givenInSync("first", "timeout: 30");
    resources.apply("second", "functionName: first\ntimeout: 60");
    operator.aws().createFunction(FunctionSeed.zip("watched"));
    resources.apply("watched", "functionName: watched\nmode: Observe\ntimeout: 60");
    resources.apply("missing", "functionName: missing\ntimeout: 30");
    resources.apply("off", "functionName: off\nsuspend: true\ntimeout: 30");
    resources.awaitStalled("second", "Conflict");
    resources.awaitStalled("missing", "FunctionNotFound");
    resources.awaitReason("watched", "Observed");
    resources.await(
        "off",
        "to be suspended",
        resource ->
            resource.getStatus() != null
                && Conditions.find(resource.getStatus().conditions, "Suspended") != null);
    operator.stop();
    resources.apply("late", "functionName: late\ntimeout: 30");
  }

  private CommandResult status(String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "status",
                "-n",
                operator.namespace(),
                "--kubeconfig",
                operator.server().kubeconfig().toString()));
    args.addAll(List.of(more));
    return CommandResult.of(args.toArray(String[]::new));
  }
}
