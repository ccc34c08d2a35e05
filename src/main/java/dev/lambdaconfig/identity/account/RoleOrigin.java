package dev.lambdaconfig.identity.account;

import dev.lambdaconfig.identity.account.ServiceAccounts.ServiceAccount;
import dev.lambdaconfig.model.QuotaScope;

/** The source that names the role of an identity, which decides how the role is assumed. */
public sealed interface RoleOrigin {

  /** The ARN of the role. */
  String roleArn();

  /** Whether a session of one is as good as one of the other. */
  default boolean isSameAs(RoleOrigin other) {
    return equals(other);
  }

  /** The account and Region whose quota of STS pays for its sessions (docs/aws.md#sts-quota). */
  QuotaScope payer(String region);

  /** The annotation of a ServiceAccount, whose token is exchanged. */
  record OfServiceAccount(ServiceAccount account, RoleAnnotations annotations)
      implements RoleOrigin {

    @Override
    public String roleArn() {
      return annotations.roleArn();
    }

    /** Labels and other annotations of a ServiceAccount say nothing about its role. */
    @Override
    public boolean isSameAs(RoleOrigin other) {
      return other instanceof OfServiceAccount that && annotations.equals(that.annotations());
    }

    @Override
    public QuotaScope payer(String region) {
      return new QuotaScope(annotations.account(), region);
    }
  }

  /** The policy file: the operator's own identity assumes the role, at the cost of its account. */
  record OfPolicy(IdentityKey.OfRole assigned) implements RoleOrigin {

    @Override
    public String roleArn() {
      return assigned.roleArn();
    }

    @Override
    public QuotaScope payer(String region) {
      return new QuotaScope(null, region);
    }
  }
}
