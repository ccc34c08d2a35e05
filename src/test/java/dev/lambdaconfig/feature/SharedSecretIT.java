package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.UpdateRecord;
import dev.lambdaconfig.simulator.FunctionSeed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A Secret that several functions share is changed in steps, missing, and created anew. */
final class SharedSecretIT {

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
    objects.secret("db", Map.of("password", "first"));
    List<String> names = List.of("orders", "mail", "report");
    names.forEach(this::apply);
    names.forEach(resources::awaitReady);
    operator.aws().requests().clear();

    // When
    objects.rotate("db", "password", "second");

    // Then
    for (String name : names) {
      awaitValue(name, "second");
      resources.awaitReady(name);
      assertThat(operator.aws().requests().updatesOf(name)).hasSize(1);
      assertThat(resources.history(name))
          .first()
          .extracting(UpdateRecord::cause, UpdateRecord::outcome)
          .containsExactly("ValueChanged", "Succeeded");
    }
  }

  @Test
  void aRotationInStepsIsOneUpdateWithTheLastValue() {
    // Given
    objects.secret("db", Map.of("password", "first"));
    apply("orders");
    resources.awaitReady("orders");
    operator.aws().requests().clear();

    // When: each step is sooner than the operator takes a writer to be done
    objects.rotate("db", "password", "second");
    objects.rotate("db", "password", "third");
    objects.rotate("db", "password", "fourth");

    // Then
    awaitValue("orders", "fourth");
    resources.awaitReady("orders");
    assertThat(operator.aws().requests().updatesOf("orders")).hasSize(1);
  }

  @Test
  void aMissingOneIsStalledUntilItAppears() {
    // Given
    apply("orders");
    resources.awaitStalled("orders", "ValueNotFound");
    assertThat(operator.aws().requests().updatesOf("orders")).isEmpty();

    // When
    objects.secret("db", Map.of("password", "first"));

    // Then
    awaitValue("orders", "first");
    resources.awaitReady("orders");
  }

  @Test
  void oneThatIsDeletedLeavesTheFunctionAndIsTakenUpWhenItIsThereAgain() {
    // Given
    objects.secret("db", Map.of("password", "first"));
    apply("orders");
    resources.awaitReady("orders");
    operator.aws().requests().clear();

    // When
    objects.delete("db");

    // Then
    resources.awaitStalled("orders", "ValueNotFound");
    assertThat(value("orders")).isEqualTo("first");
    assertThat(operator.aws().requests().updatesOf("orders")).isEmpty();

    // When
    objects.secret("db", Map.of("password", "second"));

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
        .until(() -> value(function).equals(value));
  }

  private String value(String function) {
    return operator.aws().function(function).at("/Environment/Variables/PASSWORD").asText();
  }
}
