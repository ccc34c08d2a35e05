package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.DriftedField;
import dev.lambdaconfig.api.IgnoredField;
import dev.lambdaconfig.api.StatusCondition;
import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.simulator.LoggedRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Fields whose drift the annotation ignores: it is reported, and left as it is. */
final class IgnoredDriftIT {

  private static final String IGNORE_DRIFT = "lambdaconfig.dev/ignore-drift";

  @RegisterExtension final OperatorExtension operator = OperatorExtension.sweepingEverySecond();

  private final ResourceClient resources = operator.resources();

  @Test
  void ignoredDriftIsReportedAndLeft() throws Exception {
    // Given
    givenIgnored("memorySize: 256", "memorySize");

    // When
    operator.aws().changeBehindTheBack("orders", "{\"MemorySize\": 1024}");

    // Then
    awaitDriftOf("memorySize");
    assertThat(said("Ready"))
        .isEqualTo(
            "True InSync: the function matches the spec; the annotation"
                + " lambdaconfig.dev/ignore-drift leaves memorySize unchanged");
    assertThat(said("Drifted"))
        .isEqualTo(
            "True DriftIgnored: differs in memorySize, which the annotation"
                + " lambdaconfig.dev/ignore-drift leaves unchanged");
    assertThat(resources.status("orders").drift)
        .containsExactly(new DriftedField("memorySize", "256", "1024"));
    assertThat(
            operator
                .scrape()
                .sum("lambdaconfig_resources", Map.of("condition", "Drifted", "status", "True")))
        .isEqualTo(1);
    assertThat(operator.scrape().sum("lambdaconfig_oldest_difference_seconds", Map.of())).isZero();

    // And nothing is sent or written from then on
    String version = resources.get("orders").getMetadata().getResourceVersion();
    operator.awaitReads(3, List.of("orders"));
    assertThat(updates()).hasSize(1);
    assertThat(resources.get("orders").getMetadata().getResourceVersion()).isEqualTo(version);
  }

  @Test
  void aChangeOfAnotherFieldDoesNotRevertIt() throws Exception {
    // Given
    givenIgnored("memorySize: 256\ntimeout: 10", "memorySize");
    operator.aws().changeBehindTheBack("orders", "{\"MemorySize\": 1024}");
    awaitDriftOf("memorySize");

    // When: also by an operator that has just started
    apply("memorySize: 256\ntimeout: 20");
    operator.stop();
    operator.start();
    apply("memorySize: 256\ntimeout: 30");

    // Then
    assertThat(updates().subList(1, updates().size()))
        .isNotEmpty()
        .allSatisfy(update -> assertThat(update.memberNames()).doesNotContain("MemorySize"));
    assertThat(operator.aws().function("orders").get("Timeout").asInt()).isEqualTo(30);
    assertThat(operator.aws().function("orders").get("MemorySize").asInt()).isEqualTo(1024);
  }

  @Test
  void aChangedValueIsSentAndThenLeftAgain() {
    // Given
    givenIgnored("memorySize: 256", "memorySize");
    operator.aws().changeBehindTheBack("orders", "{\"MemorySize\": 1024}");
    awaitDriftOf("memorySize");

    // When
    apply("memorySize: 512");

    // Then
    assertThat(updates().getLast().member("MemorySize").asInt()).isEqualTo(512);
    assertThat(resources.status("orders").ignoredDrift)
        .containsExactly(new IgnoredField("memorySize", 512, null));

    // And
    operator.aws().changeBehindTheBack("orders", "{\"MemorySize\": 2048}");
    awaitDriftOf("memorySize");
    assertThat(updates()).hasSize(2);
  }

  @Test
  void anUpdateThatWasRefusedDoesNotCountAsApplied() {
    // Given
    givenIgnored("memorySize: 256", "memorySize");
    operator.aws().changeBehindTheBack("orders", "{\"MemorySize\": 1024}");
    awaitDriftOf("memorySize");

    // When
    resources.apply("orders", "functionName: orders\nmemorySize: 512\nruntime: cobol85");
    resources.awaitStalled("orders", "InvalidParameterValueException");
    apply("memorySize: 512");

    // Then
    assertThat(operator.aws().function("orders").get("MemorySize").asInt()).isEqualTo(512);
  }

  @Test
  void anIgnoredPartOfABlockIsSentAsTheFunctionHasIt() {
    // Given
    givenIgnored(
        "loggingConfig: {logFormat: JSON, applicationLogLevel: INFO, systemLogLevel: WARN}",
        "loggingConfig.applicationLogLevel");
    operator
        .aws()
        .changeBehindTheBack(
            "orders",
            "{\"LoggingConfig\": {\"LogFormat\": \"JSON\", \"ApplicationLogLevel\": \"DEBUG\","
                + " \"SystemLogLevel\": \"WARN\"}}");
    awaitDriftOf("loggingConfig.applicationLogLevel");

    // When
    apply("loggingConfig: {logFormat: JSON, applicationLogLevel: INFO, systemLogLevel: INFO}");

    // Then
    assertThat(updates().getLast().member("LoggingConfig"))
        .hasToString(
            "{\"LogFormat\":\"JSON\",\"ApplicationLogLevel\":\"DEBUG\",\"SystemLogLevel\":\"INFO\","
                + "\"LogGroup\":\"/aws/lambda/orders\"}");
  }

