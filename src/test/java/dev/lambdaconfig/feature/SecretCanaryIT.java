package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.packaged.OperatorJar;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * No value of a Secret appears in a status, an Event, a log at any level, a metric or the debug
 * state, as text or in Base64, even if AWS repeats it.
 */
final class SecretCanaryIT {

  /** What all values begin with, as the API server sends it. */
  private static final String IN_BASE64 =
      Base64.getEncoder().encodeToString(Canary.WORD.getBytes(StandardCharsets.UTF_8));

  @RegisterExtension
  final OperatorExtension operator = OperatorExtension.sweepingEverySecond().startedByTest();

  private final ResourceClient resources = operator.resources();
  private final ValueObjects objects = new ValueObjects(operator);

  @TempDir Path folder = Path.of("");

  @Test
  void noValueOfASecretIsToldAnywhere() throws Exception {
    // Given: an operator with the most verbose log
    EchoingFunctions.create(operator.aws());
    try (OperatorJar jar =
        operator.startJar(
            folder.resolve("operator"),
            Map.of("LAMBDA_CONFIG_LOG_LEVEL", "TRACE", "LAMBDA_CONFIG_DEBUG_PORT", "0"))) {
      jar.awaitRunning();

      // When: values go to AWS, are answered, and are repeated by AWS in each way
      for (String name :
          List.of("plain", "echoed", "kms", "kms-read", "failed", "denied", "undecryptable")) {
        declare(name, Canary.value(name));
      }
      declare("too-large", Canary.value("ü".repeat(2500)));
      declare("broken", Canary.value("broken"));
      declare("dead", Canary.value("dead"));
      declare("encoded", Canary.value("encoded") + "/\"ö+&");
      declare("cut", Canary.value("cut-short-somewhere"));

      // Then
      EchoingFunctions.awaitOutcomes(resources);

      // When: a Secret is rotated, annotated with its value as kubectl apply does, and recreated,
      // and AWS repeats the value of before
      objects.rotate("plain", "key", Canary.value("rotated"));
      awaitValue(Canary.value("rotated"));
      objects.touch("plain", Canary.value("annotated"));
      objects.delete("plain");
      resources.awaitStalled("plain", "ValueNotFound");
      operator
          .aws()
          .faults()
          .onUpdates()
          .of("plain")
          .always()
          .thenAnswer(
              400,
              "InvalidParameterValueException",
              "String measured: {\"AA\":\"%s\",\"BB\":\"%s\"}"
                  .formatted(Canary.value("rotated"), Canary.value("recreated")));
      objects.secret("plain", Map.of("key", Canary.value("recreated")));
      resources.awaitStalled("plain", "InvalidParameterValueException");
      objects.rotate("plain", "key", Canary.value("x".repeat(5000)));
      resources.awaitStalled("plain", "InvalidValue");

      // Then
      List<String> told = new ArrayList<>(Canary.reportedByTheCluster(operator));
      told.add(jar.get("/metrics"));
      told.add(jar.log());
      assertThat(jar.log()).contains("update started", "environment.variables");
      for (String text : told) {
        Canary.requireNone(text);
        assertThat(text.contains(IN_BASE64)).as("a value in Base64 is told").isFalse();
      }
    }
  }

  private void declare(String name, String value) {
    objects.secret(name, Map.of("key", value));
    resources.apply(
        name,
        "functionName: %s\nenvironment: {valuesFrom: [{name: AA, secretKeyRef: {name: %s, key: key}}]}"
            .formatted(name, name));
  }

  private void awaitValue(String value) {
    Awaitility.await("the rotated value")
        .atMost(ResourceClient.PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .until(
            () ->
                operator
                    .aws()
                    .function("plain")
                    .at("/Environment/Variables/AA")
                    .asText()
                    .equals(value));
  }
}
