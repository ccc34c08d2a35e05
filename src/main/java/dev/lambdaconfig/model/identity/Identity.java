package dev.lambdaconfig.model.identity;

import org.jspecify.annotations.Nullable;

/**
 * The IAM role session of a ServiceAccount, by which a function is called in place of the
 * operator's own identity.
 *
 * @param namespace the namespace of the ServiceAccount
 * @param serviceAccount its name
 * @param account the account of the role, as STS answered; null while there is no session
 * @param session the key of the session's credentials, which only the adapter holds; empty while
 *     there is none, so that no call is possible
 */
public record Identity(
    String namespace, String serviceAccount, @Nullable String account, String session) {

  /** The identity of a ServiceAccount without a session. */
  public static Identity withoutSession(String namespace, String serviceAccount) {
    return new Identity(namespace, serviceAccount, null, "");
  }

  /** Whether there is a session. */
  public boolean hasSession() {
    return !session.isEmpty();
  }
}
