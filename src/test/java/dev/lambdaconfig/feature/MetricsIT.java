package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.ops.metrics.MetricsFixture;
import dev.lambdaconfig.ops.metrics.Scrape;
import dev.lambdaconfig.simulator.FunctionSeed;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The metrics of a running operator, which contain no names of resources and no values. */
final class MetricsIT {

  private static final String CANARY = "canary-4711";

  /** Words of this operator and of AWS's API, and Regions. */
  private static final Set<String> LABELS =
      Set.of(
          "operation",
          "region",
          "outcome",
          "bucket",
          "priority",
          "condition",
          "status",
          "reason",
          "cause",
          "le");

  @RegisterExtension final OperatorExtension operator = OperatorExtension.sweepingEverySecond();

  private final ResourceClient resources = operator.resources();

  private String text = "";

  private Scrape scrape() throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + operator.managementPort() + "/metrics");
      HttpResponse<String> response =
          http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
      assertThat(response.headers().firstValue("Content-Type").orElse(""))
          .startsWith("text/plain; version=0.0.4");
      text = response.body();
      return Scrape.of(text);
    }
  }

  private static void await(ThrowingRunnable assertion) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(assertion);
  }

  private void create(String... names) {
    for (String name : names) {
      operator.aws().createFunction(FunctionSeed.zip(name));
    }
  }

  /** Causes an event of each kind that the metrics count. */
  private void aFewThingsHappen() {
    create("orders-fn", "mail-fn", "reports-fn");
    resources.apply(
        "orders-cr",
        "functionName: orders-fn\ntimeout: 30\nenvironment: {variables: {TOKEN: %s}}"
            .formatted(CANARY));
    resources.apply("mail-cr", "functionName: mail-fn\ntimeout: 30");
    resources.apply("reports-cr", "functionName: reports-fn\nruntime: cobol85");
    resources.awaitReady("orders-cr");
    resources.awaitReady("mail-cr");
    resources.awaitStalled("reports-cr", "InvalidParameterValueException");
    operator.aws().changeBehindTheBack("mail-fn", "{\"Timeout\": 5}");
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> operator.aws().function("mail-fn").get("Timeout").asInt() == 30);
    resources.awaitReady("mail-cr");
  }

  @Test
  void updatesAreCountedByCauseAndOutcome() {
    // When
    aFewThingsHappen();

    // Then
    await(
        () -> {
          Scrape scrape = scrape();
          assertThat(updates(scrape, "SpecChanged", "Succeeded")).isEqualTo(2);
          assertThat(updates(scrape, "SpecChanged", "Refused")).isEqualTo(1);
          assertThat(updates(scrape, "DriftCorrected", "Succeeded")).isEqualTo(1);
          assertThat(scrape.sum("lambdaconfig_updates_total", Map.of())).isEqualTo(4);
          assertThat(scrape.sum("lambdaconfig_drift_seconds_count", Map.of())).isEqualTo(1);
          assertThat(scrape.sum("lambdaconfig_plans_total", Map.of("outcome", "Update")))
              .isEqualTo(4);
        });
  }

  @Test
  void anUpdateThatCannotBeCarriedOutHasFailed() {
    // Given
    create("orders-fn");
    operator
        .aws()
        .faults()
        .onUpdates()
        .of("orders-fn")
        .times(1)
        .thenFailUpdate("The subnet was deleted", "InvalidSubnet");

    // When
    resources.apply("orders-cr", "functionName: orders-fn\ntimeout: 30");
    resources.awaitStalled("orders-cr", "InvalidSubnet");

    // Then
    await(
        () -> {
          Scrape scrape = scrape();
          assertThat(updates(scrape, "SpecChanged", "Failed")).isEqualTo(1);
          assertThat(
                  scrape.sum("lambdaconfig_resources_stalled", Map.of("reason", "InvalidSubnet")))
              .isEqualTo(1);
        });
  }

  @Test
  void resourcesAreCountedByTheirConditions() {
    // When
    aFewThingsHappen();

    // Then
    await(
        () -> {
          Scrape scrape = scrape();
          assertThat(resources(scrape, "Ready", "True")).isEqualTo(2);
          assertThat(resources(scrape, "Ready", "False")).isEqualTo(1);
          assertThat(resources(scrape, "Stalled", "True")).isEqualTo(1);
          assertThat(resources(scrape, "Stalled", "False")).isEqualTo(2);
          assertThat(resources(scrape, "Drifted", "False")).isEqualTo(2);
          assertThat(
                  scrape.sum(
                      "lambdaconfig_resources_stalled",
                      Map.of("reason", "InvalidParameterValueException")))
              .isEqualTo(1);
          assertThat(scrape.sum("lambdaconfig_leader", Map.of())).isEqualTo(1);
        });
  }

  @Test
  void callsToAwsAreThoseThatAwsGot() throws Exception {
    // Given
    aFewThingsHappen();

    // When
    int updates = operator.aws().requests().updates().size();

    // Then
    Map<String, String> update = Map.of("operation", "UpdateFunctionConfiguration");
    assertThat(scrape().sum("lambdaconfig_aws_requests_seconds_count", update)).isEqualTo(updates);
    assertThat(
            scrape()
                .sum(
                    "lambdaconfig_aws_requests_seconds_count",
                    Map.of(
                        "operation", "UpdateFunctionConfiguration",
                        "region", "eu-west-1",
                        "outcome", "Refused")))
        .isEqualTo(1);
    // The rate limiter has granted each call.
    assertThat(
            scrape()
                .sum(
                    "lambdaconfig_budget_wait_seconds_count",
                    Map.of("bucket", "control", "priority", "write")))
        .isEqualTo(updates);
  }

  @Test
  void throttledCallsAreReported() {
    // Given
    create("orders-fn");
    operator
        .aws()
        .faults()
        .onReads()
        .of("orders-fn")
        .times(2)
        .thenAnswer(429, "TooManyRequestsException", "Rate exceeded");

    // When
    resources.apply("orders-cr", "functionName: orders-fn\ntimeout: 30");
    resources.awaitReady("orders-cr");

    // Then
    await(
        () ->
            assertThat(
                    scrape()
                        .sum(
                            "lambdaconfig_aws_requests_seconds_count",
                            Map.of("outcome", "Throttled")))
                .isEqualTo(2));
  }

  @Test
  void labelsAreBoundedAndNameNobody() {
    // Given
    aFewThingsHappen();

    // Then
    await(() -> assertThat(scrape().all("lambdaconfig_sweep_functions")).isNotEmpty());
    Scrape scrape = Scrape.of(text);
    Set<String> labels =
        scrape.samples().stream()
            .filter(sample -> sample.name().startsWith("lambdaconfig_"))
            .flatMap(sample -> sample.labels().keySet().stream())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(LABELS).containsAll(labels);
    Stream.of(
            CANARY,
            "TOKEN",
            "orders-fn",
            "mail-cr",
            "cobol85",
            operator.namespace(),
            "123456789012",
            "arn:aws")
        .forEach(secret -> assertThat(text).doesNotContain(secret));
  }

  @Test
  void everyFamilyIsThereOnceSomethingOfItHappened(@TempDir Path folder) throws Exception {
    // Given
    Path policy = Files.writeString(folder.resolve("policy.yaml"), "rules: [{namespaces: ['*']}]");
    operator.stop();
    operator.start(operator.options().withPolicyFile(policy));
    aFewThingsHappen();

    create("broken-fn");
    operator
        .aws()
        .faults()
        .onReads()
        .of("broken-fn")
        .always()
        .thenAnswer(500, "ServiceException", "An error occurred");
    resources.apply("broken-cr", "functionName: broken-fn\ntimeout: 30");

    // Then
    Set<String> expected = new TreeSet<>(MetricsFixture.ofEverything().scrape().ownFamilies());
    // No resource has an identity of its own, for which STS would be called.
    assertThat(expected.removeIf(family -> family.startsWith("lambdaconfig_sts_requests_seconds")))
        .isTrue();
    await(() -> assertThat(scrape().ownFamilies()).containsAll(expected));
  }

  @Test
  void whatIsGoneIsNotCountedAnyMore() {
    // Given
    aFewThingsHappen();

    // When
    resources.resource("reports-cr").delete();
    resources.awaitGone("reports-cr");

    // Then
    await(
        () -> {
          Scrape scrape = scrape();
          assertThat(resources(scrape, "Stalled", "True")).isZero();
          assertThat(scrape.all("lambdaconfig_resources_stalled")).isEmpty();
        });
  }

  private static double updates(Scrape scrape, String cause, String outcome) {
    return scrape.sum("lambdaconfig_updates_total", Map.of("cause", cause, "outcome", outcome));
  }

  private static double resources(Scrape scrape, String condition, String status) {
    return scrape.sum("lambdaconfig_resources", Map.of("condition", condition, "status", status));
  }
}
