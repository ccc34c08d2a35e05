package dev.lambdaconfig.cli;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributes;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributesBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Looks before the start whether the operator can work: the API server, the CRD, and what the
 * operator may do. All that is missing is told together, in words that say what to do.
 */
final class Preflight {

  private static final String PLURAL = "lambdafunctionconfigs";
  private static final String CRD = PLURAL + "." + LambdaFunctionConfig.GROUP;

  private record Need(String verb, String group, String resource, String subresource) {
    @Override
    public String toString() {
      return verb
          + " "
          + resource
          + (group.isEmpty() ? "" : "." + group)
          + (subresource.isEmpty() ? "" : "/" + subresource);
    }
  }

  private static final List<Need> NEEDS =
      List.of(
          new Need("list", LambdaFunctionConfig.GROUP, PLURAL, ""),
          new Need("watch", LambdaFunctionConfig.GROUP, PLURAL, ""),
          new Need("patch", LambdaFunctionConfig.GROUP, PLURAL, "status"),
          new Need("create", "", "events", ""));

  /** The framework asks for update, and renews by patch. */
  private static final List<String> LEASE_VERBS = List.of("get", "create", "update", "patch");

  private Preflight() {}

  static void check(KubernetesClient client, RunOptions options) throws StartupException {
    List<String> problems = new ArrayList<>();
    try {
      if (!isServed(client)) {
        problems.add(
            "the CustomResourceDefinition "
                + CRD
                + " ("
                + LambdaFunctionConfig.VERSION
                + ") is not installed: kubectl apply --server-side -f crds/, or install it with the"
                + " Helm chart");
      }
      Set<String> namespaces = options.namespaces();
      if (namespaces.isEmpty()) {
        problems.addAll(missing(client, ""));
      }
      for (String namespace : namespaces) {
        problems.addAll(missing(client, namespace));
      }
      if (options.leadership().enabled()) {
        problems.addAll(missingForLease(client, options.leadership()));
      }
    } catch (KubernetesClientException e) {
      throw new StartupException(unreachable(client, e), e);
    }
    if (!problems.isEmpty()) {
      throw new StartupException(String.join("; ", problems));
    }
  }

  private static boolean isServed(KubernetesClient client) {
    APIResourceList served =
        client.getApiResources(LambdaFunctionConfig.GROUP + "/" + LambdaFunctionConfig.VERSION);
    return served != null
        && served.getResources().stream().anyMatch(resource -> PLURAL.equals(resource.getName()));
  }

  private static List<String> missing(KubernetesClient client, String namespace) {
    List<String> missing = new ArrayList<>();
    for (Need need : NEEDS) {
      ResourceAttributes wanted =
          new ResourceAttributesBuilder()
              .withGroup(need.group())
              .withResource(need.resource())
              .withSubresource(need.subresource())
              .withVerb(need.verb())
              .withNamespace(namespace)
              .build();
      if (!isAllowed(client, wanted)) {
        missing.add(
            "RBAC does not allow to "
                + need
                + (namespace.isEmpty() ? " in all namespaces" : " in namespace " + namespace)
                + ": bind the role of deploy/rbac.yaml to the operator's service account"
                + (namespace.isEmpty() ? ", or name the namespaces to watch in --namespaces" : ""));
      }
    }
    return missing;
  }

  private static List<String> missingForLease(KubernetesClient client, LeadershipOptions options) {
    String namespace =
        Objects.requireNonNullElse(
            options.namespace(),
            Objects.requireNonNullElse(client.getConfiguration().getNamespace(), ""));
    List<String> missing =
        namespace.isEmpty()
            ? List.of()
            : LEASE_VERBS.stream()
                .filter(verb -> !isAllowed(client, lease(verb, namespace, options.lease())))
                .toList();
    return missing.isEmpty()
        ? List.of()
        : List.of(
            "RBAC does not allow to "
                + String.join(", ", missing)
                + " leases.coordination.k8s.io with the name "
                + options.lease()
                + " in namespace "
                + namespace
                + ", for --leader-elect: bind the leader election role of deploy/rbac.yaml, which"
                + " has to name that Lease, to the operator's service account");
  }

  private static ResourceAttributes lease(String verb, String namespace, String name) {
    return new ResourceAttributesBuilder()
        .withGroup("coordination.k8s.io")
        .withResource("leases")
        // No role can grant to create what has that name only.
        .withName(verb.equals("create") ? "" : name)
        .withVerb(verb)
        .withNamespace(namespace)
        .build();
  }

  private static boolean isAllowed(KubernetesClient client, ResourceAttributes wanted) {
    SelfSubjectAccessReview review =
        new SelfSubjectAccessReviewBuilder()
            .withNewSpec()
            .withResourceAttributes(wanted)
            .endSpec()
            .build();
    return client.resource(review).create().getStatus().getAllowed();
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
