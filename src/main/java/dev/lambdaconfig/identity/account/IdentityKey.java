package dev.lambdaconfig.identity.account;

import dev.lambdaconfig.model.identity.Identity;

/**
 * A ServiceAccount as a resource names it, and the Region whose STS is asked for its session.
 *
 * @param serviceAccount its name in the namespace of the resource
 */
public record IdentityKey(String namespace, String serviceAccount, String region) {

  /** The identity before there is a session. */
  public Identity withoutSession() {
    return Identity.withoutSession(namespace, serviceAccount);
  }

  /** The key as one string: neither of its parts contains a slash or an at sign. */
  public String text() {
    return namespace + "/" + serviceAccount + "@" + region;
  }
}
