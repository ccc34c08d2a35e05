package dev.lambdaconfig.feature;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.BaselineField;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.simulator.FunctionSeed;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which values of an environment are kept under {@code deletionPolicy: Restore}, and how long. */
final class BaselineSecretsIT {

  private static final FunctionSeed PAYROLL =
      FunctionSeed.zip("payroll")
          .with(
              """
              {"Timeout": 7, "Environment": {"Variables": {"TOKEN": "canary-payroll"}}}
              """);

  private static final String CLEAR =
      "functionName: payroll\ndeletionPolicy: Restore\nenvironment: {variables: {}}\n";

  @RegisterExtension
  final OperatorExtension operator =
      OperatorExtension.sweepingEverySecond().withRestoreTimeout(Duration.ofSeconds(20));

  private final ResourceClient resources = operator.resources();

  @Test
  void aRefusedUpdateLeavesNoValueAnywhere() {
    // Given: an update that would clear the environment, and that AWS does not take
    operator.aws().createFunction(PAYROLL);
    operator
        .aws()
        .faults()
        .onUpdates()
        .always()
        .thenAnswer(400, "InvalidParameterValueException", "cannot take this timeout");

    // When
    resources.apply("thief", CLEAR + "timeout: 30");

    // Then
    resources.awaitStalled("thief", "InvalidParameterValueException");
    awaitKept(0);
    assertThat(resources.status("thief").baseline)
        .singleElement()
        .isEqualTo(new BaselineField("timeout", 7L, null));
    assertThat(variables()).containsEntry("TOKEN", "canary-payroll");
    assertThat(toldAndStored()).noneMatch(text -> text.contains("canary"));
  }

