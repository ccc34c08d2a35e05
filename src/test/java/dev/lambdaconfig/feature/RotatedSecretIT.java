package dev.lambdaconfig.feature;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.UpdateRecord;
import dev.lambdaconfig.api.ValueSourceStatus;
import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.simulator.LoggedRequest;
import dev.lambdaconfig.status.Conditions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A changed Secret reaches its functions as one update each, planned from the last read. */
final class RotatedSecretIT {

  private static final String SPEC =
      """
      environment:
        variables: {LEVEL: info}
        valuesFrom:
        - {name: DB_PASSWORD, secretKeyRef: {name: db, key: password}}
        - {name: FEATURES, configMapKeyRef: {name: features, key: list, optional: true}}
      """;

  @RegisterExtension final OperatorExtension operator = OperatorExtension.sweepingHourly();

  private final ResourceClient resources = operator.resources();
  private final ValueObjects objects = new ValueObjects(operator);
  private final KnownFunction function = new KnownFunction(operator);

  @Test
  void valuesOfAllKindsAreOneEnvironment() {
    // Given
    objects.secret("db", Map.of("password", Canary.value("one"), "user", "admin"));
    objects.configMap("features", Map.of("list", "a,b"));
    operator.aws().createFunction(FunctionSeed.zip("orders"));

    // When
    resources.apply(
        "orders",
        "functionName: orders\n" + SPEC + "  envFrom: [{prefix: DB_, secretRef: {name: db}}]\n");

    // Then
    LambdaFunctionConfig ready = resources.awaitReady("orders");
    assertThat(variables("orders").properties())
        .extracting(Map.Entry::getKey, entry -> entry.getValue().asText())
        .containsExactlyInAnyOrder(
            tuple("LEVEL", "info"),
            tuple("DB_PASSWORD", Canary.value("one")),
            tuple("DB_password", Canary.value("one")),
            tuple("DB_user", "admin"),
            tuple("FEATURES", "a,b"));
    assertThat(requireNonNull(ready.getStatus()).managedFields)
        .containsExactly("environment.variables");
    assertThat(resources.history("orders"))
        .extracting(UpdateRecord::cause)
        .containsExactly("SpecChanged");
    assertThat(requireNonNull(ready.getStatus().valueSources))
        .extracting(ValueSourceStatus::kind, ValueSourceStatus::name)
        .containsExactly(tuple("Secret", "db"), tuple("ConfigMap", "features"));
    Canary.reportedByTheCluster(operator).forEach(Canary::requireNone);
  }

  @Test
  void aRotationCostsOneUpdateAndNoReadBefore() {
    // Given
    objects.secret("db", Map.of("password", Canary.value("one")));
    function.know(SPEC);
    String known = function.revision();

    // When
    objects.rotate("db", "password", Canary.value("two"));

    // Then
    resources.await(
        "orders", "to have a second update", resource -> resources.history("orders").size() == 2);
    resources.awaitReady("orders");
    List<LoggedRequest> all = operator.aws().requests().all();
    assertThat(all.getFirst().operation()).isEqualTo(KnownFunction.UPDATE);
    assertThat(all.getFirst().member("RevisionId").asText()).isEqualTo(known);
    assertThat(operator.aws().requests().updates()).hasSize(1);
    assertThat(operator.aws().requests().count(KnownFunction.READ)).isZero();
    assertThat(variables("orders").get("DB_PASSWORD").asText()).isEqualTo(Canary.value("two"));
    UpdateRecord update = resources.history("orders").getFirst();
    assertThat(update.cause()).isEqualTo("ValueChanged");
    assertThat(update.fields()).containsExactly("environment.variables");
    assertThat(resources.history("orders").get(1).sources())
        .isNotNull()
        .isNotEqualTo(update.sources());
    Canary.reportedByTheCluster(operator).forEach(Canary::requireNone);
  }

  @Test
  void aChangeOfMetadataAloneCostsNoCallAndNoStatus() {
    // Given: another resource shows when a change of before has been passed on
    objects.secret("db", Map.of("password", Canary.value("one")));
    objects.secret("other", Map.of("password", Canary.value("one")));
    function.know(SPEC);
    operator.givenInSync("mail", SPEC.replace("name: db,", "name: other,"));
    operator.aws().requests().clear();
    String before = resources.get("orders").getMetadata().getResourceVersion();

    // When
    objects.touch("db", "once");
    objects.touch("other", "once");
    objects.rotate("other", "password", Canary.value("two"));
    resources.await(
        "mail", "to have a second update", resource -> resources.history("mail").size() == 2);
    resources.awaitReady("mail");

    // Then
    assertThat(operator.aws().requests().where(call -> "orders".equals(call.functionName())))
        .isEmpty();
    assertThat(resources.get("orders").getMetadata().getResourceVersion()).isEqualTo(before);

    // When: the values change after that
    objects.rotate("db", "password", Canary.value("two"));

    // Then
    resources.await(
        "orders", "to have a second update", resource -> resources.history("orders").size() == 2);
    resources.awaitReady("orders");
    assertThat(variables("orders").get("DB_PASSWORD").asText()).isEqualTo(Canary.value("two"));
    Canary.reportedByTheCluster(operator).forEach(Canary::requireNone);
  }

  @Test
  void theChangeIsAnnouncedBeforeItIsSent() {
    // Given
    objects.secret("db", Map.of("password", Canary.value("one")));
    function.know(SPEC);
    operator.aws().faults().onUpdates().thenHoldUpdate();

    // When
    objects.rotate("db", "password", Canary.value("two"));

    // Then
    resources.awaitReason("orders", "Updating");
    ConditionAssert.assertThat(resources.condition("orders", Conditions.READY))
        .isFalse()
        .hasMessageContaining("updating environment.variables (ValueChanged)");
    ConditionAssert.assertThat(resources.condition("orders", Conditions.RECONCILING)).isTrue();
    operator.aws().settle("orders");
    resources.awaitReady("orders");
  }

  @Test
  void aValueThatSomebodyElseSetIsDrift() {
    // Given
    objects.secret("db", Map.of("password", Canary.value("one")));
    function.know(SPEC);

    // When
    operator
        .aws()
        .changeBehindTheBack(
            "orders",
            "{\"Environment\": {\"Variables\": {\"LEVEL\": \"info\", \"DB_PASSWORD\": \"%s\"}}}"
                .formatted(Canary.value("console")));
    resources.requestReconcile("orders", "now");

    // Then
    resources.await(
        "orders", "to have a second update", resource -> resources.history("orders").size() == 2);
    resources.awaitReady("orders");
    assertThat(resources.history("orders").getFirst().cause()).isEqualTo("DriftCorrected");
    assertThat(variables("orders").get("DB_PASSWORD").asText()).isEqualTo(Canary.value("one"));
    Canary.reportedByTheCluster(operator).forEach(Canary::requireNone);
  }

  @Test
  void aSpecThatRefersToNothingAnyMoreForgetsTheSources() {
    // Given
    objects.secret("db", Map.of("password", Canary.value("one")));
    function.know(SPEC);

    // When
    function.know("environment: {}");

    // Then
    assertThat(resources.status("orders").valueSources).isNull();
    assertThat(variables("orders").isEmpty()).isTrue();
  }

  private JsonNode variables(String name) {
    return operator.aws().function(name).at("/Environment/Variables");
  }
}
