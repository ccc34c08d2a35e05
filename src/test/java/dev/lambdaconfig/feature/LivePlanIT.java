package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdaconfig.packaged.PlanJar;
import dev.lambdaconfig.simulator.FunctionSeed;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The packaged {@code plan} with a cluster: values of its Secrets, and its own resources. */
final class LivePlanIT {

  private static final String FROM_DB =
      "environment: {valuesFrom: [{name: PASSWORD, secretKeyRef: {name: db, key: password}}]}";

  @RegisterExtension
  final OperatorExtension operator = OperatorExtension.sweepingHourly().startedByTest();

  private final ResourceClient resources = operator.resources();
  private final ValueObjects values = new ValueObjects(operator);

  @TempDir private Path folder = Path.of("");

  private PlanJar.Result plan(Path kubeconfig, String... arguments) throws Exception {
    List<String> all =
        new ArrayList<>(List.of("--kubeconfig=" + kubeconfig, "--quiet", "--color=never"));
    all.addAll(List.of(arguments));
    return PlanJar.of(folder, operator.aws().endpoint()).plan(all.toArray(String[]::new));
  }

  private Path admin() {
    return operator.server().kubeconfig();
  }

  private String live() {
    return "--namespace=" + operator.namespace();
  }

  /** A name that no other test has, because the resources of all namespaces have claims. */
  private String function(String name) {
    return operator.namespace() + "-" + name;
  }

  private String manifest(String name, String spec) throws Exception {
    return Files.writeString(
            folder.resolve(name + ".yaml"),
            """
            apiVersion: lambdaconfig.dev/v1alpha1
            kind: LambdaFunctionConfig
            metadata: {name: %s, namespace: %s}
            spec: {functionName: %s, %s}
            """
                .formatted(name, operator.namespace(), name, spec))
        .toString();
  }

  private void givenFunction(String name, String password) {
    operator
        .aws()
        .createFunction(
            FunctionSeed.zip(name)
                .with("Environment", Map.of("Variables", Map.of("PASSWORD", password))));
  }

  @Test
  void aValueOfASecretOfTheClusterIsComparedAndNotShown() throws Exception {
    // Given
    givenFunction("same", "c4n4ry");
    givenFunction("other", "0ther-c4n4ry");
    values.secret("db", Map.of("password", "c4n4ry"));

    // When
    PlanJar.Result result =
        plan(admin(), "-f", manifest("same", FROM_DB), "-f", manifest("other", FROM_DB));

    // Then
    assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
    assertThat(result.out())
        .contains(
            "update other in eu-west-1",
            "~ environment.variables.PASSWORD: differs",
            "1 to update, 1 unchanged, 0 errors")
        .doesNotContain("c4n4ry", "not compared");
  }

  @Test
  void aSecretThatDoesNotExistIsAnErrorAsTheOperatorReportsIt() throws Exception {
    // Given
    givenFunction("orders", "x");

    // When
    PlanJar.Result result = plan(admin(), "-f", manifest("orders", FROM_DB));

    // Then
    assertThat(result.exitCode()).isOne();
    assertThat(result.out()).contains("! ValueNotFound: Secret db does not exist: create it");
  }

