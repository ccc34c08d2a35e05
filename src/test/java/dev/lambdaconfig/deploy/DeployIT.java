package dev.lambdaconfig.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lambdaconfig.cluster.ApiServer;
import dev.lambdaconfig.cluster.TestNamespace;
import dev.lambdaconfig.packaged.OperatorJar;
import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.simulator.LambdaSimulator;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the chart and the kustomize base install is accepted by a real API server, and is enough for
 * the operator to work, and not more than that.
 */
class DeployIT {

  private static final Path CRD = Path.of("crds", "lambdafunctionconfigs.lambdaconfig.dev.yaml");

  /** Less than a kubelet waits: the Deployments' terminationGracePeriodSeconds. */
  private static final Duration GRACE = Duration.ofSeconds(29);

  /** What makes a right: the rest of an installation needs a cluster with controllers. */
  private static final String[] IDENTITY = {
    "ServiceAccount", "Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding"
  };

  @RegisterExtension final TestNamespace namespace = TestNamespace.forEachTest();

  private final ApiServer server = ApiServer.shared();
  private final List<GenericKubernetesResource> clusterWide = new ArrayList<>();

  @TempDir private Path folder = Path.of("");

  /** The ways to install. */
  enum Installation {
    CHART,
    CHART_FOR_ONE_NAMESPACE,
    KUSTOMIZE
  }

  @BeforeEach
  void serveTheResource() {
    server.applyCrd(CRD);
  }

