package dev.lambdaconfig.values;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.cluster.ApiServer;
import dev.lambdaconfig.model.source.SourceKey;
import dev.lambdaconfig.model.source.ValueSource;
import dev.lambdaconfig.model.source.WatchScope;
import dev.lambdaconfig.timing.Timing;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sources of an operator that has the rights of one way of watching, and no other. */
final class WatchedSourcesRightsIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final String RBAC = "rbac.authorization.k8s.io";
  private static final SourceKey DB = SourceKey.secret("db");
  private static final SourceKey OTHER = SourceKey.secret("other");

  private final ApiServer server = ApiServer.shared();
  private final String namespace = server.freshNamespace("rights");
  private final RecordedChanges changes = new RecordedChanges();

  private @Nullable KubernetesClient client;
  private @Nullable WatchedSources sources;

  @BeforeEach
  void prepare() {
    server
        .client()
        .resource(new ServiceAccountBuilder().withMetadata(metadata("operator")).build())
        .create();
    write("db", "one");
    write("other", "one");
  }

  @AfterEach
  void close() {
    if (sources != null) {
      sources.close();
    }
    if (client != null) {
      client.close();
    }
    server.client().rbac().clusterRoles().withName(namespace).delete();
    server.client().rbac().clusterRoleBindings().withName(namespace).delete();
  }

  @Test
  void aClusterRoleLetsItWatchAll() {
    grantEverywhere(rule("get", "list", "watch"));

    start(WatchScope.CLUSTER);

    assertRotationIsSeen();
  }

  @Test
  void aRoleLetsItWatchItsNamespace() {
    grant(rule("get", "list", "watch"));

    start(WatchScope.NAMESPACE);

    assertRotationIsSeen();
  }

  @Test
  void aRoleForANameLetsItWatchThatNameAlone() {
    grant(new PolicyRuleBuilder(rule("get", "list", "watch")).withResourceNames("db").build());

    start(WatchScope.NAME);

    assertRotationIsSeen();
    assertThat(sources().read(namespace, Set.of(OTHER)).get(OTHER))
        .isEqualTo(
            new ValueSource.Denied(
                "RBAC does not allow the operator to get secrets with the name other in namespace "
                    + namespace
                    + ": grant get, list and watch to its service account (valueSources in the Helm"
                    + " chart, or deploy/values-rbac.yaml)"));
  }

  @Test
  void withoutTheRightToWatchItReadsAndTellsOnceUntilItIsGranted() {
    // Given
    grant(rule("get"));

    // When
    start(WatchScope.CLUSTER);

    // Then
    Awaitility.await().atMost(PATIENCE).until(() -> !changes.messages.isEmpty());
    assertThat(changes.messages)
        .singleElement()
        .asString()
        .startsWith(
            "value-watch-secrets orders: RBAC does not allow the operator to list and watch")
        .contains("secrets in all namespaces", "--value-watch");
    assertThat(text(sources().read(namespace, Set.of(DB)).get(DB))).isEqualTo("one");

    // When
    write("db", "two");
    assertThat(text(sources().read(namespace, Set.of(DB)).get(DB))).isEqualTo("two");
    grantEverywhere(rule("list", "watch"));

    // Then: those that read the first one hear of it
    awaitTrigger();
    assertThat(changes.messages).hasSize(1);
  }

  private void grantEverywhere(PolicyRule rule) {
    server
        .client()
        .resource(
            new ClusterRoleBuilder().withMetadata(metadata(namespace)).withRules(rule).build())
        .create();
    server
        .client()
        .resource(
            new ClusterRoleBindingBuilder()
                .withMetadata(metadata(namespace))
                .withNewRoleRef(RBAC, "ClusterRole", namespace)
                .addNewSubject("", "ServiceAccount", "operator", namespace)
                .build())
        .create();
  }

  private void start(WatchScope scope) {
    client = server.clientFor(namespace, "operator");
    sources = new WatchedSources(client, scope, changes, Timing.system());
    sources.depends(new ResourceID("orders", namespace), Set.of(DB));
  }

  private void assertRotationIsSeen() {
    // Given
    Awaitility.await().atMost(PATIENCE).until(() -> sources().liveWatches() == 1);
    assertThat(text(sources().read(namespace, Set.of(DB)).get(DB))).isEqualTo("one");

    // When
    write("other", "two");
    write("db", "two");

    // Then
    awaitTrigger();
    assertThat(text(sources().read(namespace, Set.of(DB)).get(DB))).isEqualTo("two");
    assertThat(changes.messages).isEmpty();
  }

  private void awaitTrigger() {
    Awaitility.await().atMost(PATIENCE).until(() -> !changes.triggers.isEmpty());
    assertThat(changes.triggers).containsExactly(List.of("orders"));
  }

  private static @Nullable String text(@Nullable ValueSource source) {
    return source instanceof ValueSource.Present present ? present.values().get("text") : null;
  }

  private WatchedSources sources() {
    return java.util.Objects.requireNonNull(sources);
  }

  private void grant(PolicyRule rule) {
    server
        .client()
        .resource(new RoleBuilder().withMetadata(metadata("values")).withRules(rule).build())
        .create();
    server
        .client()
        .resource(
            new RoleBindingBuilder()
                .withMetadata(metadata("values"))
                .withNewRoleRef(RBAC, "Role", "values")
                .addNewSubject("", "ServiceAccount", "operator", namespace)
                .build())
        .create();
  }

  private static PolicyRule rule(String... verbs) {
    return new PolicyRuleBuilder()
        .withApiGroups("")
        .withResources("secrets")
        .withVerbs(verbs)
        .build();
  }

  private void write(String name, String text) {
    server
        .client()
        .resource(
            new SecretBuilder().withMetadata(metadata(name)).addToStringData("text", text).build())
        .serverSideApply();
  }

  private ObjectMeta metadata(String name) {
    return new ObjectMetaBuilder().withName(name).withNamespace(namespace).build();
  }
}
