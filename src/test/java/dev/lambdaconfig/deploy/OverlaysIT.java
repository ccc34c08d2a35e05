package dev.lambdaconfig.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.cluster.ApiServer;
import dev.lambdaconfig.cluster.TestNamespace;
import dev.lambdaconfig.packaged.OperatorJar;
import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.simulator.LambdaSimulator;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each overlay of deploy/ is taken by the API server, and grants what its feature needs. */
final class OverlaysIT {

  private static final Path OVERLAYS = Kustomize.FOLDER.resolve("overlays");
  private static final String ACCOUNT = "210987654321";

  @RegisterExtension final TestNamespace namespace = TestNamespace.forEachTest();

  @RegisterExtension final InstalledOperator installed = new InstalledOperator(namespace);

  @TempDir private Path folder = Path.of("");

  private final ApiServer server = ApiServer.shared();
  private final String team = server.freshNamespace("team");

  @BeforeEach
  void serveTheResource() {
    server.applyCrd(Path.of("crds", "lambdafunctionconfigs.lambdaconfig.dev.yaml"));
  }

  static List<Path> installations() throws Exception {
    return KustomizeTest.installations();
  }

  @ParameterizedTest
  @MethodSource("installations")
  void theApiServerAcceptsEachObject(Path overlay) {
    PrometheusOperator.serve(server);

    for (GenericKubernetesResource object : built(overlay).generic()) {
      assertThat(NotStored.of(object, StrictDryRun.of(server, object))).as("%s", object).isEmpty();
    }
  }

  @Test
  void restorePutsFieldsBackWhenAResourceIsDeleted() throws Exception {
    try (LambdaSimulator aws = LambdaSimulator.start();
        OperatorJar operator = start("restore", aws)) {
      aws.createFunction(FunctionSeed.zip(function("kept")).with("Timeout", 3));
      apply(team, "kept", spec("kept") + ", deletionPolicy: Restore}");
      operator.await("Ready").until(() -> isReady("kept"));

      // When
      server.client().resource(resource(team, "kept", "{}")).delete();

      // Then
      operator
          .await("the end")
          .until(() -> server.client().resource(resource(team, "kept", "{}")).get() == null);
      assertThat(aws.function(function("kept")).path("Timeout").asInt()).isEqualTo(3);
    }
  }

  @Test
  void valuesAreReadAndWatched() throws Exception {
    try (LambdaSimulator aws = LambdaSimulator.start();
        OperatorJar operator = start("values", aws)) {
      aws.createFunction(FunctionSeed.zip(function("db")));
      secret("first");
      apply(
          team,
          "db",
          spec("db")
              + ", environment: {valuesFrom: [{name: PASSWORD, secretKeyRef: {name: db, key:"
              + " password}}]}}");
      operator.await("Ready").until(() -> isReady("db"));

      // When
      secret("second");

      // Then
      operator
          .await("the rotation")
          .until(() -> aws.function(function("db")).toString().contains("second"));
      assertThat(operator.get("/metrics"))
          .containsPattern("\nlambdaconfig_value_watches_missing(\\{[^}]*})? 0")
          .doesNotContainPattern("\nlambdaconfig_value_watches_missing(\\{[^}]*})? [1-9]");
    }
  }

  @Test
  void namespacedWorksInItsNamespaceAndCannotReadOthers() throws Exception {
    String other = server.freshNamespace("other");
    try (LambdaSimulator aws = LambdaSimulator.start();
        OperatorJar operator = start("namespaced", aws)) {
      aws.createFunction(FunctionSeed.zip(function("here")));
      aws.createFunction(FunctionSeed.zip(function("there")));

      // When
      apply(other, "there", spec("there") + "}");
      apply(team, "here", spec("here") + "}");

      // Then
      operator.await("Ready").until(() -> isReady("here"));
      assertThat(installed.readyIn(other, "there", "status")).isNotEqualTo("True");
      assertThat(aws.requests().updatesOf(function("there"))).isEmpty();
      assertThat(mayList(team)).isTrue();
      assertThat(mayList(other)).isFalse();
    }
  }

  @Test
  void shardsDivideTheFleet() throws Exception {
    Manifests manifests = built(OVERLAYS.resolve("sharded"));
    installed.applyIdentity(manifests);
    List<Manifests> shards =
        manifests.ofKinds("Deployment").all().stream()
            .map(deployment -> new Manifests(List.of(deployment)))
            .toList();
    try (LambdaSimulator aws = LambdaSimulator.start();
        LambdaSimulator otherAws = LambdaSimulator.start();
        OperatorJar a = installed.start(folder.resolve("a"), shards.getFirst(), aws);
        OperatorJar rest = installed.start(folder.resolve("rest"), shards.getLast(), otherAws)) {
      for (LambdaSimulator each : List.of(aws, otherAws)) {
        each.createFunction(FunctionSeed.zip(function("one")));
        each.createFunction(FunctionSeed.zip(function("two")));
      }

      // When
      create(
          """
          {apiVersion: lambdaconfig.dev/v1alpha1, kind: LambdaFunctionConfig,
            metadata: {name: one, namespace: %s, labels: {shard: a}}, spec: %s}}
          """
              .formatted(team, spec("one")));
      apply(team, "two", spec("two") + "}");

      // Then
      a.await("Ready of the shard").until(() -> isReady("one"));
      rest.await("Ready of the rest").until(() -> isReady("two"));
      assertThat(aws.requests().updates()).hasSize(1);
      assertThat(otherAws.requests().updates()).hasSize(1);
      assertThat(aws.function(function("one")).path("Timeout").asInt()).isEqualTo(30);
      assertThat(otherAws.function(function("two")).path("Timeout").asInt()).isEqualTo(30);
    }
  }

