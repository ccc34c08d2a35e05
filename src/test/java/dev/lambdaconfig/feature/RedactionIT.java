package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.cluster.ApiServer;
import dev.lambdaconfig.packaged.OperatorJar;
import dev.lambdaconfig.simulator.FunctionSeed;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The values of environment variables are nowhere but in the manifests that hold them: not in a
 * status, an Event, a log at any level, a metric or a stack trace, whoever repeats them.
 */
final class RedactionIT {

  private static final String API_VERSION = "lambdaconfig.dev/v1alpha1";

  @RegisterExtension
  final OperatorExtension operator = OperatorExtension.sweepingEverySecond().startedByTest();

  private final ResourceClient resources = operator.resources();

  @TempDir Path folder = Path.of("");

  private final List<GenericKubernetesResource> clusterWide = new ArrayList<>();

  @AfterEach
  void removeWhatNoNamespaceHolds() {
    clusterWide.forEach(object -> ApiServer.shared().client().resource(object).delete());
  }

  @Test
  void noValueOfAnEnvironmentVariableIsToldAnywhere() throws Exception {
    // Given: the operator as talkative as settings can make it, in both formats of its log
    plantFunctions();
    try (OperatorJar text = start("text");
        OperatorJar json = start("json")) {
      text.awaitRunning();
      json.awaitRunning();

      // When: values go to AWS, come back, and are repeated by AWS in all its ways
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
      resources.awaitReady("plain");
      resources.awaitStalled("too-large", "InvalidParameterValueException");
      resources.awaitStalled("echoed", "InvalidParameterValueException");
      resources.awaitStalled("kms", "KMSAccessDeniedException");
      resources.awaitReason("kms-read", "KMSDisabledException");
      resources.awaitStalled("failed", "FunctionError");
      resources.awaitStalled("denied", "AccessDeniedException");
      resources.awaitStalled("undecryptable", "AccessDeniedException");
      resources.awaitReason("broken", "ServiceException");
      resources.awaitStalled("dead", "InvalidRuntime");
      resources.awaitStalled("encoded", "InvalidParameterValueException");
      resources.awaitStalled("cut", "InvalidParameterValueException");

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
      List<String> told = new ArrayList<>(Canary.toldByTheCluster(operator));
      told.add(text.get("/metrics"));
      told.add(json.get("/metrics"));
      told.add(text.log());
      told.add(json.log());
      // Whichever of the two was first with each of them.
      assertThat(text.log() + json.log()).contains("update started", "DriftDetected");
      assertThat(text.log()).contains("environment.variables");
      assertThat(json.log()).contains("environment.variables");
      told.forEach(Canary::requireNone);
    }
  }

