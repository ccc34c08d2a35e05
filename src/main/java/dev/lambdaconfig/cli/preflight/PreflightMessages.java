package dev.lambdaconfig.cli.preflight;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** The messages for what keeps the operator from starting; each says what to do about it. */
final class PreflightMessages {

  private static final String CRD = RequiredAccess.PLURAL + "." + LambdaFunctionConfig.GROUP;

  private PreflightMessages() {}

  static String missingDefinition() {
    return "the CustomResourceDefinition "
        + CRD
        + " ("
        + LambdaFunctionConfig.VERSION
        + ") is not installed: kubectl apply --server-side -f crds/, or install it with the Helm"
        + " chart";
  }

  /**
   * The message for a CRD of another release.
   *
   * @param fields the fields of the status that it lacks
   */
  static String otherDefinition(Collection<String> fields) {
    return "the CustomResourceDefinition "
        + CRD
        + " is of another release: its status lacks "
        + String.join(", ", fields)
        + ", without which updates could be repeated: kubectl apply --server-side -f crds/, or"
        + " upgrade it with the Helm chart";
  }

  /**
   * The message for a CRD that hides members of specs.
   *
   * @param members their paths within the spec
   */
  static String hidingDefinition(Collection<String> members) {
    return "the CustomResourceDefinition "
        + CRD
        + " is older than this operator: its spec lacks "
        + String.join(", ", members)
        + ", so the API server hides them, and what is left of a spec can mean something else:"
        + " kubectl apply --server-side -f crds/, or upgrade it with the Helm chart";
  }

  /**
   * The messages for missing permissions: one for each, but one for all verbs on the Lease.
   *
   * @param lease the name of the Lease
   */
  static List<String> refused(List<RequiredAccess> refused, String lease) {
    List<String> messages = new ArrayList<>();
    for (RequiredAccess access : refused) {
      if (!access.isForLease()) {
        messages.add(refused(access));
      }
    }
    List<RequiredAccess> leases = refused.stream().filter(RequiredAccess::isForLease).toList();
    if (!leases.isEmpty()) {
      messages.add(refusedLease(leases, lease));
    }
    return messages;
  }

  private static String refused(RequiredAccess access) {
    boolean everywhere = access.isInAllNamespaces();
    return "RBAC does not allow the operator to "
        + access
        + (everywhere ? " in all namespaces" : " in namespace " + access.namespace())
        + ": bind the role of deploy/rbac.yaml to the operator's service account"
        + (everywhere ? ", or name the namespaces to watch in --namespaces" : "");
  }

  /**
   * The message for a namespace that is left out.
   *
   * @param refused what is missing there
   */
  static String leftOut(List<RequiredAccess> refused) {
    return "namespace "
        + refused.getFirst().namespace()
        + " is left out, because RBAC does not allow the operator to "
        + refused.stream().map(RequiredAccess::toString).collect(Collectors.joining(", "))
        + " there: bind the role of deploy/rbac.yaml to the operator's service account, and it is"
        + " watched within a minute; or, if the namespace is gone, remove it from --namespaces";
  }

  private static String refusedLease(List<RequiredAccess> refused, String lease) {
    return "RBAC does not allow the operator to "
        + refused.stream().map(RequiredAccess::verb).collect(Collectors.joining(", "))
        + " leases.coordination.k8s.io with the name "
        + lease
        + " in namespace "
        + refused.getFirst().namespace()
        + ", for --leader-elect: bind the leader election role of deploy/rbac.yaml, which must"
        + " name that Lease, to the operator's service account";
  }

  /**
   * The message for an API server that gives no answer, or one to other credentials only.
   *
   * @param server its URL
   * @param code the HTTP status; 0 for no answer
   */
  static String unreachable(Object server, int code, Throwable failure) {
    if (code == 401) {
      return "the API server at "
          + server
          + " does not accept the credentials (401): check KUBECONFIG or the Pod's service account";
    }
    return "the API server at "
        + server
        + " does not answer ("
        + RootCause.of(failure)
        + "): check KUBECONFIG, or run in a Pod with a service account";
  }
}