  @Test
  void withoutRightsToASecretItsValueIsNotCompared() throws Exception {
    // Given
    givenFunction("orders", "x");
    values.secret("db", Map.of("password", "c4n4ry"));
    Rights rights = new Rights(operator, "planner");

    // When
    PlanJar.Result result = plan(rights.kubeconfig(), "-f", manifest("orders", FROM_DB));

    // Then
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out())
        .contains(
            "? environment.variables.PASSWORD: not compared (from Secret db/password: RBAC does not"
                + " allow you to get it in the namespace "
                + operator.namespace()
                + ")");
  }

  @Test
  void theResourcesOfTheClusterArePlannedInsteadOfFiles() throws Exception {
    // Given
    operator.aws().createFunction(FunctionSeed.zip(function("orders")));
    operator.aws().createFunction(FunctionSeed.zip(function("mail")));
    resources.apply("orders", "functionName: " + function("orders") + "\ntimeout: 30");
    resources.apply("mail", "functionName: " + function("mail") + "\ntimeout: 3");

    // When
    PlanJar.Result result = plan(admin(), "--live", live(), "-o", "json");

    // Then
    assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
    JsonNode functions = result.json().path("functions");
    assertThat(functions).hasSize(2);
    assertThat(functions.at("/0/name").asText()).isEqualTo("mail");
    assertThat(functions.at("/0/action").asText()).isEqualTo("none");
    assertThat(functions.at("/1/action").asText()).isEqualTo("update");
    assertThat(functions.at("/1/request/Timeout").asInt()).isEqualTo(30);
    assertThat(functions.at("/1").has("file")).isFalse();
    assertThat(functions.at("/1").has("line")).isFalse();
    assertThat(operator.aws().requests().updates()).isEmpty();
  }

  @Test
  void theOlderOfTwoOwnersIsTheOneThatUpdates() throws Exception {
    // Given
    operator.aws().createFunction(FunctionSeed.zip(function("orders")));
    resources.apply("z-older", "functionName: " + function("orders") + "\ntimeout: 30");
    resources.awaitNextSecond();
    resources.apply("a-younger", "functionName: " + function("orders") + "\ntimeout: 60");

    // When
    PlanJar.Result result = plan(admin(), "--live", live(), "-o", "json");

    // Then
    assertThat(result.exitCode()).isOne();
    JsonNode functions = result.json().path("functions");
    assertThat(functions.at("/0/error/reason").asText()).isEqualTo("Conflict");
    assertThat(functions.at("/1/request/Timeout").asInt()).isEqualTo(30);
  }

  @Test
  void anOlderOwnerInAnotherNamespaceIsKnown() throws Exception {
    // Given
    operator.aws().createFunction(FunctionSeed.zip(function("orders")));
    resources.apply("older", "functionName: " + function("orders") + "\ntimeout: 30");
    resources.awaitNextSecond();
    String elsewhere = operator.namespace() + "-b";
    operator
        .server()
        .client()
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(elsewhere).endMetadata().build())
        .create();
    new ResourceClient(operator::server, () -> elsewhere)
        .apply("younger", "functionName: " + function("orders") + "\ntimeout: 60");
    Rights rights = new Rights(operator, "planner");
    rights.grantForResourcesIn(elsewhere, "rbac.yaml");

    // When
    PlanJar.Result all = plan(admin(), "--live", "--namespace=" + elsewhere);
    PlanJar.Result restricted = plan(rights.kubeconfig(), "--live", "--namespace=" + elsewhere);

    // Then
    assertThat(all.exitCode()).as(all.err()).isOne();
    assertThat(all.out()).contains("! Conflict: ", "/older ", "0 to update, 0 unchanged, 1 error");
    assertThat(restricted.exitCode()).as(restricted.err()).isEqualTo(2);
    assertThat(restricted.err()).contains("RBAC allows to list the resources of --namespace only");
  }

  @Test
  void whoMayNotListResourcesIsToldWhichRightIsMissing() throws Exception {
    // Given
    Rights rights = new Rights(operator, "planner");

    // When
    PlanJar.Result result = plan(rights.kubeconfig(), "--live", live());

    // Then
    assertThat(result.exitCode()).isOne();
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("error: RBAC does not allow it", "get and list");
  }

  @Test
  void aClusterThatDoesNotAnswerIsAnError() throws Exception {
    // Given
    givenFunction("orders", "x");
    Path gone =
        Files.writeString(
            folder.resolve("gone.kubeconfig"),
            Files.readString(admin()).replaceAll("server: .*", "server: https://127.0.0.1:1"));

    // When
    PlanJar.Result result = plan(gone, "-f", manifest("orders", FROM_DB));

    // Then
    assertThat(result.exitCode()).isOne();
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("error: the API server did not answer", "127.0.0.1:1");
  }
}