  @Test
  void anUpdateThatIsTriedAgainKeepsWhatTheFunctionHasThen() {
    // Given
    operator.aws().createFunction(PAYROLL);
    operator.aws().faults().onUpdates().times(1).thenThrottle();
    operator
        .aws()
        .faults()
        .onUpdates()
        .times(1)
        .thenMeanwhile(
            () ->
                operator
                    .aws()
                    .changeBehindTheBack(
                        "payroll", "{\"Environment\": {\"Variables\": {\"TOKEN\": \"later\"}}}"));

    // When
    LambdaFunctionConfig kept = resources.apply("owner", CLEAR);

    // Then
    resources.awaitReady("owner");
    assertThat(values(kept)).isEqualTo(Map.of("TOKEN", "later"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "functionName: payroll\ndeletionPolicy: Restore\nmode: Observe\n"
            + "environment: {variables: {}}",
        "functionName: payroll\ndeletionPolicy: Restore\n"
            + "environment: {variables: {TOKEN: canary-payroll}}",
        "functionName: payroll\ndeletionPolicy: Restore\ntimeout: 30\n"
            + "environment: {variables: {TOKEN: canary-payroll}}",
        "functionName: payroll\nenvironment: {variables: {}}"
      })
  void whatNeverChangesTheEnvironmentOrDoesNotRestoreItKeepsNothing(String spec) {
    // Given
    operator.aws().createFunction(PAYROLL);

    // When
    resources.apply("owner", spec);

    // Then
    resources.awaitReady("owner");
    assertThat(kept()).isEmpty();
    assertThat(Serialization.asJson(resources.status("owner"))).doesNotContain("canary");
  }

  @Test
  void whatAnAcceptedUpdateNeedsOutlivesARefusedOneAndGoesWithTheResource() {
    // Given
    operator.aws().createFunction(PAYROLL);
    LambdaFunctionConfig owner = resources.apply("owner", CLEAR);
    resources.awaitReady("owner");
    operator
        .aws()
        .faults()
        .onUpdates()
        .times(1)
        .thenAnswer(400, "InvalidParameterValueException", "no");

    // When
    resources.apply(
        "owner",
        "functionName: payroll\ndeletionPolicy: Restore\nenvironment: {variables: {AA: new}}");

    // Then
    resources.awaitStalled("owner", "InvalidParameterValueException");
    assertThat(values(owner)).isEqualTo(Map.of("TOKEN", "canary-payroll"));

    // And when
    resources.resource("owner").delete();

    // Then
    resources.awaitGone("owner");
    assertThat(variables()).containsExactlyEntriesOf(Map.of("TOKEN", "canary-payroll"));
    awaitKept(0);
  }

  @Test
  void aSpecThatChangesWhileTheFirstUpdateRunsDoesNotReplaceWhatWasThereBefore() {
    // Given
    operator.aws().createFunction(PAYROLL);
    operator.aws().faults().onUpdates().times(1).thenHoldUpdate();
    LambdaFunctionConfig owner = resources.apply("owner", setting("first"));
    awaitUpdateUnderWay();
    resources.apply("owner", setting("second"));

    // When
    operator.aws().settle("payroll");

    // Then
    resources.awaitReady("owner");
    assertThat(variables()).containsExactlyEntriesOf(Map.of("AA", "second"));
    assertThat(values(owner)).isEqualTo(Map.of("TOKEN", "canary-payroll"));
  }

  @Test
  void aRestoreThatIsRefusedOnceDoesNotDropWhatWasThereBefore() {
    // Given: deleted while the first update runs
    operator.aws().createFunction(PAYROLL);
    operator.aws().faults().onUpdates().times(1).thenHoldUpdate();
    resources.apply("owner", setting("first"));
    awaitUpdateUnderWay();
    resources.resource("owner").delete();
    operator
        .aws()
        .faults()
        .onUpdates()
        .times(1)
        .thenAnswer(400, "InvalidParameterValueException", "not now");

    // When
    operator.aws().settle("payroll");

    // Then
    resources.awaitGone("owner");
    assertThat(variables()).containsExactlyEntriesOf(Map.of("TOKEN", "canary-payroll"));
  }

  @Test
  void aResourceThatIsSetToRetainNeedsNothingAnyMore() {
    // Given
    operator.aws().createFunction(PAYROLL);
    resources.apply("owner", CLEAR);
    resources.awaitReady("owner");
    awaitKept(1);

    // When
    resources.apply("owner", "functionName: payroll\nenvironment: {variables: {}}");

    // Then
    awaitKept(0);
    resources.await(
        "owner",
        "to name no Secret",
        resource -> !Serialization.asJson(resource.getStatus()).contains("secretName"));
  }

  @Test
  void theDeletionOfTheNamespaceTakesNothingWithIt() throws Exception {
    // Given
    operator.aws().createFunction(PAYROLL);
    resources.apply("owner", CLEAR);
    resources.awaitReady("owner");
    operator.stop();

    // When: as the namespace controller does it, Secrets first; and the operator starts anew
    KubernetesClient client = operator.server().client();
    client.namespaces().withName(operator.namespace()).delete();
    client.secrets().inNamespace(operator.namespace()).delete();
    resources.resource("owner").delete();
    operator.start();

    // Then
    resources.awaitGone("owner");
    assertThat(variables()).containsExactlyEntriesOf(Map.of("TOKEN", "canary-payroll"));
    awaitKept(0);
  }

  @Test
  void deletionInTheForegroundTakesNothingWithIt() throws Exception {
    // Given
    operator.aws().createFunction(PAYROLL);
    LambdaFunctionConfig owner = resources.apply("owner", CLEAR);
    resources.awaitReady("owner");
    operator.stop();

    // When: as the garbage collector does it, what is owned first; and the operator starts anew
    String uid = owner.getMetadata().getUid();
    resources.resource("owner").withPropagationPolicy(DeletionPropagation.FOREGROUND).delete();
    for (String namespace : List.of(operator.namespace(), operator.operatorNamespace())) {
      for (Secret secret : secrets(namespace)) {
        if (secret.getMetadata().getOwnerReferences().stream()
            .anyMatch(reference -> reference.getUid().equals(uid))) {
          operator.server().client().resource(secret).delete();
        }
      }
    }
    operator.start();
    resources.await(
        "owner",
        "to be released",
        resource -> !resource.getMetadata().getFinalizers().contains("lambdaconfig.dev/restore"));
    resources
        .resource("owner")
        .edit(
            resource -> {
              resource.getMetadata().getFinalizers().remove("foregroundDeletion");
              return resource;
            });

    // Then
    resources.awaitGone("owner");
    assertThat(variables()).containsExactlyEntriesOf(Map.of("TOKEN", "canary-payroll"));
  }

  @Test
  void whatBelongsToNoResourceAnyMoreIsCollectedAndTheRestIsNot() throws Exception {
    // Given: one of a resource that is gone, one of a living one that this operator does not see
    operator.stop();
    String elsewhere = operator.server().freshNamespace("elsewhere");
    LambdaFunctionConfig living =
        operator
            .resourcesIn(elsewhere)
            .apply("living", "functionName: payroll\ndeletionPolicy: Restore");
    plant("gone", operator.namespace(), UUID.randomUUID().toString());
    plant("living", elsewhere, living.getMetadata().getUid());
    plant("living", elsewhere, UUID.randomUUID().toString());

    // When
    operator.start();

    // Then
    awaitKept(1);
    assertThat(kept())
        .singleElement()
        .satisfies(
            secret ->
                assertThat(secret.getMetadata().getName()).endsWith(living.getMetadata().getUid()));
  }

  private static String setting(String value) {
    return "functionName: payroll\ndeletionPolicy: Restore\n"
        + "environment: {variables: {AA: "
        + value
        + "}}";
  }

  private void awaitUpdateUnderWay() {
    Awaitility.await("an update under way")
        .atMost(Duration.ofMinutes(1))
        .until(
            () ->
                requireNonNull(operator.aws().function("payroll"))
                    .at("/LastUpdateStatus")
                    .asText()
                    .equals("InProgress"));
  }

  private void plant(String name, String namespace, String uid) {
    operator
        .server()
        .client()
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName("lambda-config-baseline-" + uid)
                .withNamespace(operator.operatorNamespace())
                .addToLabels("lambdaconfig.dev/baseline", "true")
                .addToAnnotations("lambdaconfig.dev/resource", namespace + "/" + name)
                .addToAnnotations("lambdaconfig.dev/resource-uid", uid)
                .endMetadata()
                .build())
        .create();
  }

