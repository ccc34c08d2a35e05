package dev.lambdaconfig.feature;

import static dev.lambdaconfig.feature.ConditionAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.cli.options.RunOptions;
import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.simulator.LoggedRequest;
import dev.lambdaconfig.simulator.SimulatedRegion;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two resources name one function: the older one owns it, and the younger one writes nothing. */
final class OneOwnerIT {

  private static final String ARN = "arn:aws:lambda:eu-west-1:123456789012:function:orders";

  private static final String OTHER_ARN = "arn:aws:lambda:eu-west-1:210987654321:function:orders";

  @RegisterExtension final OperatorExtension operator = OperatorExtension.sweepingEverySecond();

  private final ResourceClient resources = operator.resources();

  @Test
  void theYoungerIsStalledWhateverItsSpelling() {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    resources.apply("b-older", "functionName: orders\ntimeout: 30");
    resources.awaitReady("b-older");

    // When: the ages differ by a second
    resources.awaitNextSecond();
    resources.apply("a-younger", "functionName: " + ARN + "\ntimeout: 60");

    // Then
    resources.awaitStalled("a-younger", "Conflict");
    assertThat(resources.condition("a-younger", "Stalled")).hasMessageContaining("/b-older");
    operator.awaitSweeps(3);
    assertThat(operator.aws().requests().updatesOf("orders"))
        .extracting(update -> update.member("Timeout").asInt())
        .containsExactly(30);
  }

  @Test
  void theYoungerTakesOverWhenTheOlderGoes() {
    // Given
    givenOlderInSync();
    resources.apply("younger", "functionName: orders\ntimeout: 60");
    resources.awaitStalled("younger", "Conflict");

    // When
    resources.resource("older").delete();

    // Then
    resources.awaitReady("younger");
    assertThat(operator.aws().function("orders").get("Timeout").asInt()).isEqualTo(60);
  }

  @Test
  void anObservingResourceClaimsNothing() {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    resources.apply("older", "functionName: orders\nmode: Observe\ntimeout: 30");
    resources.awaitReason("older", "Observed");
    resources.awaitNextSecond();

    // When
    resources.apply("younger", "functionName: orders\ntimeout: 60");

    // Then
    resources.awaitReady("younger");
    assertThat(operator.aws().requests().updatesOf("orders"))
        .filteredOn(LoggedRequest::applied)
        .hasSize(1);
  }

  @Test
  void aSuspendedResourceKeepsItsClaim() {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    resources.apply("older", "functionName: orders\nsuspend: true\ntimeout: 30");
    resources.awaitNextSecond();

    // When
    resources.apply("younger", "functionName: orders\ntimeout: 60");

    // Then
    resources.awaitStalled("younger", "Conflict");
    assertThat(operator.aws().requests().updates()).isEmpty();
  }

  @Test
  void theSameNameInAnotherRegionIsAnotherFunction() {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    operator.aws().region("us-east-1").createFunction(FunctionSeed.zip("orders"));
    resources.apply("here", "functionName: orders\ntimeout: 30");
    resources.awaitReady("here");

    // When
    resources.apply("there", "functionName: orders\nregion: us-east-1\ntimeout: 60");

    // Then
    resources.awaitReady("there");
    resources.awaitReady("here");
  }

  @Test
  void aBareNameIsNoOwnerOfTheFunctionOfAnotherAccount() {
    // Given: the function of the older one does not exist; another function has made the account
    // known
    operator.aws().createFunction(FunctionSeed.zip("known"));
    otherAccount().createFunction(FunctionSeed.zip("orders"));
    resources.apply("known", "functionName: known\ntimeout: 30");
    resources.awaitReady("known");
    givenOlderOfAMissingFunction();

    // When
    resources.apply("younger", "functionName: " + OTHER_ARN + "\ntimeout: 60");

    // Then
    resources.awaitReady("younger");
    assertThat(otherAccount().function("orders").get("Timeout").asInt()).isEqualTo(60);
    resources.awaitStalled("older", "FunctionNotFound");
  }

  @Test
  void whereTheAccountIsNotKnownWhatAwsDeniesTheOlderOneIsNotKeptByIt() {
    // Given: the operator does not know its account
    otherAccount().createFunction(FunctionSeed.zip("orders"));
    givenOlderOfAMissingFunction();

    // When
    resources.apply("younger", "functionName: " + OTHER_ARN + "\ntimeout: 60");

    // Then
    resources.awaitReady("younger");
    assertThat(otherAccount().function("orders").get("Timeout").asInt()).isEqualTo(60);
  }