  @AfterEach
  void removeWhatNoNamespaceHolds() {
    clusterWide.forEach(object -> server.client().resource(object).delete());
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
  void theApiServerAcceptsWhatTheChartRenders(String values) {
    var rendered = Chart.render("lco", namespace.name(), values.formatted(namespace.name()));

    for (GenericKubernetesResource object : rendered.generic()) {
      assertThatCode(() -> dryRun(object)).as("%s", object).doesNotThrowAnyException();
    }
  }

  @Test
  void theApiServerAcceptsTheKustomizeBase() {
    // The namespace is there: what is created by a dry run is not there for what follows.
    for (GenericKubernetesResource object : KustomizeBase.in(namespace.name()).generic()) {
      assertThatCode(() -> dryRun(object)).as("%s", object).doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @EnumSource
  void restrictedPodSecurityAdmitsThePods(Installation installation) {
    // Given
    restrict();
    var template = deployment(manifests(installation, "")).getSpec().getTemplate();

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

  @ParameterizedTest
  @EnumSource
  void theJarKeepsAFunctionWithTheRightsOfTheInstallation(Installation installation)
      throws Exception {
    try (var aws = LambdaSimulator.builder().updateTime(Duration.ofMillis(300)).start()) {
      // Given
      var function = "fn-" + namespace.name();
      aws.createFunction(FunctionSeed.zip(function).with("Timeout", 3));
      var manifests = manifests(installation, aws.endpoint().toString());
      applyIdentity(manifests);
      try (var operator = start("one", manifests, aws)) {
        operator.awaitRunning();
        assertThat(operator.get("/livez")).startsWith("200 ");
        assertThat(operator.get("/metrics")).startsWith("200 ").contains("jvm_memory_used_bytes");
        operator.await("readiness").until(() -> operator.get("/readyz").startsWith("200 "));

        // When
        apply(function, 30);
        operator.await("Ready=True").until(() -> "True".equals(ready(function)));

        // Then
        assertThat(aws.requests().updatesOf(function))
            .singleElement()
            .satisfies(
                update -> {
                  var body = Objects.requireNonNull(update.body());
                  assertThat(body.path("Timeout").asInt()).isEqualTo(30);
                  assertThat(body.path("RevisionId").asText()).isNotBlank();
                  assertThat(update.httpStatus()).isEqualTo(200);
                });
        assertThat(aws.function(function).path("Timeout").asInt()).isEqualTo(30);
        assertThat(holder()).startsWith("one_");

        // And it ends when it is told to, and lets the next one begin at once.
        operator.terminate();
        assertThat(operator.exitCode(GRACE)).as(operator::tail).isZero();
        assertThat(holder()).isEmpty();
      }
    }
  }

  @Test
  void aStandbyTakesOverFromALeaderThatEnds() throws Exception {
    try (var aws = LambdaSimulator.start()) {
      // Given
      var function = "fn-" + namespace.name();
      aws.createFunction(FunctionSeed.zip(function));
      var manifests = manifests(Installation.CHART_FOR_ONE_NAMESPACE, aws.endpoint().toString());
      applyIdentity(manifests);
      try (var leader = start("leader", manifests, aws)) {
        leader.awaitRunning();
        leader.await("leadership").until(() -> holder().startsWith("leader_"));
        try (var standby = start("standby", manifests, aws)) {
          standby.awaitRunning();
          standby.await("readiness").until(() -> standby.get("/readyz").startsWith("200 "));
          assertThat(leader.get("/metrics")).contains("\nlambdaconfig_leader 1.0\n");
          assertThat(standby.get("/metrics"))
              .contains("\nlambdaconfig_leader 0.0\n")
              .doesNotContain("lambdaconfig_resources{");

          // The roles allow to renew the Lease, not only to take it.
          leader.await("a renewal").until(this::isRenewed);

          // When
          leader.terminate();
          assertThat(leader.exitCode(GRACE)).as(leader::tail).isZero();
          standby.await("leadership").until(() -> holder().startsWith("standby_"));
          apply(function, 40);

          // Then
          standby.await("Ready=True").until(() -> "True".equals(ready(function)));
          assertThat(standby.get("/metrics")).contains("\nlambdaconfig_leader 1.0\n");
          assertThat(aws.requests().updatesOf(function)).hasSize(1);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void theJarWithoutTheRolesSaysWhatIsMissingAndExits(Installation installation) throws Exception {
    try (var aws = LambdaSimulator.start()) {
      // Given
      var manifests = manifests(installation, aws.endpoint().toString());
      create(manifests.ofKinds("ServiceAccount"));

      // When
      try (var operator = start("one", manifests, aws)) {
        int exitCode = operator.exitCode(Duration.ofSeconds(60));

        // Then
        assertThat(exitCode).as(operator::tail).isEqualTo(1);
        assertThat(operator.tail())
            .contains("lambda-config-operator cannot start")
            .contains("list lambdafunctionconfigs.lambdaconfig.dev")
            .contains("watch lambdafunctionconfigs.lambdaconfig.dev")
            .contains("patch lambdafunctionconfigs.lambdaconfig.dev/status")
            .contains("leases.coordination.k8s.io")
            .contains("deploy/rbac.yaml");
      }
    }
  }

  private Manifests manifests(Installation installation, String endpoint) {
    var aws = "aws: {region: eu-west-1, endpointUrl: '%s'}\n".formatted(endpoint);
    // Cluster-wide names contain the release's namespace: tests do not meet.
    return switch (installation) {
      case CHART -> Chart.render("lco", namespace.name(), aws);
      case CHART_FOR_ONE_NAMESPACE ->
          Chart.render(
              "lco", namespace.name(), aws + "watchNamespaces: [" + namespace.name() + "]");
      case KUSTOMIZE -> KustomizeBase.in(namespace.name());
    };
  }

  private static Deployment deployment(Manifests manifests) {
    return manifests.only(Deployment.class);
  }

  private OperatorJar start(String name, Manifests manifests, LambdaSimulator aws)
      throws IOException {
    var deployment = deployment(manifests);
    var account = deployment.getSpec().getTemplate().getSpec().getServiceAccountName();
    return OperatorJar.start(
        folder.resolve(name),
        server.kubeconfigFor(namespace.name(), account),
        aws.endpoint(),
        environment(deployment));
  }

  private static Map<String, String> environment(Deployment deployment) {
    return deployment.getSpec().getTemplate().getSpec().getContainers().getFirst().getEnv().stream()
        .collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue));
  }

  private void applyIdentity(Manifests manifests) {
    create(manifests.ofKinds(IDENTITY));
  }

  private void create(Manifests manifests) {
    for (GenericKubernetesResource object : manifests.generic()) {
      if (object.getKind().startsWith("Cluster")) {
        clusterWide.add(object);
      }
      server.client().resource(object).create();
    }
  }

  private void dryRun(GenericKubernetesResource object) {
    var strictDryRun =
        new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("deploy-test")
            .withForce(true)
            .withFieldValidation("Strict")
            .withDryRun(List.of("All"))
            .build();
    server.client().resource(object).patch(strictDryRun);
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

  private void apply(String function, int timeout) {
    var manifest =
        """
        apiVersion: lambdaconfig.dev/v1alpha1
        kind: LambdaFunctionConfig
        metadata: {name: %s, namespace: %s}
        spec: {functionName: %s, timeout: %d}
        """
            .formatted(function, namespace.name(), function, timeout);
    Manifests.parse(manifest)
        .generic()
        .forEach(
            object ->
                server.client().resource(object).fieldManager("deploy-test").serverSideApply());
  }

  private String ready(String name) {
    var found =
        server
            .client()
            .genericKubernetesResources("lambdaconfig.dev/v1alpha1", "LambdaFunctionConfig")
            .inNamespace(namespace.name())
            .withName(name)
            .get();
    List<Map<String, Object>> conditions = found.get("status", "conditions");
    return conditions == null
        ? "Unknown"
        : conditions.stream()
            .filter(condition -> "Ready".equals(condition.get("type")))
            .map(condition -> String.valueOf(condition.get("status")))
            .findFirst()
            .orElse("Unknown");
  }

  private boolean isRenewed() {
    var lease = leases().getFirst();
    return lease.getSpec().getRenewTime().isAfter(lease.getSpec().getAcquireTime());
  }

  private String holder() {
    List<Lease> leases = leases();
    return leases.isEmpty()
        ? "(no lease)"
        : Objects.requireNonNullElse(leases.getFirst().getSpec().getHolderIdentity(), "");
  }

  /** The one of the installation, whatever its name. */
  private List<Lease> leases() {
    return server.client().leases().inNamespace(namespace.name()).list().getItems();
  }
}
