package dev.lambdaconfig.identity.account;

import dev.lambdaconfig.model.identity.Identity;
import org.jspecify.annotations.Nullable;

/** An identity by all that it depends on, and the Region whose STS is asked for its session. */
public sealed interface IdentityKey {

  /** The namespace of the resources that act as it. */
  String namespace();

  /** The Region. */
  String region();

  /** The key as one string, by which no other identity is known. */
  String text();

  /** The identity before there is a session. */
  default Identity withoutSession() {
    return withSession(null, "");
  }

  /**
   * The identity with a session.
   *
   * @param account the account of the role, as STS answered
   * @param session the key of the session's credentials
   */
  Identity withSession(@Nullable String account, String session);

  /**
   * A ServiceAccount as a resource names it.
   *
   * @param serviceAccount its name in the namespace of the resource
   */
  record OfServiceAccount(String namespace, String serviceAccount, String region)
      implements IdentityKey {

    /** Neither of its parts contains a slash or an at sign. */
    @Override
    public String text() {
      return namespace + "/" + serviceAccount + "@" + region;
    }

    @Override
    public Identity withSession(@Nullable String account, String session) {
      return new Identity(namespace, serviceAccount, account, session);
    }
  }

  /**
   * A role that the policy file assigns to a namespace.
   *
   * @param externalId the ExternalId that the role's trust policy requires, or null
   */
  record OfRole(String namespace, String roleArn, @Nullable String externalId, String region)
      implements IdentityKey {

    /** No name of a ServiceAccount contains a colon, as every ARN does. */
    @Override
    public String text() {
      return namespace + "/" + roleArn + "@" + region;
    }

    @Override
    public Identity withSession(@Nullable String account, String session) {
      return new Identity(namespace, null, account, session);
    }

    /** Not the ExternalId: it is known to those only who write the file. */
    @Override
    public String toString() {
      return text();
    }
  }
}