  @Test
  void tenantsActAsTheirServiceAccountAndNameWhatThePolicyAllows() throws Exception {
    try (LambdaSimulator aws = LambdaSimulator.start()) {
      // Given
      aws.iam().createProvider(ACCOUNT, Set.of("sts.amazonaws.com"), server.client()::raw);
      String arn = "arn:aws:iam::" + ACCOUNT + ":role/writer";
      var unused = aws.iam().role(arn).allows("lambda:*", "*").trusts(team, "lambda-writer");
      aws.region(ACCOUNT, "eu-west-1").createFunction(FunctionSeed.zip(function("orders")));
      create(
          """
          {apiVersion: v1, kind: ServiceAccount, metadata: {name: lambda-writer, namespace: %s,
            annotations: {eks.amazonaws.com/role-arn: '%s'}}}
          """
              .formatted(team, arn));

      // When
      try (OperatorJar operator = start("tenants", aws)) {
        String as = ", serviceAccountName: lambda-writer}";
        apply(team, "orders", spec("orders") + as);
        apply(team, "foreign", "{functionName: payroll, timeout: 30" + as);
        apply(team, "own", spec("own") + "}");

        // Then
        operator.await("Ready").until(() -> isReady("orders"));
        operator.await("the policy").until(() -> reason("foreign").equals("Forbidden"));
        operator.await("the rule").until(() -> reason("own").equals("IdentityRequired"));
      }
    }
  }

  /** Starts the operator of an overlay with the rights of the overlay. */
  private OperatorJar start(String overlay, LambdaSimulator aws) throws Exception {
    Manifests manifests = built(OVERLAYS.resolve(overlay));
    installed.applyIdentity(manifests);
    Map<String, String> environment = new HashMap<>(manifests.environment());
    if (environment.containsKey("LAMBDA_CONFIG_POLICY_FILE")) {
      String policy = manifests.only("ConfigMap").at("/data/policy.yaml").asText();
      environment.put(
          "LAMBDA_CONFIG_POLICY_FILE",
          Files.writeString(folder.resolve("policy.yaml"), policy).toString());
    }
    String account = manifests.podSpec().getServiceAccountName();
    return OperatorJar.start(
            folder.resolve("one"),
            server.kubeconfigFor(namespace.name(), account),
            aws.endpoint(),
            environment)
        .awaitRunning();
  }

  private Manifests built(Path overlay) {
    return Kustomize.build(overlay, namespace.name(), team);
  }

  /** The beginning of a spec for a function of the team. */
  private String spec(String name) {
    return "{functionName: " + function(name) + ", timeout: 30";
  }

  private String function(String name) {
    return team + "-" + name;
  }

  private boolean isReady(String name) {
    return installed.readyIn(team, name, "status").equals("True");
  }

  private String reason(String name) {
    return installed.readyIn(team, name, "reason");
  }

  private boolean mayList(String where) {
    try (var operator = server.clientFor(namespace.name(), "lambda-config-operator")) {
      operator
          .genericKubernetesResources("lambdaconfig.dev/v1alpha1", "LambdaFunctionConfig")
          .inNamespace(where)
          .list();
      return true;
    } catch (KubernetesClientException e) {
      assertThat(e.getCode()).isEqualTo(403);
      return false;
    }
  }

  private void secret(String password) {
    server
        .client()
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName("db")
                .withNamespace(team)
                .endMetadata()
                .addToStringData("password", password)
                .build())
        .fieldManager("deploy-test")
        .serverSideApply();
  }

  private void apply(String where, String name, String spec) {
    server.client().resource(resource(where, name, spec)).create();
  }

  private static GenericKubernetesResource resource(String where, String name, String spec) {
    return Manifests.parse(
            "{apiVersion: lambdaconfig.dev/v1alpha1, kind: LambdaFunctionConfig, metadata: {name:"
                + " %s, namespace: %s}, spec: %s}".formatted(name, where, spec))
        .generic()
        .getFirst();
  }

  private void create(String manifest) {
    server.client().resource(Manifests.parse(manifest).generic().getFirst()).create();
  }
}
