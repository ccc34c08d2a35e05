package dev.lambdaconfig.feature;

import dev.lambdaconfig.cluster.ApiServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/**
 * An API server that refuses all statuses of a namespace and repeats the resource in its message: a
 * ValidatingAdmissionPolicy stands for all that can refuse one, such as a newer schema.
 */
final class StatusRefusal implements AutoCloseable {

  private static final String API_VERSION = "lambdaconfig.dev/v1alpha1";

  private final OperatorExtension operator;
  private final List<GenericKubernetesResource> clusterWide = new ArrayList<>();

  private StatusRefusal(OperatorExtension operator) {
    this.operator = operator;
  }

  /** Refuses statuses of the test's namespace until it is closed. */
  static StatusRefusal of(OperatorExtension operator) {
    StatusRefusal refusal = new StatusRefusal(operator);
    refusal.refuseStatuses();
    refusal.awaitRefusal();
    return refusal;
  }

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
  }

  /** Returns when the policy is in force, which takes a moment. */
  private void awaitRefusal() {
    operator.resources().apply("probe", "functionName: probe\nenvironment: {variables: {AA: x}}");
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
    operator.resources().resource("probe").delete();
  }

  @Override
  public void close() {
    clusterWide.forEach(object -> ApiServer.shared().client().resource(object).delete());
  }
}