  @Test
  void anIgnoredVariableKeepsItsValueWhenOthersChange() {
    // Given
    givenIgnored(
        "environment: {variables: {LOG_LEVEL: info, TABLE: orders}}",
        "environment.variables.LOG_LEVEL environment.variables.TRACE");
    operator
        .aws()
        .changeBehindTheBack(
            "orders",
            "{\"Environment\": {\"Variables\": {\"LOG_LEVEL\": \"debug\", \"TABLE\": \"orders\","
                + " \"TRACE\": \"on\"}}}");
    awaitDriftOf("environment.variables.LOG_LEVEL, environment.variables.TRACE");

    // When
    apply("environment: {variables: {LOG_LEVEL: info, TABLE: other}}");

    // Then
    assertThat(updates().getLast().member("Environment").path("Variables"))
        .hasToString("{\"LOG_LEVEL\":\"debug\",\"TABLE\":\"other\",\"TRACE\":\"on\"}");

    // And a changed value is sent, with the others as they are
    apply("environment: {variables: {LOG_LEVEL: warn, TABLE: other}}");
    assertThat(updates().getLast().member("Environment").path("Variables"))
        .hasToString("{\"LOG_LEVEL\":\"warn\",\"TABLE\":\"other\",\"TRACE\":\"on\"}");
    assertThat(resources.status("orders").ignoredDrift)
        .containsExactly(
            new IgnoredField("environment.variables.LOG_LEVEL", null, 4L),
            new IgnoredField("environment.variables.TRACE", null, 4L));
  }

  @Test
  void theAnnotationTakesEffectAtOnce() {
    // Given: a field that is reverted
    operator.givenInSync("orders", "memorySize: 256");
    operator.aws().changeBehindTheBack("orders", "{\"MemorySize\": 1024}");
    resources.await(
        "orders",
        "to have reverted the drift",
        resource -> resources.history("orders").size() == 2);
    resources.awaitReady("orders");

    // When
    resources.annotate("orders", IGNORE_DRIFT, "memorySize");
    resources.await(
        "orders",
        "to ignore the field",
        resource -> resources.status("orders").ignoredDrift != null);
    operator.aws().changeBehindTheBack("orders", "{\"MemorySize\": 1024}");

    // Then
    awaitDriftOf("memorySize");
    assertThat(updates()).hasSize(2);

    // When it goes
    resources.annotate("orders", IGNORE_DRIFT, "");

    // Then
    resources.await(
        "orders",
        "to have reverted the drift",
        resource -> resources.history("orders").size() == 3);
    assertThat(resources.awaitReady("orders").getStatus()).isNotNull();
    assertThat(resources.status("orders").ignoredDrift).isNull();
  }

  @Test
  void aMisspeltFieldIsReportedWithTheNearestOne() {
    // Given
    operator.givenInSync("orders", "memorySize: 256");

    // When
    resources.annotate("orders", IGNORE_DRIFT, "memmorySize, handler, subnetIDs, x");

    // Then
    assertThat(resources.awaitStalled("orders", "InvalidAnnotation")).isNotNull();
    assertThat(resources.condition("orders", "Stalled").message())
        .isEqualTo(
            "lambdaconfig.dev/ignore-drift names what is no setting of the spec: memmorySize (did"
                + " you mean memorySize?); subnetIDs (did you mean vpcConfig.subnetIds?); x (write"
                + " paths of settings, such as memorySize, vpcConfig.subnetIds or"
                + " environment.variables.LOG_LEVEL)");

    // When: it is corrected after the field has drifted
    operator.aws().changeBehindTheBack("orders", "{\"MemorySize\": 1024}");
    resources.annotate("orders", IGNORE_DRIFT, "memorySize,handler");

    // Then
    awaitDriftOf("memorySize");
    assertThat(updates()).hasSize(1);
  }

  @Test
  void anEndlessAnnotationIsReportedAndNotKept() {
    // Given
    operator.givenInSync("orders", "memorySize: 256");

    // When
    resources.annotate("orders", IGNORE_DRIFT, "memorySize,".repeat(10_000));

    // Then
    resources.awaitStalled("orders", "InvalidAnnotation");
    assertThat(resources.condition("orders", "Stalled").message())
        .isEqualTo(
            "lambdaconfig.dev/ignore-drift has more than 4096 characters: name whole blocks, such"
                + " as vpcConfig, in place of their fields");
  }

  /** A function in sync, of a resource that ignores the drift of some fields from the start. */
  private void givenIgnored(String settings, String fields) {
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    resources.apply("orders", "functionName: orders\nsuspend: true");
    resources.await(
        "orders",
        "to be suspended",
        resource -> resources.condition("orders", "Suspended").status().equals("True"));
    resources.annotate("orders", IGNORE_DRIFT, fields);
    apply(settings);
  }

  private void apply(String settings) {
    resources.apply("orders", "functionName: orders\n" + settings);
    resources.awaitReady("orders");
  }

  private void awaitDriftOf(String fields) {
    resources.await(
        "orders",
        "to report the drift of " + fields,
        resource ->
            resources.condition("orders", "Drifted").message().contains("in " + fields + ","));
  }

  private String said(String type) {
    StatusCondition condition = resources.condition("orders", type);
    return condition.status() + " " + condition.reason() + ": " + condition.message();
  }

  private List<LoggedRequest> updates() {
    return operator.aws().requests().updatesOf("orders");
  }
}
