package dev.lambdaconfig.model.identity;

import org.jspecify.annotations.Nullable;

/**
 * The IAM role session by which a function is called in place of the operator's own identity: that
 * of a ServiceAccount, or of a role that the policy file assigns to a namespace.
 *
 * @param namespace the namespace of the resources that act as it
 * @param serviceAccount the name of the ServiceAccount, or null for an assigned role
 * @param account the account of the role, as STS answered; null while there is no session
 * @param session the key of the session's credentials, which only the adapter holds; empty while
 *     there is none, so that no call is possible
 */
public record Identity(
    String namespace, @Nullable String serviceAccount, @Nullable String account, String session) {

  /** An identity by which no call is possible. */
  public static Identity none(String namespace) {
    return new Identity(namespace, null, null, "");
  }

  /** The key of the session of an identity; empty for the operator's own, which is null. */
  public static String sessionOf(@Nullable Identity identity) {
    return identity == null ? "" : identity.session();
  }

  /** Whether there is a session. */
  public boolean hasSession() {
    return !session.isEmpty();
  }

  /** The owner of the session, for messages. */
  public String text() {
    return serviceAccount == null
        ? "namespace " + namespace
        : "ServiceAccount " + namespace + "/" + serviceAccount;
  }
}
