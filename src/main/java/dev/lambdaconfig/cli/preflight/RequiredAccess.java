package dev.lambdaconfig.cli.preflight;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.cli.options.RunOptions;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A request to the API server that RBAC has to allow.
 *
 * @param verb such as {@code patch}
 * @param group the API group; empty for the core group
 * @param resource the plural name
 * @param subresource empty for the resource itself
 * @param name the only object that is meant; empty for all
 * @param namespace empty for all namespaces
 */
record RequiredAccess(
    String verb, String group, String resource, String subresource, String name, String namespace) {

  /** The plural name of the operator's own resources. */
  static final String PLURAL = "lambdafunctionconfigs";

  private static final String LEASES = "leases";

  /** A Lease is created where there is none, and taken, renewed and released by patch. */
  private static final List<String> LEASE_VERBS = List.of("get", "create", "patch");

  /**
   * Everything that an operator with these options needs.
   *
   * @param clientNamespace the namespace of the client's configuration, or null
   */
  static List<RequiredAccess> of(RunOptions options, @Nullable String clientNamespace) {
    Set<String> namespaces = options.namespaces().isEmpty() ? Set.of("") : options.namespaces();
    Stream<RequiredAccess> work = namespaces.stream().flatMap(RequiredAccess::toResources);
    String home = Objects.requireNonNullElse(options.leaseNamespace(clientNamespace), "");
    Stream<RequiredAccess> lease =
        options.leadership().enabled() && !home.isEmpty()
            ? LEASE_VERBS.stream().map(verb -> toLease(verb, home, options.leadership().lease()))
            : Stream.empty();
    return Stream.concat(work, lease).toList();
  }

  /** Everything that an operator needs where resources are. */
  static Stream<RequiredAccess> toResources(String namespace) {
    return Stream.of(
        new RequiredAccess("list", LambdaFunctionConfig.GROUP, PLURAL, "", "", namespace),
        new RequiredAccess("watch", LambdaFunctionConfig.GROUP, PLURAL, "", "", namespace),
        new RequiredAccess("patch", LambdaFunctionConfig.GROUP, PLURAL, "status", "", namespace),
        new RequiredAccess("create", "", "events", "", "", namespace));
  }

  private static RequiredAccess toLease(String verb, String namespace, String lease) {
    // RBAC cannot restrict create to a name.
    String name = verb.equals("create") ? "" : lease;
    return new RequiredAccess(verb, "coordination.k8s.io", LEASES, "", name, namespace);
  }

  boolean isForLease() {
    return resource.equals(LEASES);
  }

  boolean isInAllNamespaces() {
    return namespace.isEmpty();
  }

  /** The question whether this client is allowed to. */
  SelfSubjectAccessReview review() {
    return new SelfSubjectAccessReviewBuilder()
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
  }

  /** The verb and the resource, as {@code kubectl auth can-i} writes them. */
  @Override
  public String toString() {
    return verb
        + " "
        + resource
        + (group.isEmpty() ? "" : "." + group)
        + (subresource.isEmpty() ? "" : "/" + subresource);
  }
}
