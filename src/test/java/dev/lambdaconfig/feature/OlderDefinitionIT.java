package dev.lambdaconfig.feature;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.packaged.OperatorJar;
import dev.lambdaconfig.simulator.FunctionSeed;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The CustomResourceDefinition is of an older release, from the start or by a rollback. */
final class OlderDefinitionIT {

  /** As of a release that did not have these fields yet. */
  private static final Set<String> NEWER =
      Set.of("codeSha256", "lastAppliedTime", "vpcId", "history.settledRevision");

  private static final String METRIC = "lambdaconfig_status_fields_missing";

  @RegisterExtension
  final Stage stage = Stage.withoutOperator().onItsOwnServer().restoringFor(Duration.ofSeconds(10));

  @TempDir Path folder = Path.of("");

  @Test
  void anOperatorThatStartsUnderAnOlderDefinitionUpdatesAndSaysWhatIsMissing() throws Exception {
    // Given
    stage.aws().createFunction(FunctionSeed.zip("orders"));
    serveWithout(NEWER);

    // When
    try (OperatorJar operator = stage.startJar(folder.resolve("operator"), Map.of())) {
      operator.awaitRunning();
      stage.apply("orders", "functionName: orders\ntimeout: 30");

      // Then
      stage.awaitReady("orders");
      assertThat(stage.aws().requests().updatesOf("orders")).hasSize(1);
      assertThat(stage.history("orders")).hasSize(1);
      assertThat(stage.status("orders").codeSha256).isNull();
      Events.await(stage, "SchemaOutdated");
      assertThat(Events.with(stage, "SchemaOutdated"))
          .singleElement()
          .satisfies(
              event ->
                  assertThat(event.getMessage())
                      .contains("codeSha256", "lastAppliedTime", "history[].settledRevision"));
      assertThat(operator.get("/metrics")).contains(METRIC + " 4.0");
      assertThat(operator.log()).contains("CustomResourceDefinition is older");
    }
  }

  @Test
  void aDefinitionThatIsRolledBackAndUpgradedAgainStopsNothing() throws Exception {
    // Given
    stage.aws().createFunction(FunctionSeed.zip("orders"));
    stage.startOperator();
    stage.apply("orders", "functionName: orders\ntimeout: 30");
    stage.awaitReady("orders");
    assertThat(metrics()).contains(METRIC + " 0.0");

    // When
    serveWithout(NEWER);
    stage.apply("orders", "functionName: orders\ntimeout: 31");

    // Then
    stage.awaitReady("orders");
    assertThat(stage.aws().requests().updatesOf("orders")).hasSize(2);
    assertThat(stage.status("orders").codeSha256).isNull();
    Events.await(stage, "SchemaOutdated");

    // When
    stage.server().applyCrd(Stage.CRD);

    // Then: with the next status that is written after somebody has looked again
    int[] timeout = {40};
    Awaitility.await("the fields to come back")
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofSeconds(2))
        .until(
            () -> {
              stage.apply("orders", "functionName: orders\ntimeout: " + timeout[0]++);
              stage.awaitReady("orders");
              return stage.status("orders").codeSha256 != null;
            });
    assertThat(metrics()).contains(METRIC + " 0.0");
  }

  @Test
  void aDefinitionThatCannotKeepBaselinesHoldsUpNoDeletion() throws Exception {
    // Given: it is known to lack a field, by the first status that has it
    stage.aws().createFunction(FunctionSeed.zip("orders").with("Timeout", 5));
    stage
        .aws()
        .createFunction(
            FunctionSeed.zip("payroll")
                .with("{\"Environment\": {\"Variables\": {\"AA\": \"x\"}}}"));
    stage.startOperator();
    stage.apply("orders", "functionName: orders\ndeletionPolicy: Restore\ntimeout: 30");
    stage.awaitReady("orders");
    serveWithout(Set.of("baseline.provisional"));
    stage.apply(
        "payroll", "functionName: payroll\ndeletionPolicy: Restore\nenvironment: {variables: {}}");
    Awaitility.await("a field to be missing")
        .atMost(Duration.ofMinutes(1))
        .until(() -> metrics().contains(METRIC + " 1.0"));

    // When
    stage.resource("orders").delete();

    // Then
    stage.awaitGone("orders");
    Events.await(stage, "RestoreAbandoned");
    assertThat(stage.aws().requests().updatesOf("payroll")).isEmpty();
  }

  @Test
  void anOperatorWhoseHistoryCannotBeStoredDoesNotStart() throws Exception {
    // Given
    serveWithout(Set.of("history"));

    // When
    try (OperatorJar operator = stage.startJar(folder.resolve("operator"), Map.of())) {

      // Then
      assertThat(operator.exitCode(Duration.ofSeconds(90))).isEqualTo(1);
      assertThat(operator.log()).contains("its status lacks history", "crds/");
    }
  }

  private void serveWithout(Set<String> fields) throws IOException {
    CustomResourceDefinition older =
        Serialization.unmarshal(Files.readString(Stage.CRD), CustomResourceDefinition.class);
    Map<String, JSONSchemaProps> status =
        requireNonNull(
                older
                    .getSpec()
                    .getVersions()
                    .getFirst()
                    .getSchema()
                    .getOpenAPIV3Schema()
                    .getProperties()
                    .get("status"))
            .getProperties();
    for (String field : fields) {
      String[] path = field.split("\\.", -1);
      if (path.length == 1) {
        status.remove(field);
      } else {
        requireNonNull(status.get(path[0])).getItems().getSchema().getProperties().remove(path[1]);
      }
    }
    Path file = folder.resolve("older.yaml");
    Files.writeString(file, Serialization.asYaml(older));
    stage.server().applyCrd(file);
    Awaitility.await("the older definition to be served")
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> {
              String document =
                  stage.server().client().raw("/openapi/v3/apis/lambdaconfig.dev/v1alpha1");
              return document != null
                  && fields.stream()
                      .map(field -> field.substring(field.indexOf('.') + 1))
                      .noneMatch(field -> document.contains("\"" + field + "\":"));
            });
  }

  private String metrics() throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + stage.managementPort() + "/metrics");
      return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    }
  }
}
