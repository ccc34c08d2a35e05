package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.deploy.ChartRights;
import dev.lambdaconfig.packaged.OperatorJar;
import dev.lambdaconfig.simulator.FunctionSeed;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The CRD of the cluster is older than the operator, from the start or by a rollback. */
final class OlderCrdIT {

  /** The fields of the status that an older release does not have. */
  private static final Set<String> NEWER =
      Set.of("codeSha256", "lastAppliedTime", "vpcId", "history.settledRevision");

  private static final String METRIC = "lambdaconfig_status_fields_missing";

  @RegisterExtension
  final OperatorExtension operator =
      OperatorExtension.sweepingEverySecond()
          .granting(ChartRights.Feature.RESTORE)
          .startedByTest()
          .withSeparateApiServer()
          .withRestoreTimeout(Duration.ofSeconds(10));

  private final ResourceClient resources = operator.resources();

  @TempDir Path folder = Path.of("");

  @Test
  void anOperatorThatStartsUnderAnOlderDefinitionUpdatesAndSaysWhatIsMissing() throws Exception {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    serveWithout(NEWER);

    // When
    try (OperatorJar jar = operator.startJar(folder.resolve("operator"), Map.of())) {
      jar.awaitRunning();
      resources.apply("orders", "functionName: orders\ntimeout: 30");

      // Then
      resources.awaitReady("orders");
      assertThat(operator.aws().requests().updatesOf("orders")).hasSize(1);
      assertThat(resources.history("orders")).hasSize(1);
      assertThat(resources.status("orders").codeSha256).isNull();
      Events.await(operator, "SchemaOutdated");
      assertThat(Events.with(operator, "SchemaOutdated"))
          .singleElement()
          .satisfies(
              event ->
                  assertThat(event.getMessage())
                      .contains("codeSha256", "lastAppliedTime", "history[].settledRevision"));
      assertThat(jar.get("/metrics")).contains(METRIC + " 4.0");
      assertThat(jar.log()).contains("CustomResourceDefinition is older");
    }
  }

  @Test
  void aDefinitionThatIsRolledBackAndUpgradedAgainStopsNothing() throws Exception {
    // Given
    operator.start();
    operator.givenInSync("orders", "timeout: 30");
    assertThat(metrics()).contains(METRIC + " 0.0");

    // When
    serveWithout(NEWER);
    resources.apply("orders", "functionName: orders\ntimeout: 31");

    // Then
    resources.awaitReady("orders");
    assertThat(operator.aws().requests().updatesOf("orders")).hasSize(2);
    assertThat(resources.status("orders").codeSha256).isNull();
    Events.await(operator, "SchemaOutdated");

    // When
    operator.server().applyCrd(OperatorExtension.CRD);

    // Then: with the next status after the schema was read again
    int[] timeout = {40};
    Awaitility.await("the fields to come back")
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofSeconds(2))
        .until(
            () -> {
              resources.apply("orders", "functionName: orders\ntimeout: " + timeout[0]++);
              resources.awaitReady("orders");
              return resources.status("orders").codeSha256 != null;
            });
    assertThat(metrics()).contains(METRIC + " 0.0");
  }

  @Test
  void aDefinitionThatCannotKeepBaselinesHoldsUpNoDeletion() throws Exception {
    // Given: the first status with a new field has shown that the CRD lacks it
    operator.aws().createFunction(FunctionSeed.zip("orders").with("Timeout", 5));
    operator
        .aws()
        .createFunction(
            FunctionSeed.zip("payroll")
                .with("{\"Environment\": {\"Variables\": {\"AA\": \"x\"}}}"));
    operator.start();
    resources.apply("orders", "functionName: orders\ndeletionPolicy: Restore\ntimeout: 30");
    resources.awaitReady("orders");
    serveWithout(Set.of("baseline.provisional"));
    resources.apply(
        "payroll", "functionName: payroll\ndeletionPolicy: Restore\nenvironment: {variables: {}}");
    Awaitility.await("a field to be missing")
        .atMost(Duration.ofMinutes(1))
        .until(() -> metrics().contains(METRIC + " 1.0"));

    // When
    resources.resource("orders").delete();

    // Then
    resources.awaitGone("orders");
    Events.await(operator, "RestoreAbandoned");
    assertThat(operator.aws().requests().updatesOf("payroll")).isEmpty();
  }

  @Test
  void aDefinitionThatCannotKeepIgnoredDriftRevertsNone() throws Exception {
    // Given: the deployment's handler is left alone
    operator.start();
    operator.givenInSync("orders", "timeout: 30\nhandler: index.spec");
    resources.annotate("orders", "lambdaconfig.dev/ignore-drift", "handler");
    resources.await(
        "orders", "the annotation", now -> resources.status("orders").ignoredDrift != null);
    operator.aws().changeBehindTheBack("orders", "{\"Handler\": \"index.deployed\"}");

    // When
    serveWithout(Set.of("ignoredDrift"));
    resources.apply("orders", "functionName: orders\ntimeout: 31\nhandler: index.spec");
    Awaitility.await("the field to be missing")
        .atMost(Duration.ofMinutes(1))
        .until(() -> !metrics().contains(METRIC + " 0.0"));

    // Then
    Awaitility.await("no update")
        .during(Duration.ofSeconds(5))
        .atMost(Duration.ofSeconds(8))
        .until(() -> operator.aws().requests().updatesOf("orders").size() == 1);
    assertThat(operator.aws().function("orders").get("Handler").asText())
        .isEqualTo("index.deployed");
  }

  @Test
  void anOperatorWhoseHistoryCannotBeStoredDoesNotStart() throws Exception {
    // Given
    serveWithout(Set.of("history"));

    // When
    try (OperatorJar jar = operator.startJar(folder.resolve("operator"), Map.of())) {

      // Then
      assertThat(jar.exitCode(Duration.ofSeconds(90))).isEqualTo(1);
      assertThat(jar.log()).contains("its status lacks history", "crds/");
    }
  }

  private void serveWithout(Set<String> fields) throws IOException {
    OlderDefinition.serve(
        operator.server(), folder, fields.stream().map(field -> "status." + field).toList());
  }

  private String metrics() throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + operator.managementPort() + "/metrics");
      return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    }
  }
}
