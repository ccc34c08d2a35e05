package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.cli.RunOptions;
import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.simulator.LoggedRequest;
import dev.lambdaconfig.simulator.SimulatedRegion;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.HashMap;
import java.util.Objects;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two resources name one function: the older keeps it, and nobody fights. */
final class OneOwnerIT {

  private static final String ARN = "arn:aws:lambda:eu-west-1:123456789012:function:orders";

  private static final String OTHER_ARN = "arn:aws:lambda:eu-west-1:210987654321:function:orders";

  @RegisterExtension final Stage stage = Stage.watchful();

  @Test
  void theYoungerIsStalledWhateverItsSpelling() {
    // Given
    stage.aws().createFunction(FunctionSeed.zip("orders"));
    stage.apply("b-older", "functionName: orders\ntimeout: 30");
    stage.awaitReady("b-older");

    // When: another second, so that the age differs
    stage.awaitNextSecond();
    stage.apply("a-younger", "functionName: " + ARN + "\ntimeout: 60");

    // Then
    stage.awaitStalled("a-younger", "Conflict");
    assertThat(stage.condition("a-younger", "Stalled").message()).contains("/b-older");
    stage.awaitRounds(3);
    assertThat(stage.aws().requests().updatesOf("orders"))
        .extracting(update -> Objects.requireNonNull(update.body()).get("Timeout").asInt())
        .containsExactly(30);
  }

  @Test
  void theYoungerTakesOverWhenTheOlderGoes() {
    // Given
    stage.aws().createFunction(FunctionSeed.zip("orders"));
    stage.apply("older", "functionName: orders\ntimeout: 30");
    stage.awaitReady("older");
    stage.awaitNextSecond();
    stage.apply("younger", "functionName: orders\ntimeout: 60");
    stage.awaitStalled("younger", "Conflict");

    // When
    stage.resource("older").delete();

    // Then
    stage.awaitReady("younger");
    assertThat(stage.aws().function("orders").get("Timeout").asInt()).isEqualTo(60);
  }

  @Test
  void anObservingResourceClaimsNothing() {
    // Given
    stage.aws().createFunction(FunctionSeed.zip("orders"));
    stage.apply("older", "functionName: orders\nmode: Observe\ntimeout: 30");
    stage.awaitReason("older", "Observed");
    stage.awaitNextSecond();

    // When
    stage.apply("younger", "functionName: orders\ntimeout: 60");

    // Then
    stage.awaitReady("younger");
    assertThat(stage.aws().requests().updatesOf("orders"))
        .filteredOn(LoggedRequest::applied)
        .hasSize(1);
  }

  @Test
  void aSuspendedResourceKeepsItsClaim() {
    // Given
    stage.aws().createFunction(FunctionSeed.zip("orders"));
    stage.apply("older", "functionName: orders\nsuspend: true\ntimeout: 30");
    stage.awaitNextSecond();

    // When
    stage.apply("younger", "functionName: orders\ntimeout: 60");

    // Then
    stage.awaitStalled("younger", "Conflict");
    assertThat(stage.aws().requests().updates()).isEmpty();
  }

  @Test
  void theSameNameInAnotherRegionIsAnotherFunction() {
    // Given
    stage.aws().createFunction(FunctionSeed.zip("orders"));
    stage.aws().region("us-east-1").createFunction(FunctionSeed.zip("orders"));
    stage.apply("here", "functionName: orders\ntimeout: 30");
    stage.awaitReady("here");

    // When
    stage.apply("there", "functionName: orders\nregion: us-east-1\ntimeout: 60");

    // Then
    stage.awaitReady("there");
    stage.awaitReady("here");
  }

  @Test
  void aBareNameIsNoOwnerOfTheFunctionOfAnotherAccount() {
    // Given: the older one's function does not exist; the operator's account is known by another
    stage.aws().createFunction(FunctionSeed.zip("known"));
    otherAccount().createFunction(FunctionSeed.zip("orders"));
    stage.apply("known", "functionName: known\ntimeout: 30");
    stage.awaitReady("known");
    stage.apply("older", "functionName: orders\ntimeout: 30");
    stage.awaitStalled("older", "FunctionNotFound");
    stage.awaitNextSecond();

    // When
    stage.apply("younger", "functionName: " + OTHER_ARN + "\ntimeout: 60");

    // Then
    stage.awaitReady("younger");
    assertThat(otherAccount().function("orders").get("Timeout").asInt()).isEqualTo(60);
    stage.awaitStalled("older", "FunctionNotFound");
  }

  @Test
  void whereTheAccountIsNotKnownWhatAwsDeniesTheOlderOneIsNotKeptByIt() {
    // Given: nothing tells the operator which account it is in
    otherAccount().createFunction(FunctionSeed.zip("orders"));
    stage.apply("older", "functionName: orders\ntimeout: 30");
    stage.awaitStalled("older", "FunctionNotFound");
    stage.awaitNextSecond();

    // When
    stage.apply("younger", "functionName: " + OTHER_ARN + "\ntimeout: 60");

    // Then
    stage.awaitReady("younger");
    assertThat(otherAccount().function("orders").get("Timeout").asInt()).isEqualTo(60);
  }