  @Test
  void theYoungerWaitsUntilTheAccountOfTheOlderIsKnown() {
    // Given: a bare name that is not read, in an unknown account
    otherAccount().createFunction(FunctionSeed.zip("orders"));
    resources.apply("older", "functionName: orders\nsuspend: true\ntimeout: 30");
    resources.awaitNextSecond();
    resources.apply("younger", "functionName: " + OTHER_ARN + "\ntimeout: 60");
    resources.awaitReason("younger", "OwnerUnknown");
    assertThat(resources.condition("younger", "Stalled")).isAbsent();
    assertThat(operator.aws().requests().updates()).isEmpty();

    // When: AWS names the account by another function
    operator.aws().createFunction(FunctionSeed.zip("known"));
    resources.apply("known", "functionName: known\ntimeout: 30");

    // Then
    resources.awaitReady("younger");
  }

  @Test
  void afterARestartTheOlderOneStillKeepsItsFunction() throws Exception {
    // Given
    givenOlderInSync();
    resources.apply("younger", "functionName: " + ARN + "\ntimeout: 60");
    resources.awaitStalled("younger", "Conflict");
    operator.stop();
    operator.aws().requests().clear();

    // When: the older one cannot be read at first
    operator.aws().faults().onReads().of("orders").times(2).thenThrottle();
    operator.start();
    operator.awaitSweeps(3);

    // Then
    resources.awaitStalled("younger", "Conflict");
    assertThat(operator.aws().requests().updates()).isEmpty();
  }

  @Test
  void twoOfOneMissingFunctionAreBothToldSoAndTheOlderGetsIt() {
    // Given
    givenOlderOfAMissingFunction();
    resources.apply("younger", "functionName: orders\ntimeout: 60");
    resources.awaitStalled("younger", "FunctionNotFound");

    // When: it is deployed, and the younger one sees it first
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    resources.requestReconcile("younger", "now");

    // Then
    resources.awaitStalled("younger", "Conflict");
    resources.awaitReady("older");
    assertThat(operator.aws().requests().updatesOf("orders"))
        .extracting(update -> update.member("Timeout").asInt())
        .containsExactly(30);
  }

  @Test
  void aForgedStatusClaimsNothing() {
    // Given: an older resource of another function with a forged status
    operator.givenInSync("known", "timeout: 30");
    otherAccount().createFunction(FunctionSeed.zip("orders"));
    resources.apply("older", "functionName: orders\nsuspend: true\ntimeout: 30");
    resources
        .resource("older")
        .subresource("status")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"status\": {\"functionArn\": \"" + OTHER_ARN + "\"}}");
    resources.awaitNextSecond();

    // When
    resources.apply("younger", "functionName: " + OTHER_ARN + "\ntimeout: 60");

    // Then
    resources.awaitReady("younger");
  }

  @Test
  void theOwnerInAnotherNamespaceIsNamedToNobodyButTheOperatorsLog() throws Exception {
    // Given
    String other = operator.server().freshNamespace("secretive-team");
    operator.stop();
    operator.start(
        new RunOptions(Duration.ofSeconds(1), 0, Set.of(operator.namespace(), other), false));
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    operator.resourcesIn(other).apply("hidden-owner", "functionName: orders\ntimeout: 30");
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> !operator.aws().requests().updatesOf("orders").isEmpty());
    resources.awaitNextSecond();

    // When
    resources.apply("younger", "functionName: orders\ntimeout: 60");

    // Then
    LambdaFunctionConfig younger = resources.awaitStalled("younger", "Conflict");
    Events.await(operator, "younger", "Conflict");
    assertThat(resources.condition("younger", "Stalled")).hasMessageContaining("another namespace");
    assertThat(Serialization.asJson(younger.getStatus()))
        .doesNotContain("hidden-owner")
        .doesNotContain(other);
    assertThat(Events.of(operator, "younger"))
        .extracting(Event::getMessage)
        .allSatisfy(message -> assertThat(message).doesNotContain("hidden-owner", other));
  }

  private SimulatedRegion otherAccount() {
    operator.aws().openAccount("210987654321");
    return operator.aws().region("210987654321", "eu-west-1");
  }

  /** An older resource of a function that is not there, in the operator's account. */
  private void givenOlderOfAMissingFunction() {
    resources.apply("older", "functionName: orders\ntimeout: 30");
    resources.awaitStalled("older", "FunctionNotFound");
    resources.awaitNextSecond();
  }

  /** A function with an older resource that keeps it. */
  private void givenOlderInSync() {
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    resources.apply("older", "functionName: orders\ntimeout: 30");
    resources.awaitReady("older");
    resources.awaitNextSecond();
  }
}
