package dev.lambdaconfig.feature;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.simulator.FunctionSeed;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The function {@code payroll}, and the Secrets in which the operator keeps its environment. */
final class BaselineSecrets {

  static final FunctionSeed PAYROLL =
      FunctionSeed.zip("payroll")
          .with(
              """
              {"Timeout": 7, "Environment": {"Variables": {"TOKEN": "canary-payroll"}}}
              """);

  /** A spec that clears the environment, and so needs its values for a restore. */
  static final String CLEAR =
      "functionName: payroll\ndeletionPolicy: Restore\nenvironment: {variables: {}}\n";

  private final OperatorExtension operator;

  BaselineSecrets(OperatorExtension operator) {
    this.operator = operator;
  }

  /** Creates the function, and a resource that has cleared its environment. */
  LambdaFunctionConfig givenOwner() {
    operator.aws().createFunction(PAYROLL);
    operator.resources().apply("owner", CLEAR);
    return operator.resources().awaitReady("owner");
  }

  /** Creates the function, and a resource whose first update runs until it is settled. */
  LambdaFunctionConfig givenOwnerBeingUpdated() {
    operator.aws().createFunction(PAYROLL);
    operator.aws().faults().onUpdates().times(1).thenHoldUpdate();
    LambdaFunctionConfig owner = operator.resources().apply("owner", setting("first"));
    awaitUpdateUnderWay();
    return owner;
  }

  /** A spec whose environment is one variable with that value. */
  static String setting(String value) {
    return "functionName: payroll\ndeletionPolicy: Restore\n"
        + "environment: {variables: {AA: "
        + value
        + "}}";
  }

  void awaitUpdateUnderWay() {
    Awaitility.await("an update under way")
        .atMost(Duration.ofMinutes(1))
        .until(
            () ->
                requireNonNull(operator.aws().function("payroll"))
                    .at("/LastUpdateStatus")
                    .asText()
                    .equals("InProgress"));
  }

  /** Creates the Secret of a baseline as the operator does for such a resource. */
  void plant(String name, String namespace, String uid) {
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

  /** The content of all Secrets of both namespaces, and all statuses and Events. */
  List<String> reportedAndStored() {
    return Stream.concat(
            Stream.of(operator.namespace(), operator.operatorNamespace())
                .flatMap(namespace -> secrets(namespace).stream())
                .map(secret -> decoded(secret).toString()),
            Canary.reportedByTheCluster(operator).stream())
        .toList();
  }

  List<Secret> secrets(String namespace) {
    return operator.server().client().secrets().inNamespace(namespace).list().getItems();
  }

  /** The Secrets of baselines in both namespaces. */
  List<Secret> kept() {
    return Stream.of(operator.namespace(), operator.operatorNamespace())
        .flatMap(namespace -> secrets(namespace).stream())
        .filter(secret -> secret.getMetadata().getName().contains("baseline"))
        .toList();
  }

  void awaitKept(int count) {
    Awaitility.await(count + " Secrets")
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(kept()).hasSize(count));
  }

  /** The values that are kept for a resource. */
  Map<String, String> values(LambdaFunctionConfig owner) {
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

  /** The function's environment variables in AWS. */
  Map<String, String> variables() {
    Map<String, String> variables = new TreeMap<>();
    requireNonNull(operator.aws().function("payroll"))
        .at("/Environment/Variables")
        .properties()
        .forEach(variable -> variables.put(variable.getKey(), variable.getValue().asText()));
    return variables;
  }
}
