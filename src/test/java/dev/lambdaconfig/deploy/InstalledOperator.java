package dev.lambdaconfig.deploy;

import dev.lambdaconfig.cluster.ApiServer;
import dev.lambdaconfig.cluster.TestNamespace;
import dev.lambdaconfig.packaged.OperatorJar;
import dev.lambdaconfig.simulator.LambdaSimulator;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The packaged operator with the rights of an installation in a test's namespace. */
final class InstalledOperator implements AfterEachCallback {

  /**
   * The objects that make a right: the rest of an installation needs a cluster with controllers.
   */
  static final String[] IDENTITY = {
    "ServiceAccount", "Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding"
  };

  private final ApiServer server = ApiServer.shared();
  private final TestNamespace namespace;
  private final List<GenericKubernetesResource> clusterWide = new ArrayList<>();

  InstalledOperator(TestNamespace namespace) {
    this.namespace = namespace;
  }

  @Override
  public void afterEach(ExtensionContext context) {
    clusterWide.forEach(object -> server.client().resource(object).delete());
  }

  /** Starts the jar as the Deployment would, with the rights of its ServiceAccount. */
  OperatorJar start(Path folder, Manifests manifests, LambdaSimulator aws) throws IOException {
    String account = manifests.podSpec().getServiceAccountName();
    return OperatorJar.start(
        folder,
        server.kubeconfigFor(namespace.name(), account),
        aws.endpoint(),
        manifests.environment());
  }

  void applyIdentity(Manifests manifests) {
    create(manifests.ofKinds(IDENTITY));
  }

  void create(Manifests manifests) {
    for (GenericKubernetesResource object : manifests.generic()) {
      if (object.getKind().startsWith("Cluster")) {
        clusterWide.add(object);
      }
      server.client().resource(object).create();
    }
  }

  /** Applies a resource of the same name as the function. */
  void apply(String function, int timeout) {
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

  /** The status of the resource's condition Ready. */
  String ready(String name) {
    return ready(name, "status");
  }

  /** A member of the resource's condition Ready. */
  String ready(String name, String member) {
    return readyIn(namespace.name(), name, member);
  }

  /** A member of the condition Ready of a resource in some namespace. */
  String readyIn(String where, String name, String member) {
    var found =
        server
            .client()
            .genericKubernetesResources("lambdaconfig.dev/v1alpha1", "LambdaFunctionConfig")
            .inNamespace(where)
            .withName(name)
            .get();
    List<Map<String, Object>> conditions = found.get("status", "conditions");
    return conditions == null
        ? "Unknown"
        : conditions.stream()
            .filter(condition -> "Ready".equals(condition.get("type")))
            .map(condition -> String.valueOf(condition.get(member)))
            .findFirst()
            .orElse("Unknown");
  }

  /** Whether the leader has renewed its Lease. */
  boolean isRenewed() {
    var lease = leases().getFirst();
    return lease.getSpec().getRenewTime().isAfter(lease.getSpec().getAcquireTime());
  }

  /** The holder of the Lease; empty once it was released. */
  String holder() {
    List<Lease> leases = leases();
    return leases.isEmpty()
        ? "(no lease)"
        : Objects.requireNonNullElse(leases.getFirst().getSpec().getHolderIdentity(), "");
  }

  /** The Lease of the installation, whatever its name. */
  private List<Lease> leases() {
    return server.client().leases().inNamespace(namespace.name()).list().getItems();
  }
}