  /** All Secrets of the operator's namespace and the tenant's, and all statuses and Events. */
  private List<String> toldAndStored() {
    return Stream.concat(
            Stream.of(operator.namespace(), operator.operatorNamespace())
                .flatMap(namespace -> secrets(namespace).stream())
                .map(secret -> decoded(secret).toString()),
            Canary.toldByTheCluster(operator).stream())
        .toList();
  }

  private List<Secret> secrets(String namespace) {
    return operator.server().client().secrets().inNamespace(namespace).list().getItems();
  }

  private List<Secret> kept() {
    return Stream.of(operator.namespace(), operator.operatorNamespace())
        .flatMap(namespace -> secrets(namespace).stream())
        .filter(secret -> secret.getMetadata().getName().contains("baseline"))
        .toList();
  }

  private void awaitKept(int count) {
    Awaitility.await(count + " Secrets")
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(kept()).hasSize(count));
  }

  private Map<String, String> values(LambdaFunctionConfig owner) {
    return decoded(
        operator
            .server()
            .client()
            .secrets()
            .inNamespace(operator.operatorNamespace())
            .withName("lambda-config-baseline-" + owner.getMetadata().getUid())
            .require());
  }

  private static Map<String, String> decoded(Secret secret) {
    Map<String, String> decoded = new TreeMap<>();
    Objects.requireNonNullElse(secret.getData(), Map.<String, String>of())
        .forEach(
            (name, value) ->
                decoded.put(
                    name, new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)));
    return decoded;
  }

  private Map<String, String> variables() {
    Map<String, String> variables = new TreeMap<>();
    requireNonNull(operator.aws().function("payroll"))
        .at("/Environment/Variables")
        .properties()
        .forEach(variable -> variables.put(variable.getKey(), variable.getValue().asText()));
    return variables;
  }
}
