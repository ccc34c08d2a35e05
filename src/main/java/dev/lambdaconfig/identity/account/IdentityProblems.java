package dev.lambdaconfig.identity.account;

import dev.lambdaconfig.identity.account.ServiceAccounts.ServiceAccount;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.text.OneLine;
import dev.lambdaconfig.text.WholeText;
import java.util.List;

/**
 * The problems that keep Kubernetes from giving a resource its identity; each says what to write.
 */
public final class IdentityProblems {

  /** The reason of a resource that has to name a ServiceAccount and does not. */
  static final String IDENTITY_REQUIRED = "IdentityRequired";

  /** The reason of a resource with more than one identity. */
  static final String IDENTITY_AMBIGUOUS = "IdentityAmbiguous";

  /** The reason of a ServiceAccount that does not exist, or is being deleted. */
  static final String SERVICE_ACCOUNT_NOT_FOUND = "ServiceAccountNotFound";

  /** The reason of a ServiceAccount without the annotation of a role. */
  static final String ROLE_NOT_ANNOTATED = "RoleNotAnnotated";

  /** The reason of an annotation that names no role which can be assumed for the function. */
  public static final String INVALID_ROLE = "InvalidRole";

  /** The reason where RBAC keeps the operator from a ServiceAccount or its token. */
  static final String TOKEN_FORBIDDEN = "TokenForbidden";

  /** The reason where the API server issues no token. */
  static final String TOKEN_REFUSED = "TokenRefused";

  /** The reason where the API server does not answer. */
  static final String API_SERVER_UNAVAILABLE = "APIServerUnavailable";

  /** The entries that a message lists. */
  private static final int LISTED = 5;

  /** The longest text of others that a message repeats. */
  private static final int LONGEST_QUOTE = 200;

  private IdentityProblems() {}

  /** The policy file assigns several roles to a namespace. */
  public static Problem ambiguous(String namespace, List<String> entries) {
    return stalled(
        IDENTITY_AMBIGUOUS,
        String.join(" and ", entries.subList(0, Math.min(LISTED, entries.size())))
            + " of the operator's policy "
            + (entries.size() > LISTED ? "and others " : "")
            + "each assign a role to namespace "
            + namespace
            + ": ask its administrators to leave one");
  }

  /** A resource names a ServiceAccount, and the policy file assigns a role to its namespace. */
  public static Problem ambiguous(String namespace, String entry) {
    return stalled(
        IDENTITY_AMBIGUOUS,
        entry
            + " of the operator's policy assigns a role to namespace "
            + namespace
            + ", and serviceAccountName names another identity: remove serviceAccountName, or ask"
            + " the operator's administrators to remove the entry");
  }

  /** A resource has no identity of its own, and each has to have one. */
  public static Problem required(String namespace) {
    return stalled(
        IDENTITY_REQUIRED,
        "the operator runs with --tenant-identity=required: set serviceAccountName to a"
            + " ServiceAccount of namespace "
            + namespace
            + " whose annotation "
            + RoleAnnotations.ROLE_ARN
            + " names the IAM role to act as, or ask the operator's administrators to assign a role"
            + " to the namespace in identities of its policy file");
  }

  /** The resource names a ServiceAccount that does not exist. */
  public static Problem missing(String namespace, String serviceAccount) {
    return stalled(
        SERVICE_ACCOUNT_NOT_FOUND,
        "namespace "
            + namespace
            + " has no ServiceAccount "
            + quoted(serviceAccount)
            + ": create it with the annotation "
            + RoleAnnotations.ROLE_ARN
            + ", or correct serviceAccountName");
  }

  /** The ServiceAccount is being deleted. */
  public static Problem deleting(ServiceAccount account) {
    return stalled(
        SERVICE_ACCOUNT_NOT_FOUND,
        name(account)
            + " is being deleted: create it anew once it is gone, or name another one in"
            + " serviceAccountName");
  }

