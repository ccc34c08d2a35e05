package dev.lambdaconfig.feature;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.packaged.OperatorJar;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * No value of an environment variable appears in a status, an Event, a log at any level, a metric
 * or a stack trace, even if AWS or the API server repeats it.
 */
final class RedactionIT {

  @RegisterExtension
  final OperatorExtension operator = OperatorExtension.sweepingEverySecond().startedByTest();

  private final ResourceClient resources = operator.resources();

  @TempDir Path folder = Path.of("");

  @Test
  void noValueOfAnEnvironmentVariableIsToldAnywhere() throws Exception {
    // Given: operators with the most verbose logs, in both formats
    EchoingFunctions.create(operator.aws());
    try (OperatorJar text = start("text");
        OperatorJar json = start("json")) {
      text.awaitRunning();
      json.awaitRunning();

      // When: values go to AWS, are answered, and are repeated by AWS in each way
      declare(
          "plain", "AA: " + value("manifest") + "\n    BB: \"" + Canary.WORD + " \\\"q\\\" \\n\"");
      // Letters of two bytes, of which the schema, which counts letters, lets more in than AWS
      // takes.
      declare("too-large", "AA: " + value("ü".repeat(2500)));
      declare("echoed", "AA: " + value("echoed"));
      declare("kms", "AA: " + value("kms"));
      declare("kms-read", "AA: " + value("kms-read"));
      declare("failed", "AA: " + value("failed"));
      declare("denied", "AA: " + value("denied"));
      declare("undecryptable", "AA: " + value("undecryptable"));
      declare("broken", "AA: " + value("broken"));
      declare("dead", "AA: " + value("dead"));
      declare("encoded", "AA: '" + value("encoded") + "/\"ö+&'");
      declare("cut", "AA: " + value("cut-short-somewhere"));

      // Then
      EchoingFunctions.awaitOutcomes(resources);

      // When: a value is changed behind the operator's back, and put back
      operator
          .aws()
          .changeBehindTheBack(
              "plain",
              "{\"Environment\": {\"Variables\": {\"AA\": \"%s\", \"CC\": \"%s\"}}}"
                  .formatted(value("drifted"), value("extra")));
      resources.await(
          "plain", "to be put back", resource -> resources.history("plain").size() >= 2);
      resources.awaitReady("plain");
      long pages = operator.aws().requests().count("ListFunctions");
      Awaitility.await("two rounds of each operator")
          .atMost(Duration.ofMinutes(1))
          .until(() -> operator.aws().requests().count("ListFunctions") >= pages + 4);

      // Then
      List<String> told = new ArrayList<>(Canary.reportedByTheCluster(operator));
      told.add(text.get("/metrics"));
      told.add(json.get("/metrics"));
      told.add(text.log());
      told.add(json.log());
      // Either operator may have been the first.
      assertThat(text.log() + json.log()).contains("update started", "DriftDetected");
      assertThat(text.log()).contains("environment.variables");
      assertThat(json.log()).contains("environment.variables");
      assertThat(text.log() + json.log())
          .contains(
              "{\"loggerName\":\"changes\"", "\"errorCode\":\"InvalidParameterValueException\"");
      told.forEach(Canary::requireNone);
    }
  }

  @Test
  void whatTheApiServerSaysOfARefusedStatusIsNotRepeated() throws Exception {
    // Given: an API server that refuses statuses, and repeats the resource in its message
    EchoingFunctions.create(operator.aws());
    try (StatusRefusal refusal = StatusRefusal.of(operator);
        OperatorJar text = start("text");
        OperatorJar json = start("json")) {
      requireNonNull(refusal);
      text.awaitRunning();
      json.awaitRunning();

      // When
      declare("plain", "AA: " + value("manifest"));
      for (OperatorJar jar : List.of(text, json)) {
        Awaitility.await("the refusal in the log")
            .atMost(Duration.ofSeconds(30))
            .pollInterval(Duration.ofMillis(100))
            .until(() -> jar.log().contains("status") && jar.log().contains("422"));
      }

      // Then: an update that could not be written ahead is not sent, and no value is reported
      assertThat(operator.aws().requests().updates()).isEmpty();
      Canary.reportedByTheCluster(operator).forEach(Canary::requireNone);
      Canary.requireNone(text.log());
      Canary.requireNone(json.log());
      assertThat(text.isAlive()).as(text::tail).isTrue();
    }
  }

  private OperatorJar start(String format) throws Exception {
    return operator.startJar(
        folder.resolve(format),
        Map.of("LAMBDA_CONFIG_LOG_LEVEL", "TRACE", "LAMBDA_CONFIG_LOG_FORMAT", format));
  }

  private static String value(String name) {
    return Canary.value(name);
  }

  private void declare(String name, String variables) {
    resources.apply(
        name, "functionName: " + name + "\nenvironment:\n  variables:\n    " + variables);
  }
}
