package dev.lambdaconfig.cli.preflight;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.cli.options.RunOptions;
import dev.lambdaconfig.kube.status.StatusSchema;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Looks before the start whether the operator can work: the API server, the CRD, and what the
 * operator may do. All that is missing is told together, in words that say what to do.
 */
public final class Preflight {

  private static final String PLURAL = "lambdafunctionconfigs";
  private static final String CRD = PLURAL + "." + LambdaFunctionConfig.GROUP;

  /** Something that the operator has to be allowed to do; in all namespaces if it names none. */
  private record Need(
      String verb,
      String group,
      String resource,
      String subresource,
      String name,
      String namespace) {

    static Need of(String verb, String group, String resource, String subresource) {
      return new Need(verb, group, resource, subresource, "", "");
    }

    static Need ofLease(String verb, String namespace, String lease) {
      // No role can grant to create what has that name only.
      String name = verb.equals("create") ? "" : lease;
      return new Need(verb, "coordination.k8s.io", LEASES, "", name, namespace);
    }

    Need in(String other) {
      return new Need(verb, group, resource, subresource, name, other);
    }

    boolean isForLease() {
      return resource.equals(LEASES);
    }

    boolean isGranted(KubernetesClient client) {
      SelfSubjectAccessReview review =
          new SelfSubjectAccessReviewBuilder()
              .withNewSpec()
              .withNewResourceAttributes()
              .withGroup(group)
              .withResource(resource)
              .withSubresource(subresource)
              .withName(name)
              .withVerb(verb)
              .withNamespace(namespace)
              .endResourceAttributes()
              .endSpec()
              .build();
      return client.resource(review).create().getStatus().getAllowed();
    }

    @Override
    public String toString() {
      return verb
          + " "
          + resource
          + (group.isEmpty() ? "" : "." + group)
          + (subresource.isEmpty() ? "" : "/" + subresource);
    }
  }

  private static final String LEASES = "leases";

  private static final List<Need> NEEDS =
      List.of(
          Need.of("list", LambdaFunctionConfig.GROUP, PLURAL, ""),
          Need.of("watch", LambdaFunctionConfig.GROUP, PLURAL, ""),
          Need.of("patch", LambdaFunctionConfig.GROUP, PLURAL, "status"),
          Need.of("create", "", "events", ""));

  /** The framework asks for update, and renews by patch. */
  private static final List<String> LEASE_VERBS = List.of("get", "create", "update", "patch");

  private Preflight() {}

  /**
   * Looks whether the operator can work.
   *
   * @param schema is told what the API server serves; fields that only tell are left out later
   */
  public static void check(KubernetesClient client, RunOptions options, StatusSchema schema)
      throws StartupException {
    List<String> problems = new ArrayList<>();
    try {
      // First and alone: the others then share its connection.
      if (!isServed(client)) {
        problems.add(
            "the CustomResourceDefinition "
                + CRD
                + " ("
                + LambdaFunctionConfig.VERSION
                + ") is not installed: kubectl apply --server-side -f crds/, or install it with the"
                + " Helm chart");
      }
      Thread looking = Thread.startVirtualThread(schema::look);
      List<Need> refused = refused(client, needs(client, options));
      join(looking);
      if (!schema.missingVital().isEmpty()) {
        problems.add(
            "the CustomResourceDefinition "
                + CRD
                + " is of another release: its status lacks "
                + String.join(", ", schema.missingVital())
                + ", without which updates could be repeated: kubectl apply --server-side -f"
                + " crds/, or upgrade it with the Helm chart");
      }
      refused.stream()
          .filter(need -> !need.isForLease())
          .map(Preflight::problem)
          .forEach(problems::add);
      List<Need> leases = refused.stream().filter(Need::isForLease).toList();
      if (!leases.isEmpty()) {
        problems.add(leaseProblem(leases, options.leadership().lease()));
      }
    } catch (KubernetesClientException e) {
      throw new StartupException(unreachable(client, e), e);
    }
    if (!problems.isEmpty()) {
      throw new StartupException(String.join("; ", problems));
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<Need> needs(KubernetesClient client, RunOptions options) {
    Set<String> namespaces = options.namespaces().isEmpty() ? Set.of("") : options.namespaces();
    Stream<Need> work =
        namespaces.stream().flatMap(namespace -> NEEDS.stream().map(need -> need.in(namespace)));
    String home =
        Objects.requireNonNullElse(
            options.leaseNamespace(client.getConfiguration().getNamespace()), "");
    Stream<Need> lease =
        options.leadership().enabled() && !home.isEmpty()
            ? LEASE_VERBS.stream()
                .map(verb -> Need.ofLease(verb, home, options.leadership().lease()))
            : Stream.empty();
    return Stream.concat(work, lease).toList();
  }

  /**
   * What is not granted. All are asked for at the same time: a start waits for the slowest only.
   */
  private static List<Need> refused(KubernetesClient client, List<Need> needs) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<Boolean>> granted =
          needs.stream()
              .map(need -> CompletableFuture.supplyAsync(() -> need.isGranted(client), threads))
              .toList();
      return IntStream.range(0, needs.size())
          .filter(index -> !granted.get(index).join())
          .mapToObj(needs::get)
          .toList();
    } catch (CompletionException e) {
      throw e.getCause() instanceof KubernetesClientException cause ? cause : e;
    }
  }

  private static String problem(Need need) {
    boolean everywhere = need.namespace().isEmpty();
    return "RBAC does not allow to "
        + need
        + (everywhere ? " in all namespaces" : " in namespace " + need.namespace())
        + ": bind the role of deploy/rbac.yaml to the operator's service account"
        + (everywhere ? ", or name the namespaces to watch in --namespaces" : "");
  }

  private static String leaseProblem(List<Need> missing, String lease) {
    return "RBAC does not allow to "
        + missing.stream().map(Need::verb).collect(Collectors.joining(", "))
        + " leases.coordination.k8s.io with the name "
        + lease
        + " in namespace "
        + missing.getFirst().namespace()
        + ", for --leader-elect: bind the leader election role of deploy/rbac.yaml, which"
        + " has to name that Lease, to the operator's service account";
  }

  private static boolean isServed(KubernetesClient client) {
    APIResourceList served =
        client.getApiResources(LambdaFunctionConfig.GROUP + "/" + LambdaFunctionConfig.VERSION);
    return served != null
        && served.getResources().stream().anyMatch(resource -> PLURAL.equals(resource.getName()));
  }

  private static String unreachable(KubernetesClient client, KubernetesClientException e) {
    if (e.getCode() == 401) {
      return "the API server at "
          + client.getMasterUrl()
          + " does not accept the credentials (401): check KUBECONFIG or the Pod's service account";
    }
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return "the API server at "
        + client.getMasterUrl()
        + " does not answer ("
        + cause
        + "): check KUBECONFIG, or run in a Pod with a service account";
  }
}