  static Problem notAnnotated(ServiceAccount account, String partition) {
    return stalled(
        ROLE_NOT_ANNOTATED,
        name(account)
            + " names no IAM role: kubectl annotate serviceaccount -n "
            + account.namespace()
            + " "
            + account.name()
            + " "
            + RoleAnnotations.ROLE_ARN
            + "="
            + example(partition));
  }

  static Problem noRole(ServiceAccount account, String value, String partition) {
    return stalled(
        INVALID_ROLE,
        "the annotation "
            + RoleAnnotations.ROLE_ARN
            + " of "
            + name(account)
            + " is "
            + quoted(value)
            + ", which is not the ARN of an IAM role: write "
            + example(partition));
  }

  static Problem otherPartition(
      ServiceAccount account, String ofRole, String region, String partition) {
    return stalled(
        INVALID_ROLE,
        "the annotation "
            + RoleAnnotations.ROLE_ARN
            + " of "
            + name(account)
            + " names a role of the partition "
            + ofRole
            + ", and the function's Region "
            + region
            + " is in "
            + partition
            + ": name a role of that partition, "
            + example(partition));
  }

  static Problem invalidAudience(ServiceAccount account) {
    return stalled(
        INVALID_ROLE,
        "the annotation "
            + RoleAnnotations.AUDIENCE
            + " of "
            + name(account)
            + " is not 1 to 255 letters, digits and ._~:/@%+=,-: write an audience of the IAM"
            + " identity provider, or remove it");
  }

  /** RBAC does not allow the ServiceAccount to be read. */
  public static Problem unreadable(IdentityKey.OfServiceAccount key) {
    return forbidden(
        "RBAC does not allow the operator to get serviceaccounts with the name "
            + key.serviceAccount()
            + " in namespace "
            + key.namespace()
            + remedy(key.namespace(), key.serviceAccount()));
  }

  /** RBAC does not allow a token to be requested. */
  public static Problem unmintable(ServiceAccount account) {
    return forbidden(
        "RBAC does not allow the operator to create serviceaccounts/token with the name "
            + account.name()
            + " in namespace "
            + account.namespace()
            + remedy(account.namespace(), account.name()));
  }

  /**
   * A refusal by RBAC, which an API server that starts gives as well, and which no tenant causes.
   */
  private static Problem forbidden(String message) {
    return new Problem(TOKEN_FORBIDDEN, message, Problem.Kind.OF_OPERATOR);
  }

  private static String remedy(String namespace, String name) {
    return ": add {namespace: "
        + namespace
        + ", serviceAccounts: ["
        + name
        + "]} to the chart's identity.serviceAccounts, or grant both with resourceNames in a Role"
        + " of that namespace";
  }

  /** The API server issues no token. */
  public static Problem rejected(ServiceAccount account, String why) {
    return stalled(
        TOKEN_REFUSED,
        "the API server issues no token of "
            + name(account)
            + ": "
            + quoted(why)
            + "; check the annotation "
            + RoleAnnotations.AUDIENCE);
  }

  /** The API server does not answer. */
  public static Problem unanswered(String why) {
    return new Problem(API_SERVER_UNAVAILABLE, why, Problem.Kind.PASSING);
  }

  /** A client failed in a way that is not expected of it. */
  public static Problem unexpected(Throwable failure) {
    return new Problem(
        Failure.CLIENT_ERROR,
        "the identity could not be resolved ("
            + failure.getClass().getSimpleName()
            + "); the operator tries again",
        Problem.Kind.PASSING);
  }

  /** The ServiceAccount for messages. */
  public static String name(ServiceAccount account) {
    return "the ServiceAccount " + account.namespace() + "/" + account.name();
  }

  private static String example(String partition) {
    return "arn:" + partition + ":iam::<account>:role/<name>";
  }

  /** A text of others for messages, shortened, on one line. */
  public static String quoted(String text) {
    return text.length() <= LONGEST_QUOTE
        ? OneLine.of(text)
        : OneLine.of(WholeText.start(text, LONGEST_QUOTE)) + "...";
  }

  private static Problem stalled(String reason, String message) {
    return new Problem(reason, message, Problem.Kind.OF_IDENTITY);
  }
}
