package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.UpdateRecord;
import dev.lambdaconfig.simulator.FunctionSeed;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A Secret that functions take values from is changed, deleted and created anew. */
final class RotatedSecretIT {

  private static final String SPEC =
      """
      functionName: %s
      environment:
        valuesFrom:
          - {name: PASSWORD, secretKeyRef: {name: db, key: password}}
      """;

  @RegisterExtension final OperatorExtension operator = OperatorExtension.sweepingHourly();

  private final ResourceClient resources = operator.resources();
  private final ValueObjects objects = new ValueObjects(operator);

  @Test
  void itsFunctionsGetTheNewValueByOneUpdateEach() {
    // Given
    objects.secret("db", "password", "first");
    List<String> names = List.of("orders", "mail", "report");
    names.forEach(this::apply);
    names.forEach(resources::awaitReady);
    operator.aws().requests().clear();

    // When
    objects.secret("db", "password", "second");

    // Then
    for (String name : names) {
      awaitValue(name, "second");
      resources.awaitReady(name);
      assertThat(operator.aws().requests().updatesOf(name)).hasSize(1);
      assertThat(resources.history(name))
          .last()
          .extracting(UpdateRecord::cause, UpdateRecord::outcome)
          .containsExactly("ValueChanged", "Succeeded");
    }
  }

  @Test
  void aRotationInStepsIsOneUpdateWithTheLastValue() {
    // Given
    objects.secret("db", "password", "first");
    apply("orders");
    resources.awaitReady("orders");
    operator.aws().requests().clear();

    // When: each step is sooner than the operator takes a writer to be done
    objects.secret("db", "password", "second");
    objects.secret("db", "password", "third");
    objects.secret("db", "password", "fourth");

    // Then
    awaitValue("orders", "fourth");
    resources.awaitReady("orders");
    assertThat(operator.aws().requests().updatesOf("orders")).hasSize(1);
  }

  @Test
  void aChangeOfAnotherKeySendsNothing() {
    // Given
    objects.secret("db", "password", "first");
    objects.secret("other", "password", "first");
    apply("orders");
    resources.apply("mail", SPEC.formatted("mail").replace("name: db", "name: other"));
    operator.aws().createFunction(FunctionSeed.zip("mail"));
    resources.awaitReady("orders");
    resources.awaitReady("mail");
    operator.aws().requests().clear();

    // When: the first change is passed on before the second one
    operator
        .server()
        .client()
        .secrets()
        .inNamespace(operator.namespace())
        .withName("db")
        .edit(secret -> secret.edit().addToStringData("unused", "x").build());
    objects.secret("other", "password", "second");

    // Then
    awaitValue("mail", "second");
    resources.awaitReady("mail");
    assertThat(operator.aws().requests().updatesOf("orders")).isEmpty();
    assertThat(operator.aws().requests().readsOf("orders")).as("nothing has changed").isEmpty();
  }

  @Test
  void aMissingOneIsStalledUntilItAppears() {
    // Given
    apply("orders");
    resources.awaitStalled("orders", "ValueNotFound");
    assertThat(operator.aws().requests().updatesOf("orders")).isEmpty();

    // When
    objects.secret("db", "password", "first");

    // Then
    awaitValue("orders", "first");
    resources.awaitReady("orders");
  }

  @Test
  void oneThatIsDeletedLeavesTheFunctionAndIsTakenUpWhenItIsThereAgain() {
    // Given
    objects.secret("db", "password", "first");
    apply("orders");
    resources.awaitReady("orders");
    operator.aws().requests().clear();

    // When
    objects.deleteSecret("db");

    // Then
    resources.awaitStalled("orders", "ValueNotFound");
    assertThat(objects.variable("orders", "PASSWORD")).isEqualTo("first");
    assertThat(operator.aws().requests().updatesOf("orders")).isEmpty();

    // When
    objects.secret("db", "password", "second");

    // Then
    awaitValue("orders", "second");
    resources.awaitReady("orders");
    assertThat(operator.aws().requests().updatesOf("orders")).hasSize(1);
  }

  private void apply(String name) {
    operator.aws().createFunction(FunctionSeed.zip(name));
    resources.apply(name, SPEC.formatted(name));
  }

  private void awaitValue(String function, String value) {
    Awaitility.await(function + " with the value of the Secret")
        .atMost(ResourceClient.PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> objects.variable(function, "PASSWORD").equals(value));
  }
}