  @Test
  void whatTheApiServerSaysOfARefusedStatusIsNotRepeated() throws Exception {
    // Given: an API server that refuses statuses, and repeats the resource when it says so
    plantFunctions();
    refuseStatuses();
    try (OperatorJar text = start("text");
        OperatorJar json = start("json")) {
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

      // Then: what could not be written ahead is not sent, and nothing is told of the values
      assertThat(operator.aws().requests().updates()).isEmpty();
      Canary.toldByTheCluster(operator).forEach(Canary::requireNone);
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

  /** What AWS has, and what it will say. */
  private void plantFunctions() {
    var aws = operator.aws();
    for (String name :
        List.of(
            "plain",
            "too-large",
            "echoed",
            "kms",
            "kms-read",
            "failed",
            "denied",
            "broken",
            "dead",
            "encoded",
            "cut")) {
      aws.createFunction(
          FunctionSeed.zip(name)
              .with(
                  "{\"Environment\": {\"Variables\": {\"LIVE\": \"%s\"}}}"
                      .formatted(value("live-" + name))));
    }
    aws.faults()
        .onUpdates()
        .of("echoed")
        .always()
        .thenAnswer(
            400,
            "InvalidParameterValueException",
            "Bad environment {AA="
                + value("echoed")
                + "}, was {LIVE="
                + value("live-echoed")
                + "}");
    aws.faults()
        .onUpdates()
        .of("kms")
        .always()
        .thenAnswer(
            400,
            "KMSAccessDeniedException",
            "Lambda was unable to encrypt \"" + value("kms") + "\": access denied");
    aws.faults()
        .onReads()
        .of("kms-read")
        .always()
        .thenAnswer(
            502, "KMSDisabledException", "Lambda was unable to decrypt " + value("kms-read"));
    aws.faults()
        .onUpdates()
        .of("failed")
        .always()
        .thenFailUpdate(
            "The extension ended with AA=" + value("failed") + " in its environment",
            "FunctionError");
    aws.faults()
        .onUpdates()
        .of("denied")
        .always()
        .thenAnswer(
            403, "AccessDeniedException", "You may not set {\"AA\":\"" + value("denied") + "\"}");
    aws.faults()
        .onUpdates()
        .of("broken")
        .always()
        .thenAnswer(500, "ServiceException", "Could not store " + value("broken"));
    aws.faults()
        .onUpdates()
        .of("encoded")
        .always()
        .thenAnswer(
            400,
            "InvalidParameterValueException",
            "Bad request {\"body\":\"{\\\"x\\\":\\\""
                + value("encoded").replace("-", "%2D")
                + "%2f%22%C3%B6%2B%26\\\"}\"}");
    aws.faults()
        .onUpdates()
        .of("cut")
        .always()
        .thenAnswer(
            400,
            "InvalidParameterValueException",
            "The request begins with " + value("cut-short-somewhere").substring(0, 11) + "...");
    aws.createFunction(FunctionSeed.zip("undecryptable"));
    aws.setMember(
        "undecryptable",
        "Environment",
        Map.of(
            "Error",
            Map.of(
                "ErrorCode",
                "AccessDeniedException",
                "Message",
                "Could not decrypt " + value("undecryptable"))));
    aws.setState("dead", "Failed", "It ended with " + value("live-dead"), "InvalidRuntime");
  }

  private static String value(String name) {
    return Canary.value(name);
  }

  private void declare(String name, String variables) {
    resources.apply(
        name, "functionName: " + name + "\nenvironment:\n  variables:\n    " + variables);
  }

  /** A ValidatingAdmissionPolicy stands for all that can say no, such as a newer schema. */
  private void refuseStatuses() {
    String name = operator.namespace();
    KubernetesClient client = ApiServer.shared().client();
    for (String manifest :
        List.of(
            """
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingAdmissionPolicy
            metadata: {name: %1$s}
            spec:
              failurePolicy: Fail
              matchConstraints:
                resourceRules:
                  - apiGroups: [lambdaconfig.dev]
                    apiVersions: [v1alpha1]
                    operations: [UPDATE]
                    resources: [lambdafunctionconfigs/status]
              validations:
                - expression: "false"
                  messageExpression: "'refused: ' + object.spec.environment.variables.AA"
            """,
            """
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingAdmissionPolicyBinding
            metadata: {name: %1$s}
            spec:
              policyName: %1$s
              validationActions: [Deny]
              matchResources:
                namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: %1$s}}
            """)) {
      GenericKubernetesResource object =
          Serialization.unmarshal(manifest.formatted(name), GenericKubernetesResource.class);
      client.resource(object).create();
      clusterWide.add(object);
    }
    awaitRefusal();
  }

  /** A policy is in force a moment after it is there. */
  private void awaitRefusal() {
    resources.apply("probe", "functionName: probe\nenvironment: {variables: {AA: x}}");
    Awaitility.await("the policy to be in force")
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> {
              try {
                ApiServer.shared()
                    .client()
                    .genericKubernetesResources(API_VERSION, "LambdaFunctionConfig")
                    .inNamespace(operator.namespace())
                    .withName("probe")
                    .subresource("status")
                    .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"status\": {\"state\": \"Probed\"}}");
                return false;
              } catch (KubernetesClientException e) {
                return e.getCode() == 422;
              }
            });
    resources.resource("probe").delete();
  }
}
