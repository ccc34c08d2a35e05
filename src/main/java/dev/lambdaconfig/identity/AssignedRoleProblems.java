package dev.lambdaconfig.identity;

import dev.lambdaconfig.identity.account.IdentityKey;
import dev.lambdaconfig.identity.account.IdentityProblems;
import dev.lambdaconfig.identity.account.Problem;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.FailureKind;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The problems that keep the operator from a role that the policy file assigns
 * (docs/aws.md#assume-role), with what to write. The ExternalId appears in none: a status is read
 * by tenants.
 */
final class AssignedRoleProblems {

  private static final String CREDENTIALS =
      "the operator's administrators have to check its own AWS credentials";

  private AssignedRoleProblems() {}

  /** The problem of a role of another partition than the Region, or null. */
  static @Nullable Problem partition(IdentityKey.OfRole key, String partition) {
    String ofRole = key.roleArn().split(":", -1)[1];
    return ofRole.equals(partition)
        ? null
        : new Problem(
            IdentityProblems.INVALID_ROLE,
            "the operator's policy assigns "
                + key.roleArn()
                + " to namespace "
                + key.namespace()
                + ", a role of the partition "
                + ofRole
                + ", and the function's Region "
                + key.region()
                + " is in "
                + partition
                + ": set another region, or ask the operator's administrators for a role there",
            Problem.Kind.OF_IDENTITY);
  }

  private static String credentials(Failure failure, IdentityKey.OfRole key) {
    return failure.isOfUnknownCredentials()
        ? CREDENTIALS + ", and whether " + key.region() + " is enabled in their account"
        : CREDENTIALS;
  }

  /** The problem of a request that failed. */
  static Problem of(Failure failure, IdentityKey.OfRole key) {
    String said = IdentityProblems.quoted(Objects.requireNonNullElse(failure.message(), ""));
    String code = failure.code();
    if (code.equals(Failure.ENDPOINT_UNREACHABLE)) {
      return StsProblems.unreachable(key.region());
    }
    if (code.equals(Failure.CREDENTIALS_UNAVAILABLE)) {
      return new Problem(code, said, Problem.Kind.PASSING);
    }
    if (code.equals("RegionDisabledException")) {
      return StsProblems.ofIdentity(
          code,
          said,
          "activate STS for "
              + key.region()
              + " in the account settings of IAM, in the operator's"
              + " account");
    }
    return switch (FailureKind.of(failure)) {
      case TRANSIENT, THROTTLED, STALE_REVISION, BUSY -> StsProblems.repeated(code, said);
      case DENIED ->
          failure.namesMissingRight()
              ? StsProblems.ofIdentity(code, said, trust(key))
              : StsProblems.ofOperator(
                  code,
                  said,
                  failure.isWithoutCode() ? StsProblems.NOT_STS : credentials(failure, key));
      case NOT_FOUND, PROPAGATING_POLICY, PROPAGATING_NETWORK, PROPAGATING_ID, REFUSED ->
          failure.isWithoutCode()
              ? StsProblems.ofOperator(code, said, StsProblems.NOT_STS)
              : StsProblems.ofIdentity(
                  code,
                  said,
                  "the operator's administrators have to check the role "
                      + key.roleArn()
                      + " that the policy file assigns to namespace "
                      + key.namespace());
    };
  }

  private static String trust(IdentityKey.OfRole key) {
    String condition =
        key.externalId() == null ? "" : "\"sts:ExternalId\": \"<externalId of the policy file>\", ";
    return """
    the operator's administrators have to create the role %s if it does not exist, allow the \
    operator's own role sts:AssumeRole and sts:TagSession on it, and give it the trust policy \
    {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": \
    "<the ARN of the operator's own role>"}, "Action": ["sts:AssumeRole", "sts:TagSession"], \
    "Condition": {"StringEquals": {%s"aws:RequestTag/%s": "%s"}}}]}\
    """
        .formatted(key.roleArn(), condition, RoleAssumption.NAMESPACE_TAG, key.namespace());
  }
}
