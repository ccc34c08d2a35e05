package dev.lambdaconfig.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lambdaconfig.cluster.ApiServer;
import dev.lambdaconfig.cluster.TestNamespace;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The API server accepts the objects of the chart and of the kustomize base, and stores them as
 * they are.
 */
final class AcceptedInstallationIT {

  private static final Path CRD = Path.of("crds", "lambdafunctionconfigs.lambdaconfig.dev.yaml");

  @RegisterExtension final TestNamespace namespace = TestNamespace.forEachTest();

  private final ApiServer server = ApiServer.shared();

  @BeforeEach
  void serveTheResource() {
    server.applyCrd(CRD);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "watchNamespaces: [%s]",
        """
        watchNamespaces: [%s]
        replicas: 2
        podDisruptionBudget: {enabled: true, maxUnavailable: 50%%}
        networkPolicy:
          enabled: true
          ingressFrom: [{namespaceSelector: {matchLabels: {name: monitoring}}}]
          extraEgress: [{to: [{ipBlock: {cidr: 169.254.170.23/32}}], ports: [{port: 80}]}]
        serviceAccount: {annotations: {eks.amazonaws.com/role-arn: 'arn:aws:iam::123456789012:role/x'}}
        extraEnv: [{name: NODE, valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}]
        envFrom: [{configMapRef: {name: proxy, optional: true}}]
        imagePullSecrets: [{name: registry}]
        mode: Observe
        selector: shard in (a,b)
        leaderElection: {leaseName: shards-a-and-b}
        aws: {maxRequestsPerSecond: 4.5}
        nodeSelector: {kubernetes.io/os: linux}
        tolerations: [{operator: Exists}]
        topologySpreadConstraints:
          - {maxSkew: 1, topologyKey: kubernetes.io/hostname, whenUnsatisfiable: ScheduleAnyway}
        """
      })
  void theApiServerStoresWhatTheChartRenders(String values) {
    var rendered = Chart.render("lco", namespace.name(), values.formatted(namespace.name()));

    for (GenericKubernetesResource object : rendered.generic()) {
      assertThat(NotStored.of(object, StrictDryRun.of(server, object)))
          .as("what Argo CD would compare for ever of %s", object)
          .isEmpty();
    }
  }

  @Test
  void theApiServerStoresTheKustomizeBase() {
    // The test's namespace exists: one that a dry run creates would not exist for the other
    // objects.
    for (GenericKubernetesResource object :
        Kustomize.build(Kustomize.FOLDER, namespace.name(), namespace.name()).generic()) {
      assertThat(NotStored.of(object, StrictDryRun.of(server, object)))
          .as("what Argo CD would compare for ever of %s", object)
          .isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void restrictedPodSecurityAdmitsThePods(Installation installation) {
    // Given
    restrict();
    var template =
        installation.manifests(namespace.name(), "").only(Deployment.class).getSpec().getTemplate();

    // When
    var admitted = server.client().resource(pod(template)).create();

    // Then
    assertThat(admitted.getMetadata().getUid()).isNotBlank();
    // And a Pod that is not restricted would not have been admitted.
    template.getSpec().getSecurityContext().setRunAsNonRoot(false);
    assertThatExceptionOfType(KubernetesClientException.class)
        .isThrownBy(() -> server.client().resource(pod(template)).create())
        .withMessageContaining("violates PodSecurity \"restricted");
  }

  private void restrict() {
    server
        .client()
        .namespaces()
        .withName(namespace.name())
        .edit(
            found -> {
              found
                  .getMetadata()
                  .getLabels()
                  .put("pod-security.kubernetes.io/enforce", "restricted");
              return found;
            });
  }

  private Pod pod(PodTemplateSpec template) {
    return new PodBuilder()
        .withNewMetadata()
        .withGenerateName("operator-")
        .withNamespace(namespace.name())
        .withLabels(template.getMetadata().getLabels())
        .endMetadata()
        .withSpec(template.getSpec())
        .build();
  }
}
