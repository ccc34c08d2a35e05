package dev.lambdaconfig.deploy;

import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request to the API server as RBAC sees it.
 *
 * @param resource the plural name, with its subresource
 * @param name the only object that is meant, or empty
 * @param namespace empty for all namespaces
 */
record AccessRequest(String verb, String group, String resource, String name, String namespace) {

  private static final Pattern PATH =
      Pattern.compile(
          "/(?:api|apis/(?<group>[^/]+))/[^/]+(?:/namespaces/(?<namespace>[^/]+))?"
              + "/(?<resource>[^/]+)(?:/(?<name>[^/]+)(?:/(?<subresource>[^/]+))?)?");

  /** The group of questions about rights, which every user may ask. */
  private static final String QUESTIONS = "authorization.k8s.io";

  /** The request, or null where none of the operator's roles has to allow it. */
  static @Nullable AccessRequest of(String method, URI uri) {
    Matcher path = PATH.matcher(uri.getPath());
    if (!path.matches() || QUESTIONS.equals(path.group("group"))) {
      return null;
    }
    String name = orEmpty(path.group("name"));
    String subresource = orEmpty(path.group("subresource"));
    return new AccessRequest(
        verb(method, orEmpty(uri.getQuery()), name),
        orEmpty(path.group("group")),
        path.group("resource") + (subresource.isEmpty() ? "" : "/" + subresource),
        name,
        orEmpty(path.group("namespace")));
  }

  private static String orEmpty(@Nullable String part) {
    return Objects.requireNonNullElse(part, "");
  }

  private static String verb(String method, String query, String name) {
    return switch (method) {
      case "GET" -> query.contains("watch=true") ? "watch" : name.isEmpty() ? "list" : "get";
      case "POST" -> "create";
      case "PUT" -> "update";
      case "PATCH" -> "patch";
      case "DELETE" -> name.isEmpty() ? "deletecollection" : "delete";
      default -> method;
    };
  }

  /** Whether a rule of a role in this namespace allows the request. */
  boolean isAllowedBy(String roleNamespace, PolicyRule rule) {
    List<String> names = Objects.requireNonNullElse(rule.getResourceNames(), List.of());
    return namespace.equals(roleNamespace)
        && rule.getVerbs().contains(verb)
        && rule.getApiGroups().contains(group)
        && rule.getResources().contains(resource)
        && (names.isEmpty() || names.contains(name));
  }
}
