package dev.lambdaconfig.feature;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.deploy.ChartRights;
import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.status.Conditions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A spec that refers to values which are not there, or cannot be used, is stalled until they are.
 */
final class MissingValueIT {

  private static final String SPEC =
      "functionName: orders\n"
          + "timeout: 9\n"
          + "environment: {valuesFrom: [{name: DB_PASSWORD, secretKeyRef: {name: db, key:"
          + " password}}]}";

  @RegisterExtension
  final OperatorExtension operator =
      OperatorExtension.sweepingHourly().granting(ChartRights.Feature.RESTORE);

  private final ResourceClient resources = operator.resources();
  private final ValueObjects objects = new ValueObjects(operator);

  @BeforeEach
  void createFunction() {
    operator
        .aws()
        .createFunction(
            FunctionSeed.zip("orders")
                .with("{\"Environment\": {\"Variables\": {\"OLD\": \"x\"}}}"));
  }

  @Test
  void aMissingSecretIsNamedAndHealsWhenItAppears() {
    // Given
    resources.apply("orders", SPEC);
    resources.awaitStalled("orders", "ValueNotFound");
    ConditionAssert.assertThat(resources.condition("orders", Conditions.STALLED))
        .hasMessageContaining("Secret db does not exist: create it");
    assertThat(operator.aws().requests().updates()).isEmpty();

    // When
    objects.secret("db", Map.of("password", Canary.value("late")));

    // Then
    resources.awaitReady("orders");
    assertThat(value()).isEqualTo(Canary.value("late"));
    assertThat(operator.aws().requests().updates()).hasSize(1);
  }

  @Test
  void aMissingKeyIsNamedAndHealsWhenItIsAdded() {
    // Given
    objects.secret("db", Map.of("user", Canary.value("admin")));
    resources.apply("orders", SPEC);
    resources.awaitStalled("orders", "ValueNotFound");
    ConditionAssert.assertThat(resources.condition("orders", Conditions.STALLED))
        .hasMessageContaining("Secret db has no key password", "DB_PASSWORD");

    // When
    objects.rotate("db", "password", Canary.value("added"));

    // Then
    resources.awaitReady("orders");
    assertThat(value()).isEqualTo(Canary.value("added"));
    Canary.reportedByTheCluster(operator).forEach(Canary::requireNone);
  }

  @Test
  void aDeletedSecretLeavesTheFunctionAsItIsAndANewOneIsAnotherValue() {
    // Given
    objects.secret("db", Map.of("password", Canary.value("one")));
    resources.apply("orders", SPEC);
    resources.awaitReady("orders");

    // When
    objects.delete("db");
    resources.awaitStalled("orders", "ValueNotFound");
    assertThat(value()).isEqualTo(Canary.value("one"));
    objects.secret("db", Map.of("password", Canary.value("two")));

    // Then
    resources.awaitReady("orders");
    assertThat(value()).isEqualTo(Canary.value("two"));
    assertThat(resources.history("orders").getFirst().cause()).isEqualTo("ValueChanged");
  }

  @Test
  void aBinaryValueIsStalledWithoutIt() {
    // Given
    objects.binarySecret("db", "password", "/wBjQW5BclktYmluYXJ5");

    // When
    resources.apply("orders", SPEC);

    // Then
    resources.awaitStalled("orders", "InvalidValue");
    ConditionAssert.assertThat(resources.condition("orders", Conditions.STALLED))
        .hasMessageContaining("the key password of Secret db", "is not UTF-8 text");
    assertThat(operator.aws().requests().updates()).isEmpty();
    Canary.reportedByTheCluster(operator).forEach(Canary::requireNone);
  }

  @Test
  void moreThanFourKilobytesTogetherAreStalledWithoutAnyOfThem() {
    // Given
    objects.secret(
        "db", Map.of("password", Canary.WORD.repeat(400), "more", Canary.WORD.repeat(400)));

    // When
    resources.apply(
        "orders", "functionName: orders\nenvironment: {envFrom: [{secretRef: {name: db}}]}");

    // Then
    resources.awaitStalled("orders", "InvalidValue");
    ConditionAssert.assertThat(resources.condition("orders", Conditions.STALLED))
        .hasMessageContaining("are 4825 bytes as JSON");
    assertThat(operator.aws().requests().updates()).isEmpty();
    Canary.reportedByTheCluster(operator).forEach(Canary::requireNone);
  }

  @Test
  void skippedKeysAreListedAndTold() {
    // Given
    objects.secret("db", Map.of("tls.crt", Canary.value("crt"), "user", Canary.value("admin")));

    // When
    resources.apply(
        "orders", "functionName: orders\nenvironment: {envFrom: [{secretRef: {name: db}}]}");

    // Then
    resources.awaitReady("orders");
    assertThat(requireNonNull(resources.status("orders").valueSources).getFirst().skippedKeys())
        .containsExactly("tls.crt");
    assertThat(operator.aws().function("orders").at("/Environment/Variables").properties())
        .extracting(Map.Entry::getKey)
        .containsExactly("user");
    Canary.reportedByTheCluster(operator).forEach(Canary::requireNone);
  }

  @Test
  void aKeyOfAWholeSecretWhoseValueBecameBinaryIsNotDeleted() {
    // Given
    objects.secret("db", Map.of("user", Canary.value("admin")));
    resources.apply(
        "orders", "functionName: orders\nenvironment: {envFrom: [{secretRef: {name: db}}]}");
    resources.awaitReady("orders");

    // When
    objects.delete("db");
    objects.binarySecret("db", "user", "/wBjQW5BclktYmluYXJ5");

    // Then
    resources.awaitStalled("orders", "InvalidValue");
    assertThat(resources.condition("orders", "Stalled").message())
        .contains(
            "the key user of Secret db", "is not UTF-8 text", "valuesFrom instead of envFrom");
    assertThat(operator.aws().function("orders").at("/Environment/Variables/user").asText())
        .isEqualTo(Canary.value("admin"));
    Canary.reportedByTheCluster(operator).forEach(Canary::requireNone);
  }

  @Test
  void anObserverReportsTheVariableAndNothingOfItsValue() {
    // Given
    objects.secret("db", Map.of("password", Canary.value("one")));

    // When
    resources.apply("orders", SPEC + "\nmode: Observe");

    // Then
    resources.awaitReady("orders");
    assertThat(requireNonNull(resources.status("orders").drift))
        .extracting(drift -> drift.path() + " " + drift.desired())
        .contains("environment.variables.DB_PASSWORD missing", "environment.variables.OLD extra");
    assertThat(operator.aws().requests().updates()).isEmpty();
    Canary.reportedByTheCluster(operator).forEach(Canary::requireNone);
  }

  @Test
  void aRestoredFunctionNeedsNoneOfTheObjects() {
    // Given
    objects.secret("db", Map.of("password", Canary.value("one")));
    resources.apply("orders", SPEC + "\ndeletionPolicy: Restore");
    resources.awaitReady("orders");
    objects.delete("db");
    resources.awaitStalled("orders", "ValueNotFound");

    // When
    var unused = resources.resource("orders").delete();

    // Then
    resources.awaitGone("orders");
    assertThat(operator.aws().function("orders").at("/Environment/Variables").toString())
        .isEqualTo("{\"OLD\":\"x\"}");
  }

  private String value() {
    return operator.aws().function("orders").at("/Environment/Variables/DB_PASSWORD").asText();
  }
}
