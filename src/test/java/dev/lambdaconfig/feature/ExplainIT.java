package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lambdaconfig.cli.CommandResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The command {@code explain}, on resources of a real API server that an operator reconciled. */
final class ExplainIT {

  @RegisterExtension final OperatorExtension operator = OperatorExtension.sweepingEverySecond();

  private final ResourceClient resources = operator.resources();

  @Test
  void aResourceInSyncIsReadyWithItsLastUpdate() {
    // Given
    operator.givenInSync("orders", "timeout: 30");

    // When
    CommandResult result = explain("orders");

    // Then
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out())
        .contains(
            operator.namespace() + "/orders is Ready, since ",
            "function  arn:aws:lambda:eu-west-1:",
            "State Active, last update Successful",
            "generation 1, which the status describes",
            "SpecChanged of timeout: Succeeded",
            "to do     Nothing.");
  }

  @Test
  void aRefusedUpdateSaysWhyAndHowToGoOn() {
    // Given
    operator.givenRefused("orders");

    // When
    CommandResult result = explain("orders");

    // Then
    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .contains(
            "/orders is Stalled",
            "reason    InvalidParameterValueException: ",
            "differs   runtime ",
            "wanted cobol85",
            "next      The operator tries again after 30 min",
            "lambdaconfig.dev/reconcile-requested-at");
  }

  @Test
  void scriptsReadTheSameAsJson() throws Exception {
    // Given
    resources.apply("missing", "functionName: missing\ntimeout: 30");
    resources.awaitStalled("missing", "FunctionNotFound");

    // When
    CommandResult result = explain("missing", "-o", "json");

    // Then
    JsonNode json = new ObjectMapper().readTree(result.out());
    assertThat(json.path("state").asText()).isEqualTo("Stalled");
    assertThat(json.path("reason").asText()).isEqualTo("FunctionNotFound");
    assertThat(json.path("whatToDo").asText()).contains("Deploy it");
    assertThat(json.path("generation").asLong()).isEqualTo(1);
  }

  @Test
  void aResourceThatNoOperatorActsOnSaysWhatToCheck() {
    // Given
    operator.stop();
    resources.apply("orders", "functionName: orders\ntimeout: 30");

    // When
    CommandResult result = explain("orders");

    // Then
    assertThat(result.out())
        .contains("/orders is NotReconciled", "there is no status yet", "that an operator runs");
  }

  @Test
  void aNameThatDoesNotExistIsAnErrorThatSaysWhereItWasLookedFor() {
    CommandResult result = explain("nobody");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .contains("no LambdaFunctionConfig nobody in namespace " + operator.namespace());
  }

  @Test
  void whatIsNoNameIsRefusedBeforeAnyRequest() {
    assertThat(CommandResult.of("explain", "team-a/orders/1").err())
        .contains("'team-a/orders/1' is no resource: write NAMESPACE/NAME");
    assertThat(CommandResult.of("explain", "team-a/").exitCode()).isEqualTo(1);
  }

  @Test
  void whoMayNotReadIsToldWhichRightIsMissing() {
    // Given
    Path stranger = new Rights(operator, "stranger").kubeconfig();

    // When
    CommandResult result =
        CommandResult.of(
            "explain", operator.namespace() + "/orders", "--kubeconfig", stranger.toString());

    // Then
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("RBAC does not allow it", "get and list");
  }

  private CommandResult explain(String name, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "explain",
                operator.namespace() + "/" + name,
                "--kubeconfig",
                operator.server().kubeconfig().toString()));
    args.addAll(List.of(more));
    return CommandResult.of(args.toArray(String[]::new));
  }
}
