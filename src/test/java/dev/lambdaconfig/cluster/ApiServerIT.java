package dev.lambdaconfig.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.SelfSubjectReview;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The API server has the features on which the other tests rely. */
class ApiServerIT {

  private static final String ACCOUNT = "reader";

  @RegisterExtension final TestNamespace namespace = TestNamespace.forEachTest();

  private final ApiServer server = ApiServer.shared();

  @Test
  void answersAnAdminAndSaysWhatItIs() {
    var found = server.client().namespaces().withName(namespace.name()).get();

    assertThat(found.getStatus().getPhase()).isEqualTo("Active");
    assertThat(server.describe()).matches("kube-apiserver v1\\.\\d+\\.\\S+, \\S.*");
  }

  @Test
  void admitsAServiceAccountOnlyToWhatItsRoleGrants() {
    // Given
    createServiceAccount();
    try (var client = server.clientFor(namespace.name(), ACCOUNT)) {
      assertThatExceptionOfType(KubernetesClientException.class)
          .isThrownBy(() -> client.configMaps().inNamespace(namespace.name()).list())
          .satisfies(refusal -> assertThat(refusal.getCode()).isEqualTo(403));

      // When
      allowToReadConfigMaps();

      // Then
      Awaitility.await()
          .ignoreExceptions()
          .untilAsserted(
              () ->
                  assertThat(client.configMaps().inNamespace(namespace.name()).list().getItems())
                      .isEmpty());
      assertThatExceptionOfType(KubernetesClientException.class)
          .isThrownBy(() -> client.secrets().inNamespace(namespace.name()).list())
          .satisfies(refusal -> assertThat(refusal.getCode()).isEqualTo(403));
    }
  }

  @Test
  void knowsAServiceAccountByTheTokenItIssuedForIt() {
    // Given
    createServiceAccount();

    // When
    var kubeconfig = server.kubeconfigFor(namespace.name(), ACCOUNT);

    // Then
    try (var client = Kubeconfig.client(kubeconfig)) {
      var user = client.resource(new SelfSubjectReview()).create().getStatus().getUserInfo();
      assertThat(user.getUsername())
          .isEqualTo("system:serviceaccount:" + namespace.name() + ":" + ACCOUNT);
    }
  }

  @Test
  void keepsTheFieldsOfOtherManagersInServerSideApply() {
    // Given
    apply("one", "a", "1");

    // When
    apply("two", "b", "2");

    // Then
    var stored = namespace.client().configMaps().inNamespace(namespace.name()).withName("it").get();
    assertThat(stored.getData()).isEqualTo(Map.of("a", "1", "b", "2"));
    assertThat(stored.getMetadata().getManagedFields())
        .extracting("manager", "operation")
        .containsExactlyInAnyOrder(tuple("one", "Apply"), tuple("two", "Apply"));
  }

  @Test
  void refusesToApplyAFieldOfAnotherManager() {
    apply("one", "a", "1");

    assertThatExceptionOfType(KubernetesClientException.class)
        .isThrownBy(() -> apply("two", "a", "2"))
        .satisfies(conflict -> assertThat(conflict.getCode()).isEqualTo(409));
  }

  @Test
  void servesACustomResourceAsSoonAsItsDefinitionIsAppliedAndEnforcesItsRules(@TempDir Path folder)
      throws IOException {
    // Given
    var yaml = Files.writeString(folder.resolve("crd.yaml"), EVEN_CRD);

    // When
    server.applyCrd(yaml);
    server.applyCrd(yaml);

    // Then
    var resources =
        server
            .client()
            .genericKubernetesResources(
                new ResourceDefinitionContext.Builder()
                    .withGroup("test.lambdaconfig.dev")
                    .withVersion("v1")
                    .withKind("Even")
                    .withPlural("evens")
                    .withNamespaced(true)
                    .build())
            .inNamespace(namespace.name());
    assertThat(resources.resource(even("two", 2)).create().getMetadata().getUid()).isNotBlank();
    assertThatExceptionOfType(KubernetesClientException.class)
        .isThrownBy(() -> resources.resource(even("three", 3)).create())
        .withMessageContaining("must be even");
  }

  @Test
  void comesBackAfterAnOutageWithAllThatItStored() {
    // Given
    try (var own = ApiServer.separate();
        var impatient = Kubeconfig.impatientClient(own.kubeconfig())) {
      if (own.source() instanceof Source.Given) {
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(own::outage);
        return;
      }
      var name = own.freshNamespace("outage");

      // When
      try (var outage = own.outage()) {
        assertThat(outage).isNotNull();
        assertThatExceptionOfType(KubernetesClientException.class)
            .isThrownBy(() -> impatient.namespaces().withName(name).get());
      }

      // Then
      Awaitility.await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(() -> assertThat(impatient.namespaces().withName(name).get()).isNotNull());
    }
  }

  private void createServiceAccount() {
    var account =
        new ServiceAccountBuilder().withNewMetadata().withName(ACCOUNT).endMetadata().build();
    namespace.client().serviceAccounts().inNamespace(namespace.name()).resource(account).create();
  }

  private void allowToReadConfigMaps() {
    var role =
        new RoleBuilder()
            .withNewMetadata()
            .withName(ACCOUNT)
            .endMetadata()
            .addNewRule()
            .withApiGroups("")
            .withResources("configmaps")
            .withVerbs("get", "list")
            .endRule()
            .build();
    var binding =
        new RoleBindingBuilder()
            .withNewMetadata()
            .withName(ACCOUNT)
            .endMetadata()
            .withNewRoleRef("rbac.authorization.k8s.io", "Role", ACCOUNT)
            .addNewSubject()
            .withKind("ServiceAccount")
            .withName(ACCOUNT)
            .withNamespace(namespace.name())
            .endSubject()
            .build();
    var rbac = namespace.client().rbac();
    rbac.roles().inNamespace(namespace.name()).resource(role).create();
    rbac.roleBindings().inNamespace(namespace.name()).resource(binding).create();
  }

  private ConfigMap apply(String manager, String key, String value) {
    var configMap =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withName("it")
            .withNamespace(namespace.name())
            .endMetadata()
            .addToData(key, value)
            .build();
    return namespace.client().resource(configMap).fieldManager(manager).serverSideApply();
  }

  private static GenericKubernetesResource even(String name, int number) {
    var resource = new GenericKubernetesResource();
    resource.setApiVersion("test.lambdaconfig.dev/v1");
    resource.setKind("Even");
    resource.setMetadata(new ObjectMetaBuilder().withName(name).build());
    resource.setAdditionalProperty("spec", Map.of("number", number));
    return resource;
  }

  private static final String EVEN_CRD =
      """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata:
        name: evens.test.lambdaconfig.dev
      spec:
        group: test.lambdaconfig.dev
        scope: Namespaced
        names: {kind: Even, plural: evens, singular: even, listKind: EvenList}
        versions:
        - name: v1
          served: true
          storage: true
          schema:
            openAPIV3Schema:
              type: object
              properties:
                spec:
                  type: object
                  properties:
                    number:
                      type: integer
                      x-kubernetes-validations:
                      - {rule: self % 2 == 0, message: must be even}
      """;
}
