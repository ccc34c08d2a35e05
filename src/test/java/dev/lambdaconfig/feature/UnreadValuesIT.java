package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.deploy.ChartRights;
import dev.lambdaconfig.simulator.FunctionSeed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A resource that may not act has none of its Secrets read or watched. */
final class UnreadValuesIT {

  private static final String SPEC =
      """
      environment:
        valuesFrom:
          - {name: PASSWORD, secretKeyRef: {name: db, key: password}}
      """;

  private static final String POLICY =
      """
      rules:
        - namespaces: ["%s"]
          roles: ["arn:aws:iam::123456789012:role/ours"]
      """;

  /** What holds a resource back. */
  private enum Obstacle {
    SUSPENDED("suspend: true", "Suspended", "Suspended"),
    MISSPELT_ANNOTATION("", "Stalled", "InvalidAnnotation"),
    FORBIDDEN("role: arn:aws:iam::123456789012:role/theirs", "Stalled", "Forbidden"),
    MISSING_IDENTITY("serviceAccountName: missing", "Stalled", "ServiceAccountNotFound");

    private final String spec;
    private final String condition;
    private final String reason;

    Obstacle(String spec, String condition, String reason) {
      this.spec = spec;
      this.condition = condition;
      this.reason = reason;
    }
  }

  @RegisterExtension
  final OperatorExtension operator =
      OperatorExtension.sweepingEverySecond()
          .granting(ChartRights.Feature.IDENTITY)
          .startedByTest();

  private final ResourceClient resources = operator.resources();
  private final ValueObjects objects = new ValueObjects(operator);
  private final ValueReads reads = new ValueReads();

  @TempDir Path directory = Path.of("");

  private void start() throws Exception {
    Path policy = directory.resolve("policy.yaml");
    Files.writeString(policy, POLICY.formatted(operator.namespace()));
    operator.start(
        setup ->
            setup
                .withOptions(operator.options().withPolicyFile(policy).withDebugPort())
                .withInterceptor(reads));
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    objects.secret("db", Map.of("password", "first"));
  }

  @ParameterizedTest
  @EnumSource
  void aResourceThatIsHeldBackFromTheStart(Obstacle obstacle) throws Exception {
    // Given
    start();

    // When
    applyHeldBack(obstacle);

    // Then
    assertThat(reads.names()).doesNotContain("db");
    assertThat(DebugSizes.of(operator))
        .containsEntry("SourceIndex.entries", 0L)
        .containsEntry("SourceWatches.open", 0L);
    assertThat(operator.aws().requests().updates()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aResourceThatIsHeldBackFromNowOn(Obstacle obstacle) throws Exception {
    // Given
    start();
    resources.apply("orders", "functionName: orders\n" + SPEC);
    resources.awaitReady("orders");
    assertThat(reads.names()).contains("db");

    // When
    applyHeldBack(obstacle);
    reads.clear();
    objects.rotate("db", "password", "second");
    resources.requestReconcile("orders", "now");
    awaitSettledState();

    // Then
    assertThat(reads.names()).doesNotContain("db");
    assertThat(operator.aws().requests().updatesOf("orders")).hasSize(1);
  }

  @Test
  void oneThatIsNotHeldBackAnyMoreGetsTheValueOfNow() throws Exception {
    // Given
    start();
    applyHeldBack(Obstacle.FORBIDDEN);
    objects.rotate("db", "password", "second");

    // When
    resources.apply("orders", "functionName: orders\n" + SPEC);

    // Then
    resources.awaitReady("orders");
    assertThat(operator.aws().function("orders").at("/Environment/Variables/PASSWORD").asText())
        .isEqualTo("second");
  }

  private void applyHeldBack(Obstacle obstacle) {
    if (obstacle == Obstacle.MISSPELT_ANNOTATION) {
      resources.apply("orders", "functionName: orders\nsuspend: true\n" + SPEC);
      resources.annotate("orders", "lambdaconfig.dev/ignore-drift", "memmorySize");
    }
    resources.apply("orders", "functionName: orders\n" + SPEC + obstacle.spec);
    resources.await(
        "orders",
        "to be held back",
        resource ->
            resources.condition("orders", obstacle.condition).reason().equals(obstacle.reason));
  }

  private void awaitSettledState() {
    Awaitility.await()
        .atMost(Fleet.PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(
            () ->
                assertThat(DebugSizes.of(operator))
                    .containsEntry("SourceIndex.entries", 0L)
                    .containsEntry("SourceWatches.open", 0L)
                    .containsEntry("ChangeDebounce.pending", 0L));
  }
}