  @Test
  void theYoungerWaitsUntilTheAccountOfTheOlderIsKnown() {
    // Given: a bare name that nobody reads, in an account that nothing tells
    otherAccount().createFunction(FunctionSeed.zip("orders"));
    stage.apply("older", "functionName: orders\nsuspend: true\ntimeout: 30");
    stage.awaitNextSecond();
    stage.apply("younger", "functionName: " + OTHER_ARN + "\ntimeout: 60");
    stage.awaitReason("younger", "OwnerUnknown");
    assertThat(stage.condition("younger", "Stalled").status()).isEqualTo("(absent)");
    assertThat(stage.aws().requests().updates()).isEmpty();

    // When: AWS names the account by another function
    stage.aws().createFunction(FunctionSeed.zip("known"));
    stage.apply("known", "functionName: known\ntimeout: 30");

    // Then
    stage.awaitReady("younger");
  }

  @Test
  void afterARestartTheOlderOneStillKeepsItsFunction() throws Exception {
    // Given
    stage.aws().createFunction(FunctionSeed.zip("orders"));
    stage.apply("older", "functionName: orders\ntimeout: 30");
    stage.awaitReady("older");
    stage.awaitNextSecond();
    stage.apply("younger", "functionName: " + ARN + "\ntimeout: 60");
    stage.awaitStalled("younger", "Conflict");
    stage.stopOperator();
    stage.aws().requests().clear();

    // When: the older one cannot be read at first
    stage.aws().faults().onReads().of("orders").times(2).thenThrottle();
    stage.startOperator();
    stage.awaitRounds(3);

    // Then
    stage.awaitStalled("younger", "Conflict");
    assertThat(stage.aws().requests().updates()).isEmpty();
  }

  @Test
  void twoOfOneMissingFunctionAreBothToldSoAndTheOlderGetsIt() {
    // Given
    stage.apply("older", "functionName: orders\ntimeout: 30");
    stage.awaitStalled("older", "FunctionNotFound");
    stage.awaitNextSecond();
    stage.apply("younger", "functionName: orders\ntimeout: 60");
    stage.awaitStalled("younger", "FunctionNotFound");

    // When: it is deployed, and the younger one sees it first
    stage.aws().createFunction(FunctionSeed.zip("orders"));
    request("younger");

    // Then
    stage.awaitStalled("younger", "Conflict");
    stage.awaitReady("older");
    assertThat(stage.aws().requests().updatesOf("orders"))
        .extracting(update -> Objects.requireNonNull(update.body()).get("Timeout").asInt())
        .containsExactly(30);
  }

  @Test
  void aForgedStatusClaimsNothing() {
    // Given: an older resource of another function, whose status says otherwise
    stage.aws().createFunction(FunctionSeed.zip("known"));
    stage.apply("known", "functionName: known\ntimeout: 30");
    stage.awaitReady("known");
    otherAccount().createFunction(FunctionSeed.zip("orders"));
    stage.apply("older", "functionName: orders\nsuspend: true\ntimeout: 30");
    stage
        .resource("older")
        .subresource("status")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"status\": {\"functionArn\": \"" + OTHER_ARN + "\"}}");
    stage.awaitNextSecond();

    // When
    stage.apply("younger", "functionName: " + OTHER_ARN + "\ntimeout: 60");

    // Then
    stage.awaitReady("younger");
  }

  @Test
  void theOwnerInAnotherNamespaceIsNamedToNobodyButTheOperatorsLog() throws Exception {
    // Given
    String other = stage.server().freshNamespace("secretive-team");
    stage.stopOperator();
    stage.startOperator(
        new RunOptions(Duration.ofSeconds(1), 0, Set.of(stage.namespace(), other), false));
    stage.aws().createFunction(FunctionSeed.zip("orders"));
    stage.applyIn(other, "hidden-owner", "functionName: orders\ntimeout: 30");
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> !stage.aws().requests().updatesOf("orders").isEmpty());
    stage.awaitNextSecond();

    // When
    stage.apply("younger", "functionName: orders\ntimeout: 60");

    // Then
    LambdaFunctionConfig younger = stage.awaitStalled("younger", "Conflict");
    Events.await(stage, "younger", "Conflict");
    assertThat(stage.condition("younger", "Stalled").message()).contains("another namespace");
    assertThat(Serialization.asJson(younger.getStatus()))
        .doesNotContain("hidden-owner")
        .doesNotContain(other);
    assertThat(Events.of(stage, "younger"))
        .extracting(Event::getMessage)
        .allSatisfy(message -> assertThat(message).doesNotContain("hidden-owner", other));
  }

  private SimulatedRegion otherAccount() {
    stage.aws().openAccount("210987654321");
    return stage.aws().region("210987654321", "eu-west-1");
  }

  private void request(String name) {
    stage
        .resource(name)
        .edit(
            resource -> {
              HashMap<String, String> annotations = new HashMap<>();
              annotations.put("lambdaconfig.dev/reconcile-requested-at", "now");
              resource.getMetadata().setAnnotations(annotations);
              return resource;
            });
  }
}
