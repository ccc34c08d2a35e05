package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.BaselineField;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.deploy.ChartRights;
import dev.lambdaconfig.simulator.FunctionSeed;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Baselines that version 0.1 kept in the namespaces of their resources are moved. */
final class BaselineMigrationIT {

  private static final String SPEC =
      "functionName: orders\ndeletionPolicy: Restore\nenvironment: {variables: {AA: after}}\n";

  @RegisterExtension
  final OperatorExtension operator =
      OperatorExtension.sweepingEverySecond()
          .granting(ChartRights.Feature.MIGRATION)
          .startedByTest()
          .withRestoreTimeout(Duration.ofSeconds(20));

  private final ResourceClient resources = operator.resources();

  @Test
  void whatWasKeptThereIsMovedAndRestored() throws Exception {
    // Given
    LambdaFunctionConfig resource = keptByTheFormerVersion();

    // When
    operator.start();

    // Then
    awaitSecretName(resource, "lambda-config-baseline-" + uid(resource));
    assertThat(secrets(operator.namespace())).doesNotContain(formerName(resource));
    assertThat(secrets(operator.operatorNamespace()))
        .contains("lambda-config-baseline-" + uid(resource));

    // And when
    resources.resource("orders").delete();

    // Then
    resources.awaitGone("orders");
    assertThat(environment()).isEqualTo("{\"AA\":\"before\"}");
  }

  @Test
  void withoutTheRightItIsSaidAndEverythingElseGoesOn() throws Exception {
    // Given
    LambdaFunctionConfig resource = keptByTheFormerVersion();
    Rights rights = new Rights(operator, "operator");
    rights.grant("rbac.yaml");
    rights.grant("restore-rbac.yaml");

    // When
    operator.start(setup -> setup.withKubeconfig(rights.kubeconfig()));
    resources.apply("orders", SPEC + "timeout: 31");

    // Then: no new baseline replaces the one that cannot be read
    resources.awaitReady("orders");
    Events.await(operator, "orders", "BaselineNotMoved");
    assertThat(operator.aws().function("orders").path("Timeout").asInt()).isEqualTo(31);
    awaitSecretName(resource, formerName(resource));
    assertThat(secrets(operator.operatorNamespace())).noneMatch(name -> name.contains("baseline"));

    // And when: the environment is changed by an update, and the right is granted
    resources.apply("orders", SPEC.replace("after", "changed"));
    resources.awaitReady("orders");
    rights.grant("restore-migration-rbac.yaml");
    resources.resource("orders").delete();

    // Then
    resources.awaitGone("orders");
    assertThat(environment()).isEqualTo("{\"AA\":\"before\"}");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aNameThatSomebodyWroteIntoTheStatusMakesTheOperatorReadNoOtherSecret(boolean formerName)
      throws Exception {
    // Given: Secrets that are not of the baseline, by name or by owner
    operator.aws().createFunction(FunctionSeed.zip("orders").with(environment("after")));
    LambdaFunctionConfig resource = resources.apply("orders", SPEC);
    hold();
    create("db-password", uid(resource), "stolen");
    create(formerName(resource), "00000000-0000-0000-0000-000000000000", "stolen");
    tell(formerName ? formerName(resource) : "db-password");

    // When
    operator.start();
    resources.awaitReady("orders");
    resources.resource("orders").delete();

    // Then
    resources.awaitGone("orders");
    Events.await(operator, "orders", "RestoreAbandoned");
    assertThat(environment()).isEqualTo("{\"AA\":\"after\"}");
    assertThat(secrets(operator.namespace())).contains("db-password");
  }

  private LambdaFunctionConfig keptByTheFormerVersion() {
    operator.aws().createFunction(FunctionSeed.zip("orders").with(environment("after")));
    LambdaFunctionConfig resource = resources.apply("orders", SPEC);
    hold();
    create(formerName(resource), uid(resource), "before");
    tell(formerName(resource));
    return resource;
  }

  private void hold() {
    resources
        .resource("orders")
        .edit(
            resource -> {
              resource.getMetadata().setFinalizers(List.of("lambdaconfig.dev/restore"));
              return resource;
            });
  }

  private void tell(String secretName) {
    resources
        .resource("orders")
        .editStatus(
            resource -> {
              LambdaFunctionConfigStatus status = new LambdaFunctionConfigStatus();
              status.observedGeneration = 1L;
              status.baseline =
                  List.of(new BaselineField("environment.variables", null, secretName));
              resource.setStatus(status);
              return resource;
            });
  }

  private void create(String name, String owner, String value) {
    client()
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(operator.namespace())
                .addToOwnerReferences(
                    new OwnerReferenceBuilder()
                        .withApiVersion("lambdaconfig.dev/v1alpha1")
                        .withKind("LambdaFunctionConfig")
                        .withName("orders")
                        .withUid(owner)
                        .build())
                .endMetadata()
                .withImmutable(true)
                .withStringData(Map.of("AA", value))
                .build())
        .create();
  }

  private void awaitSecretName(LambdaFunctionConfig resource, String name) {
    Awaitility.await("the status to name " + name)
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () ->
                assertThat(
                        Objects.requireNonNull(
                            resources.status(resource.getMetadata().getName()).baseline))
                    .filteredOn(field -> field.path().equals("environment.variables"))
                    .singleElement()
                    .satisfies(field -> assertThat(field.secretName()).isEqualTo(name)));
  }

  private List<String> secrets(String namespace) {
    return client().secrets().inNamespace(namespace).list().getItems().stream()
        .map(secret -> secret.getMetadata().getName())
        .toList();
  }

  private KubernetesClient client() {
    return operator.server().client();
  }

  private String environment() {
    return operator.aws().function("orders").at("/Environment/Variables").toString();
  }

  private static String environment(String value) {
    return "{\"Environment\": {\"Variables\": {\"AA\": \"" + value + "\"}}}";
  }

  private static String formerName(LambdaFunctionConfig resource) {
    return "orders-baseline-" + uid(resource);
  }

  private static String uid(LambdaFunctionConfig resource) {
    return resource.getMetadata().getUid();
  }
}
