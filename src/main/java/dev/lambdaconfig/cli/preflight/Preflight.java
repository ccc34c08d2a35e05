package dev.lambdaconfig.cli.preflight;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.cli.options.RunOptions;
import dev.lambdaconfig.kube.schema.ServedSchema;
import dev.lambdaconfig.timing.WaitingThreads;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/**
 * The checks before a start: the API server answers, the CRD is installed, and RBAC allows what the
 * operator does. All problems are reported together. A namespace without rights is none as long as
 * there is another one to work in: one team's mistake must not stop the operator for all.
 */
public final class Preflight {

  /** Each question is a request: those about hundreds of namespaces wait for each other. */
  private static final int MOST_AT_A_TIME = 32;

  private Preflight() {}

  /**
   * Checks whether the operator can work.
   *
   * @param schema learns which fields the API server serves; those that only inform are left out
   *     later
   * @return where it can work
   * @throws StartupException if it cannot
   */
  public static NamespaceRights check(
      KubernetesClient client, RunOptions options, ServedSchema schema) throws StartupException {
    try {
      return rights(client, options, schema);
    } catch (KubernetesClientException e) {
      throw new StartupException(
          PreflightMessages.unreachable(client.getMasterUrl(), e.getCode(), e), e);
    }
  }

  /**
   * The namespaces, among those given, in which the operator can work by now.
   *
   * @throws KubernetesClientException if the API server does not say
   */
  public static Set<String> granted(KubernetesClient client, Set<String> namespaces) {
    List<RequiredAccess> required =
        namespaces.stream().flatMap(RequiredAccess::toResources).toList();
    return NamespaceRights.of(namespaces, refused(client, required)).granted();
  }

  private static NamespaceRights rights(
      KubernetesClient client, RunOptions options, ServedSchema schema) throws StartupException {
    List<String> problems = new ArrayList<>();
    // First and alone: the others then share its connection.
    if (!isServed(client)) {
      problems.add(PreflightMessages.missingDefinition());
    }
    Thread looking = WaitingThreads.builder().start(schema::refresh);
    List<RequiredAccess> refused =
        refused(client, RequiredAccess.of(options, client.getConfiguration().getNamespace()));
    join(looking);
    if (!schema.status().missingVital().isEmpty()) {
      problems.add(PreflightMessages.otherDefinition(schema.status().missingVital()));
    }
    if (!schema.hidden().isEmpty()) {
      problems.add(PreflightMessages.hidingDefinition(schema.hidden()));
    }
    NamespaceRights rights = NamespaceRights.of(options.namespaces(), refused);
    if (!problems.isEmpty()
        || rights.isEmpty()
        || refused.stream().anyMatch(RequiredAccess::isForLease)) {
      problems.addAll(PreflightMessages.refused(refused, options.leadership().lease()));
      throw new StartupException(String.join("; ", problems));
    }
    return rights;
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Returns what is refused. All of a few namespaces is asked at the same time: a start is short.
   */
  private static List<RequiredAccess> refused(
      KubernetesClient client, List<RequiredAccess> required) {
    try (ExecutorService threads =
        Executors.newFixedThreadPool(
            MOST_AT_A_TIME, WaitingThreads.builder().name("preflight-", 0).factory())) {
      List<CompletableFuture<Boolean>> granted =
          required.stream()
              .map(
                  access -> CompletableFuture.supplyAsync(() -> isGranted(client, access), threads))
              .toList();
      return IntStream.range(0, required.size())
          .filter(index -> !granted.get(index).join())
          .mapToObj(required::get)
          .toList();
    } catch (CompletionException e) {
      throw e.getCause() instanceof KubernetesClientException cause ? cause : e;
    }
  }

  private static boolean isGranted(KubernetesClient client, RequiredAccess access) {
    return client.resource(access.review()).create().getStatus().getAllowed();
  }

  private static boolean isServed(KubernetesClient client) {
    APIResourceList served = client.getApiResources(LambdaFunctionConfig.API_VERSION);
    return served != null
        && served.getResources().stream()
            .anyMatch(resource -> RequiredAccess.PLURAL.equals(resource.getName()));
  }
}
