package dev.lambdaconfig.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.cluster.ApiServer;
import dev.lambdaconfig.cluster.TestNamespace;
import dev.lambdaconfig.packaged.OperatorJar;
import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.simulator.LambdaSimulator;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The operator uses each right that the chart grants, and asks for no other. */
final class UsedRightsIT {

  private static final String ACCOUNT = "210987654321";

  private static final String RESTORED =
      """
      {functionName: kept, deletionPolicy: Restore, environment: {valuesFrom: [
        {name: PASSWORD, secretKeyRef: {name: db, key: password}},
        {name: LEVEL, configMapKeyRef: {name: features, key: level}}]}}
      """;

  @RegisterExtension final TestNamespace namespace = TestNamespace.forEachTest();

  @RegisterExtension final InstalledOperator installed = new InstalledOperator(namespace);

  @TempDir Path folder = Path.of("");

  private final ApiServer server = ApiServer.shared();

  @Test
  void anInstallationWithEveryFeatureUsesEachRightAndIsDeniedNothing() throws Exception {
    server.applyCrd(Path.of("crds", "lambdafunctionconfigs.lambdaconfig.dev.yaml"));
    String team = server.freshNamespace("team");
    try (LambdaSimulator aws = LambdaSimulator.start()) {
      // Given
      Manifests manifests = Chart.render("lco", namespace.name(), values(team, aws));
      installed.applyIdentity(manifests);
      givenObjects(team, aws);

      // When: each feature is used once, from its start to its end
      try (RecordingProxy proxy =
              new RecordingProxy(server.kubeconfigFor(namespace.name(), Chart.NAME));
          OperatorJar operator =
              OperatorJar.start(
                  folder.resolve("operator"),
                  proxy.kubeconfig(folder),
                  aws.endpoint(),
                  manifests.environment())) {
        operator.awaitRunning();
        apply(team, "kept", RESTORED);
        apply(team, "owned", "{functionName: owned, serviceAccountName: writer, timeout: 30}");
        operator.await("kept").until(() -> isReady(team, "kept"));
        operator.await("owned").until(() -> isReady(team, "owned"));
        operator.await("the lease to be renewed").until(installed::isRenewed);
        forgeStatus(team, "owned");
        operator.await("the removal").until(() -> stateReason(team, "owned") == null);
        var unused = resource(team, "kept").delete();
        operator.await("the restore").until(() -> resource(team, "kept").get() == null);
        operator.await("its Secret to go").until(this::isWithoutSecrets);

        // Then
        assertThat(proxy.denied()).isEmpty();
        assertThat(unused(manifests, proxy.allowed())).isEmpty();
      }
    }
  }

  private static String values(String team, LambdaSimulator aws) {
    return """
    aws: {region: eu-west-1, endpointUrl: '%s'}
    watchNamespaces: [%s]
    restore: {enabled: true}
    valueSources: {enabled: true}
    identity: {serviceAccounts: [{namespace: %s, serviceAccounts: [writer]}]}
    """
        .formatted(aws.endpoint(), team, team);
  }

  private void givenObjects(String team, LambdaSimulator aws) {
    aws.createFunction(
        FunctionSeed.zip("kept").with("{\"Environment\": {\"Variables\": {\"OLD\": \"old\"}}}"));
    aws.region(ACCOUNT, "eu-west-1").createFunction(FunctionSeed.zip("owned"));
    aws.iam().createProvider(ACCOUNT, Set.of("sts.amazonaws.com"), server.client()::raw);
    String role = "arn:aws:iam::" + ACCOUNT + ":role/writer";
    var unused = aws.iam().role(role).allows("lambda:*", "owned").trusts(team, "writer");
    create(
        """
        apiVersion: v1
        kind: ServiceAccount
        metadata: {name: writer, namespace: %1$s, annotations: {eks.amazonaws.com/role-arn: '%2$s'}}
        ---
        {apiVersion: v1, kind: Secret, metadata: {name: db, namespace: %1$s}, stringData: {password: new}}
        ---
        {apiVersion: v1, kind: ConfigMap, metadata: {name: features, namespace: %1$s}, data: {level: info}}
        """
            .formatted(team, role));
  }

  private void apply(String team, String name, String spec) {
    create(
        """
        apiVersion: lambdaconfig.dev/v1alpha1
        kind: LambdaFunctionConfig
        metadata: {name: %s, namespace: %s}
        spec: %s
        """
            .formatted(name, team, spec.replace("\n", " ")));
  }

  private void create(String yaml) {
    Manifests.parse(yaml).generic().forEach(object -> server.client().resource(object).create());
  }

  private boolean isReady(String team, String name) {
    return installed.readyIn(team, name, "status").equals("True");
  }

  private Resource<GenericKubernetesResource> resource(String team, String name) {
    return server
        .client()
        .genericKubernetesResources("lambdaconfig.dev/v1alpha1", "LambdaFunctionConfig")
        .inNamespace(team)
        .withName(name);
  }

  /** Writes a member of the status that the operator has not written. */
  private void forgeStatus(String team, String name) {
    var unused =
        resource(team, name)
            .subresource("status")
            .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\": {\"stateReason\": \"x\"}}");
  }

  private @Nullable Object stateReason(String team, String name) {
    return resource(team, name).get().get("status", "stateReason");
  }

  private boolean isWithoutSecrets() {
    return server.client().secrets().inNamespace(namespace.name()).list().getItems().isEmpty();
  }

  /** The rights of all roles that no request needed. */
  private static List<String> unused(Manifests manifests, List<AccessRequest> requests) {
    assertThat(manifests.kinds()).doesNotContainKey("ClusterRole");
    List<String> unused = new ArrayList<>();
    for (var tree : manifests.ofKinds("Role").all()) {
      Role role = Serialization.unmarshal(tree.toString(), Role.class);
      String where = role.getMetadata().getNamespace();
      for (PolicyRule right : rights(role)) {
        if (requests.stream().noneMatch(request -> request.isAllowedBy(where, right))) {
          GrantedRights.of(List.of(right)).forEach(name -> unused.add(name + " in " + where));
        }
      }
    }
    return unused;
  }

  /** A rule for each right. */
  private static List<PolicyRule> rights(Role role) {
    List<PolicyRule> rights = new ArrayList<>();
    for (PolicyRule rule : role.getRules()) {
      for (String resource : rule.getResources()) {
        for (String verb : rule.getVerbs()) {
          rights.add(new PolicyRuleBuilder(rule).withResources(resource).withVerbs(verb).build());
        }
      }
    }
    return rights;
  }
}
