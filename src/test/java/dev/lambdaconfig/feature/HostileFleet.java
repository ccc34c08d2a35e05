package dev.lambdaconfig.feature;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.StatusCondition;
import dev.lambdaconfig.hostile.HostileCases;
import dev.lambdaconfig.hostile.HostileManifest;
import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.status.Conditions;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;

/** Resources of generated manifests, with annotations and statuses that somebody made up. */
final class HostileFleet {

  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final OperatorExtension operator;
  private final HostileCases cases;
  private final Set<String> names = new TreeSet<>();

  HostileFleet(OperatorExtension operator, HostileCases cases) {
    this.operator = operator;
    this.cases = cases;
  }

  /** Creates the resources from one number, inclusive, to another one, exclusive. */
  void create(int from, int to) {
    for (int i = from; i < to; i++) {
      String name = "hostile-" + cases.seed(i);
      operator.aws().createFunction(FunctionSeed.zip(name));
      HostileManifest manifest = new HostileManifest(cases.seed(i), cases.random(i), name);
      String spec = manifest.specText();
      String status = manifest.statusText();
      try {
        LaxSchema.create(operator, name, manifest.annotations().toString(), spec, "{}");
      } catch (KubernetesClientException e) {
        cases.count("refused by the API server");
        continue;
      }
      names.add(name);
      forge(name, status);
    }
  }

  /** Writes a status; the operator may write at the same time, and then its own counts. */
  private void forge(String name, String status) {
    try {
      LaxSchema.putStatus(operator.server(), operator.namespace(), name, status);
    } catch (KubernetesClientException e) {
      assertThat(e.getCode()).as("%s: %s", name, e.getMessage()).isIn(400, 409, 422);
    }
  }

  /** Returns when the operator has written the status of each. */
  void awaitStatuses(StatusAnswers statuses) {
    Awaitility.await("a status of each")
        .atMost(PATIENCE)
        .failFast(() -> assertThat(statuses.refused()).isEmpty())
        .untilAsserted(() -> assertThat(statuses.written()).containsAll(names));
  }

  /** Counts what the statuses say. */
  void countReasons() {
    // Other clients do not read all of it.
    try (KubernetesClient client = LaxSchema.client(operator)) {
      names.forEach(name -> cases.count(reason(client, name)));
    }
  }

  private String reason(KubernetesClient client, String name) {
    LambdaFunctionConfig resource =
        requireNonNull(
            client
                .resources(LambdaFunctionConfig.class)
                .inNamespace(operator.namespace())
                .withName(name)
                .get());
    for (String type : Set.of(Conditions.READY, Conditions.SUSPENDED)) {
      StatusCondition condition = Fleet.condition(resource, type);
      if (condition != null) {
        return condition.reason();
      }
    }
    return "no reason";
  }

  /** Deletes all, and returns when they are gone. */
  void deleteAll() {
    try (KubernetesClient client = LaxSchema.client(operator)) {
      var all = client.resources(LambdaFunctionConfig.class).inNamespace(operator.namespace());
      names.forEach(name -> all.withName(name).delete());
      Awaitility.await("all to be gone")
          .atMost(PATIENCE)
          .until(
              () ->
                  all.list().getItems().stream()
                      .noneMatch(each -> names.contains(each.getMetadata().getName())));
    }
  }
}
