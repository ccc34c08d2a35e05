package dev.lambdaconfig.identity;

import dev.lambdaconfig.identity.account.IdentityProblems;
import dev.lambdaconfig.identity.account.Problem;
import dev.lambdaconfig.identity.account.RoleAnnotations;
import dev.lambdaconfig.identity.account.ServiceAccounts.ServiceAccount;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.FailureKind;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** STS's refusals (docs/aws.md#sts-errors): which pass by themselves, and what to write. */
final class StsProblems {

  private static final String INVALID_TOKEN = "InvalidIdentityToken";
  private static final String PROVIDER_UNREACHABLE = "IDPCommunicationError";

  /** The remedy for an answer without a code of AWS. */
  static final String NOT_STS =
      "the answer has no code of AWS: check the proxies on the way, and AWS_ENDPOINT_URL_STS if it"
          + " is set";

  /** The reason where STS does not answer. */
  static final String STS_UNAVAILABLE = "STSUnavailable";

  private StsProblems() {}

  /**
   * A request to STS.
   *
   * @param issuer the issuer of the token, or null
   * @param attempts the attempts before this one that failed alike
   */
  record Attempt(
      ServiceAccount account,
      RoleAnnotations annotations,
      String region,
      @Nullable String issuer,
      int attempts) {}

  /** The problem of a request that failed. */
  static Problem of(Failure failure, Attempt attempt) {
    String said = IdentityProblems.quoted(Objects.requireNonNullElse(failure.message(), ""));
    String code = failure.code();
    if (code.equals(Failure.ENDPOINT_UNREACHABLE)) {
      return unreachable(attempt.region());
    }
    if (isPassing(failure, said, attempt.attempts())) {
      return repeated(code, said);
    }
    if (code.startsWith("ExpiredToken")) {
      return ofOperator(
          code, said, "set the clocks of the control plane and of the operator's node by NTP");
    }
    if (failure.isWithoutCode()) {
      return ofOperator(code, said, NOT_STS);
    }
    if (code.startsWith(INVALID_TOKEN)) {
      return ofIdentity(code, said, providerRemedy(said, attempt));
    }
    if (code.equals("RegionDisabledException")) {
      return ofIdentity(
          code,
          said,
          "activate STS for "
              + attempt.region()
              + " in the account settings of IAM, in account "
              + attempt.annotations().account());
    }
    if (FailureKind.of(failure) == FailureKind.DENIED) {
      return ofIdentity(
          code,
          said,
          "create the role "
              + attempt.annotations().roleArn()
              + " if it does not exist, and let "
              + IdentityProblems.name(attempt.account())
              + " assume it by the trust policy "
              + trustPolicy(attempt));
    }
    return ofIdentity(
        code, said, "check the role " + attempt.annotations().roleArn() + " of the annotation");
  }

  /** A session that had ended when it began. */
  static Problem endedAtOnce() {
    return new Problem(
        Failure.CREDENTIALS_UNAVAILABLE,
        "the credentials from STS have expired by the operator's clock: set the clock of its node"
            + " by NTP",
        Problem.Kind.PASSING);
  }

  /** The STS of a Region does not answer. */
  static Problem unreachable(String region) {
    return new Problem(
        STS_UNAVAILABLE,
        "the STS endpoint of "
            + region
            + " does not answer: check the network, and AWS_ENDPOINT_URL_STS if it is set",
        Problem.Kind.PASSING);
  }

  private static boolean isPassing(Failure failure, String said, int attempts) {
    String code = failure.code();
    return switch (FailureKind.of(failure)) {
      // A new token cures an old one; where it does not, a clock is wrong.
      case TRANSIENT -> !code.startsWith("ExpiredToken") || attempts == 0;
      case THROTTLED, STALE_REVISION, BUSY -> true;
      case NOT_FOUND, PROPAGATING_POLICY, PROPAGATING_NETWORK, PROPAGATING_ID, DENIED, REFUSED ->
          code.startsWith(PROVIDER_UNREACHABLE)
              || (code.startsWith(INVALID_TOKEN) && said.contains("retrieve verification key"));
    };
  }

  /** A problem that passes by itself. */
  static Problem repeated(String code, String said) {
    return answered(code, said, "the request is repeated", Problem.Kind.PASSING);
  }

  /** A problem of the identity, which a person has to mend. */
  static Problem ofIdentity(String code, String said, String remedy) {
    return answered(code, said, remedy, Problem.Kind.OF_IDENTITY);
  }

  /** A problem that says nothing of the identity, and that a person has to mend. */
  static Problem ofOperator(String code, String said, String remedy) {
    return answered(code, said, remedy, Problem.Kind.OF_OPERATOR);
  }

  private static Problem answered(String code, String said, String remedy, Problem.Kind kind) {
    return new Problem(code, "STS answered: " + said + "; " + remedy, kind);
  }

  private static String providerRemedy(String said, Attempt attempt) {
    String audience = attempt.annotations().audience();
    if (said.contains("audience")) {
      return "aws iam add-client-id-to-open-id-connect-provider --open-id-connect-provider-arn "
          + provider(attempt)
          + " --client-id "
          + audience
          + ", or correct the annotation "
          + RoleAnnotations.AUDIENCE;
    }
    return "in account "
        + attempt.annotations().account()
        + ", aws iam create-open-id-connect-provider --url "
        + issuer(attempt)
        + " --client-id-list "
        + audience
        + ", and give the role the trust policy "
        + trustPolicy(attempt);
  }

  private static String trustPolicy(Attempt attempt) {
    String issuer = issuer(attempt).replaceFirst("^https?://", "");
    return """
    {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Federated": \
    "%s"}, "Action": "sts:AssumeRoleWithWebIdentity", "Condition": {"StringEquals": \
    {"%s:sub": "system:serviceaccount:%s:%s", "%s:aud": "%s"}}}]}\
    """
        .formatted(
            provider(attempt),
            issuer,
            attempt.account().namespace(),
            attempt.account().name(),
            issuer,
            attempt.annotations().audience());
  }

  private static String provider(Attempt attempt) {
    RoleAnnotations role = attempt.annotations();
    return "arn:"
        + role.partition()
        + ":iam::"
        + role.account()
        + ":oidc-provider/"
        + issuer(attempt).replaceFirst("^https?://", "");
  }

  private static String issuer(Attempt attempt) {
    String issuer = attempt.issuer();
    return issuer == null ? "<the cluster's OIDC issuer>" : IdentityProblems.quoted(issuer);
  }
}
