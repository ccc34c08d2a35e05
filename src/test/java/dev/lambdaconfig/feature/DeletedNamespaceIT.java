package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.cli.options.RunOptions;
import dev.lambdaconfig.deploy.ChartRights;
import dev.lambdaconfig.kube.secret.BaselineCollector;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The deletion of a watched namespace. The test's API server has no namespace controller, so the
 * test deletes what that deletes first: the Roles and RoleBindings, which nothing holds.
 */
final class DeletedNamespaceIT {

  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  /** By hand, as docs/install/upgrade.md says. */
  private static final String RELEASE =
      """
      [{"op": "test", "path": "/metadata/finalizers/0", "value": "lambdaconfig.dev/restore"},
       {"op": "remove", "path": "/metadata/finalizers/0"}]
      """;

  /** The last moment at which the API server has denied the operator to read resources. */
  private static final class Denials implements Interceptor {

    private volatile Instant last = Instant.EPOCH;

    @Override
    public void after(
        HttpRequest request,
        HttpResponse<?> response,
        AsyncBody.@Nullable Consumer<List<ByteBuffer>> consumer) {
      if (response.code() == 403 && request.uri().getPath().endsWith("/lambdafunctionconfigs")) {
        last = Instant.now();
      }
    }
  }

  private static void deleteNamespace(OperatorExtension operator) {
    KubernetesClient client = operator.server().client();
    String namespace = operator.namespace();
    client.namespaces().withName(namespace).delete();
    client.rbac().roleBindings().inNamespace(namespace).delete();
    client.rbac().roles().inNamespace(namespace).delete();
    operator.resources().resource("owner").delete();
  }

  private static double unchecked(OperatorExtension operator)
      throws IOException, InterruptedException {
    return operator.scrape().sum("lambdaconfig_baselines_unchecked", Map.of());
  }

  /** The Roles of the chart's restore.enabled alone. */
  @Nested
  final class WithRolesInTheNamespace {

    @RegisterExtension
    final OperatorExtension operator =
        OperatorExtension.sweepingEverySecond()
            .granting(ChartRights.Feature.RESTORE)
            .startedByTest()
            .withRestoreTimeout(TIMEOUT);

    @RegisterExtension final LogLines log = new LogLines(BaselineCollector.class);

    private final ResourceClient resources = operator.resources();
    private final BaselineSecrets baselines = new BaselineSecrets(operator);

    @Test
    void noTimeoutReleasesAResourceAndAPersonHasTo() throws Exception {
      // Given
      Denials denials = new Denials();
      operator.start(setup -> setup.withInterceptor(denials));
      baselines.givenOwner();

      // When
      deleteNamespace(operator);

      // Then
      Instant deleted = Instant.now();
      Awaitility.await("a denial after the timeout")
          .atMost(Duration.ofMinutes(1))
          .until(() -> denials.last.isAfter(deleted.plus(TIMEOUT.multipliedBy(2))));
      assertThat(resources.get("owner").getMetadata().getFinalizers())
          .containsExactly("lambdaconfig.dev/restore");
      assertThat(baselines.variables()).isEmpty();

      // When
      resources
          .resource("owner")
          .patch(new PatchContext.Builder().withPatchType(PatchType.JSON).build(), RELEASE);

      // Then the former values stay, because nothing shows that the resource is gone
      resources.awaitGone("owner");
      Awaitility.await("a check that fails").until(() -> unchecked(operator) == 1);
      baselines.awaitKept(1);

      // When the namespace is no longer among the options, and a person deletes what was kept
      operator.stop();
      String other = operator.server().freshNamespace("other");
      operator.start(
          new RunOptions(Duration.ofSeconds(1), 0, Set.of(other), false)
              .withOperatorNamespace(operator.operatorNamespace()));

      // Then
      Awaitility.await("the line about it")
          .until(() -> log.levels("namespaces", operator.namespace()).size() == 1);
      assertThat(unchecked(operator)).isZero();
      operator
          .server()
          .client()
          .secrets()
          .inNamespace(operator.operatorNamespace())
          .withLabel("lambdaconfig.dev/resource-namespace", operator.namespace())
          .delete();
      baselines.awaitKept(0);
    }
  }

  /** As the runbook says: no RoleBinding can be created in a namespace that is being deleted. */
  @Nested
  final class WithAClusterRoleThatAPersonBindsLater {

    @RegisterExtension
    final OperatorExtension operator =
        OperatorExtension.sweepingEverySecond()
            .granting(ChartRights.Feature.RESTORE)
            .startedByTest();

    private final ResourceClient resources = operator.resources();
    private final BaselineSecrets baselines = new BaselineSecrets(operator);
    private final List<HasMetadata> granted = new ArrayList<>();

    @AfterEach
    void revoke() {
      granted.forEach(object -> operator.server().client().resource(object).delete());
    }

    @Test
    void theFunctionIsRestoredAndTheResourceReleased() throws Exception {
      // Given
      StatusAnswers answers = new StatusAnswers();
      operator.start(setup -> setup.withInterceptor(answers));
      baselines.givenOwner();
      deleteNamespace(operator);
      Awaitility.await("a denial").until(() -> answers.refused().contains("403 to owner"));

      // When
      grant();

      // Then
      resources.awaitGone("owner");
      assertThat(baselines.variables()).containsExactlyEntriesOf(Map.of("TOKEN", "canary-payroll"));
      baselines.awaitKept(0);
    }

    private void grant() {
      String name = "lambda-config-restore-" + operator.namespace();
      granted.add(
          new ClusterRoleBuilder()
              .withNewMetadata()
              .withName(name)
              .endMetadata()
              .addNewRule()
              .withApiGroups("lambdaconfig.dev")
              .withResources("lambdafunctionconfigs", "lambdafunctionconfigs/status")
              .withVerbs("list", "watch", "patch")
              .endRule()
              .build());
      granted.add(
          new ClusterRoleBindingBuilder()
              .withNewMetadata()
              .withName(name)
              .endMetadata()
              .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", name)
              .addNewSubject()
              .withApiGroup("rbac.authorization.k8s.io")
              .withKind("Group")
              .withName("system:serviceaccounts:" + operator.operatorNamespace())
              .endSubject()
              .build());
      granted.forEach(object -> operator.server().client().resource(object).create());
    }
  }

  /** The rights of the chart's restore.clusterWide. */
  @Nested
  final class WithRightsOutsideOfTheNamespace {

    @RegisterExtension
    final OperatorExtension operator =
        OperatorExtension.sweepingEverySecond()
            .granting(ChartRights.Feature.RESTORE_CLUSTER_WIDE)
            .startedByTest();

    private final ResourceClient resources = operator.resources();
    private final BaselineSecrets baselines = new BaselineSecrets(operator);

    @Test
    void theFunctionIsRestoredAndNothingIsLeft() throws Exception {
      // Given
      operator.start();
      baselines.givenOwner();

      // When
      deleteNamespace(operator);

      // Then
      resources.awaitGone("owner");
      assertThat(baselines.variables()).containsExactlyEntriesOf(Map.of("TOKEN", "canary-payroll"));
      baselines.awaitKept(0);
      assertThat(unchecked(operator)).isZero();
    }

    @Test
    void anOperatorThatStartsMeanwhileDoesSoToo() throws Exception {
      // Given
      operator.start();
      baselines.givenOwner();
      operator.stop();
      deleteNamespace(operator);

      // When
      operator.start();

      // Then
      resources.awaitGone("owner");
      assertThat(baselines.variables()).containsExactlyEntriesOf(Map.of("TOKEN", "canary-payroll"));
    }
  }
}
