package dev.lambdaconfig.feature;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdaconfig.api.UpdateRecord;
import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.status.Conditions;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Secrets that are large, odd or never quiet, and rotations at an odd moment. */
final class UnusualSecretsIT {

  private static final String SPEC =
      "functionName: orders\n"
          + "environment: {valuesFrom: [{name: PASSWORD, secretKeyRef: {name: db, key:"
          + " password}}]}\n";

  private static final String WHOLE =
      "functionName: orders\nenvironment: {envFrom: [{secretRef: {name: db}}]}\n";

  @RegisterExtension final OperatorExtension operator = OperatorExtension.sweepingHourly();

  private final ResourceClient resources = operator.resources();
  private final ValueObjects objects = new ValueObjects(operator);

  @BeforeEach
  void createFunction() {
    operator.aws().createFunction(FunctionSeed.zip("orders"));
  }

  @Test
  void anImmutableOneIsTakenUpWhenItIsReplaced() {
    // Given
    create(secret().withImmutable(true).addToStringData("password", "first").build());
    resources.apply("orders", SPEC);
    resources.awaitReady("orders");

    // When
    objects.delete("db");
    create(secret().withImmutable(true).addToStringData("password", "second").build());

    // Then
    awaitPassword("second");
    resources.awaitReady("orders");
    assertThat(operator.aws().requests().updatesOf("orders")).hasSize(2);
  }

  @Test
  void aKeyWithoutValueIsAnEmptyVariable() {
    // Given
    var unused =
        operator
            .server()
            .client()
            .raw(
                "/api/v1/namespaces/" + operator.namespace() + "/secrets",
                "POST",
                """
                {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "db"},
                 "data": {"password": null, "empty": ""}}
                """);

    // When
    resources.apply(
        "orders", SPEC.replace("]}\n", "], envFrom: [{prefix: DB_, secretRef: {name: db}}]}\n"));

    // Then
    resources.awaitReady("orders");
    assertThat(variables().toString())
        .isEqualTo("{\"DB_empty\":\"\",\"DB_password\":\"\",\"PASSWORD\":\"\"}");
  }

  @Test
  void oneOfAMegabyteGivesTheKeyThatIsNamed() {
    // Given
    create(
        secret()
            .addToStringData("password", "first\nof two lines")
            .addToStringData("large", "x".repeat(1_000_000))
            .build());

    // When
    resources.apply("orders", SPEC);

    // Then
    resources.awaitReady("orders");
    assertThat(variables().toString()).isEqualTo("{\"PASSWORD\":\"first\\nof two lines\"}");
  }

  @Test
  void asManyKeysAsFitAreVariablesAndMoreAreReported() {
    // Given
    objects.secret("db", keys(370));
    resources.apply("orders", WHOLE);
    resources.awaitReady("orders");
    assertThat(variables().size()).isEqualTo(370);

    // When
    objects.secret("db", keys(512));

    // Then
    resources.awaitStalled("orders", "InvalidValue");
    ConditionAssert.assertThat(resources.condition("orders", Conditions.STALLED))
        .hasMessageContaining("are 5633 bytes as JSON, and AWS allows at most 4096");
    assertThat(variables().size()).isEqualTo(370);
  }

  @Test
  void oneThatIsNeverQuietIsFewUpdatesAndEndsWithItsLastValue() throws Exception {
    // Given
    objects.secret("db", Map.of("password", "first"));
    resources.apply("orders", SPEC);
    resources.awaitReady("orders");
    AtomicInteger rotations = new AtomicInteger();
    operator.aws().requests().clear();

    // When
    try (ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor()) {
      var unused =
          writer.scheduleWithFixedDelay(
              () -> objects.rotate("db", "password", "rotated-" + rotations.incrementAndGet()),
              0,
              100,
              TimeUnit.MILLISECONDS);
      Awaitility.await("an update although the writer goes on")
          .atMost(Fleet.PATIENCE)
          .until(() -> !operator.aws().requests().updatesOf("orders").isEmpty());
      writer.shutdown();
    }

    // Then
    awaitPassword("rotated-" + rotations.get());
    resources.awaitReady("orders");
    assertThat(rotations).hasValueGreaterThan(10);
    assertThat(operator.aws().requests().updatesOf("orders")).hasSizeLessThanOrEqualTo(3);
  }

  @Test
  void aRotationWhileAnUpdateRunsIsAnUpdateAfterIt() {
    // Given
    objects.secret("db", Map.of("password", "first"));
    resources.apply("orders", SPEC);
    resources.awaitReady("orders");
    operator.aws().faults().onUpdates().times(1).thenHoldUpdate();
    objects.rotate("db", "password", "second");
    resources.awaitReason("orders", "UpdateInProgress");

    // When
    objects.rotate("db", "password", "third");
    operator.aws().settle("orders");

    // Then
    awaitPassword("third");
    resources.await(
        "orders",
        "to be Ready with the third value",
        resource ->
            resources.condition("orders", Conditions.READY).status().equals("True")
                && resources.history("orders").size() == 3);
    assertThat(resources.history("orders"))
        .extracting(UpdateRecord::outcome)
        .containsOnly("Succeeded");
  }

  @Test
  void aRotationUnderObserveIsReportedAndLeft() {
    // Given
    objects.secret("db", Map.of("password", "first"));
    resources.apply("orders", SPEC);
    resources.awaitReady("orders");
    resources.apply("orders", SPEC + "mode: Observe");
    resources.awaitReason("orders", "Observed");

    // When
    objects.rotate("db", "password", "second");

    // Then
    resources.await(
        "orders", "to report the drift", resource -> resources.status("orders").drift != null);
    assertThat(requireNonNull(resources.status("orders").drift))
        .extracting(drift -> drift.path() + " " + drift.desired())
        .containsExactly("environment.variables.PASSWORD differs");
    assertThat(password()).isEqualTo("first");
    assertThat(operator.aws().requests().updatesOf("orders")).hasSize(1);
  }

  @Test
  void aRotationDuringASuspensionReachesTheFunctionAfterIt() {
    // Given
    objects.secret("db", Map.of("password", "first"));
    resources.apply("orders", SPEC);
    resources.awaitReady("orders");
    resources.apply("orders", SPEC + "suspend: true");
    resources.await(
        "orders",
        "to be suspended",
        resource -> resources.condition("orders", Conditions.SUSPENDED).status().equals("True"));

    // When
    objects.rotate("db", "password", "second");
    resources.apply("orders", SPEC);

    // Then
    awaitPassword("second");
    resources.awaitReady("orders");
    assertThat(operator.aws().requests().updatesOf("orders")).hasSize(2);
  }

  private SecretBuilder secret() {
    return new SecretBuilder()
        .withNewMetadata()
        .withName("db")
        .withNamespace(operator.namespace())
        .endMetadata();
  }

  private void create(Secret secret) {
    var unused = operator.server().client().resource(secret).create();
  }

  private static Map<String, String> keys(int count) {
    Map<String, String> keys = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      keys.put("K%03d".formatted(i), "x");
    }
    return keys;
  }

  private void awaitPassword(String value) {
    Awaitility.await("the function with " + value)
        .atMost(ResourceClient.PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(() -> assertThat(password()).isEqualTo(value));
  }

  private String password() {
    return variables().path("PASSWORD").asText();
  }

  private JsonNode variables() {
    return operator.aws().function("orders").at("/Environment/Variables");
  }
}
