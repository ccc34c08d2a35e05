package dev.lambdaconfig.identity;

import dev.lambdaconfig.aws.limit.CallOutcome;
import dev.lambdaconfig.aws.limit.Permit;
import dev.lambdaconfig.identity.account.IdentityKey;
import dev.lambdaconfig.identity.account.IdentityProblems;
import dev.lambdaconfig.identity.account.Problem;
import dev.lambdaconfig.identity.account.ServiceAccounts;
import dev.lambdaconfig.identity.account.WebIdentityToken;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.FailureKind;
import dev.lambdaconfig.model.identity.Identity;
import dev.lambdaconfig.timing.Backoff;
import dev.lambdaconfig.timing.Timing;
import java.time.Duration;
import java.time.Instant;

/** Exchanges a new token of a ServiceAccount, which is used once, for a session of its role. */
final class TokenExchange {

  private static final Duration SHORTEST_SESSION = Duration.ofMinutes(15);
  private static final Duration LONGEST_SESSION = Duration.ofHours(1);

  /**
   * The delays after refusals: IAM takes minutes to learn of a new role (docs/aws.md#sts-errors).
   */
  private static final Backoff AFTER_REFUSAL =
      new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(5));

  private static final Backoff AFTER_FAILURE =
      new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));

  private static final Duration AFTER_NO_TOKEN = Duration.ofSeconds(20);

  private final TenantIdentities.Ports ports;
  private final Timing timing;

  TokenExchange(TenantIdentities.Ports ports, Timing timing) {
    this.ports = ports;
    this.timing = timing;
  }

  /** Makes one attempt, for which the rate limit has given a permit. */
  void exchange(TenantIdentity identity, TenantIdentity.Role role, Permit permit) {
    CallOutcome outcome = null;
    try {
      switch (ports.accounts().mint(role.account(), role.annotations().audience())) {
        case ServiceAccounts.Minted(WebIdentityToken token) -> {
          outcome = CallOutcome.ANSWERED;
          outcome = assume(identity, role, token);
        }
        case ServiceAccounts.Missing missing ->
            noToken(identity, IdentityProblems.missing(identity.key()));
        case ServiceAccounts.Forbidden forbidden ->
            noToken(identity, IdentityProblems.unmintable(role.account()));
        case ServiceAccounts.Rejected(String why) ->
            noToken(identity, IdentityProblems.rejected(role.account(), why));
        case ServiceAccounts.Unanswered(String why, Duration retryAfter) ->
            noToken(identity, IdentityProblems.unanswered(why));
        case ServiceAccounts.Found found ->
            throw new IllegalStateException("a token was requested");
      }
    } finally {
      // A permit that never ends would take one call at a time from STS for ever.
      if (outcome == null) {
        permit.giveBack();
      } else {
        permit.done(outcome);
      }
    }
  }

  private void noToken(TenantIdentity identity, Problem problem) {
    identity.failed(problem, false, timing.nanos().getAsLong(), AFTER_NO_TOKEN);
  }

  private CallOutcome assume(
      TenantIdentity identity, TenantIdentity.Role role, WebIdentityToken token) {
    IdentityKey key = identity.key();
    String session = ServiceAccountCheck.session(key, role);
    long began = timing.nanos().getAsLong();
    RoleSessions.Request request =
        new RoleSessions.Request(
            session,
            key.region(),
            role.annotations().roleArn(),
            SessionName.of(key.namespace(), key.serviceAccount()),
            duration(),
            token);
    return switch (ports.sessions().assume(request)) {
      case RoleSessions.Assumed(String account, Instant expiration) -> {
        identity.began(
            RoleSession.of(
                new Identity(key.namespace(), key.serviceAccount(), account, session),
                began,
                life(expiration),
                ports.maxAge(),
                timing.random().getAsDouble()));
        yield CallOutcome.ANSWERED;
      }
      case RoleSessions.Refused(Failure failure) -> {
        int before = identity.failures();
        Problem problem =
            StsProblems.of(
                failure,
                new StsProblems.Attempt(
                    role.account(), role.annotations(), key.region(), token.issuer(), before));
        Backoff backoff = problem.passing() ? AFTER_FAILURE : AFTER_REFUSAL;
        identity.failed(
            problem,
            true,
            timing.nanos().getAsLong(),
            backoff.delay(before, timing.random().getAsDouble()));
        yield outcome(failure);
      }
    };
  }

  /** The duration to request: every role allows an hour. */
  private Duration duration() {
    Duration maxAge = ports.maxAge();
    if (maxAge.compareTo(SHORTEST_SESSION) < 0) {
      return SHORTEST_SESSION;
    }
    return maxAge.compareTo(LONGEST_SESSION) < 0 ? maxAge : LONGEST_SESSION;
  }

  /** The time until credentials expire, which is never longer than was requested. */
  private Duration life(Instant expiration) {
    Duration life = Duration.between(timing.clock().instant(), expiration);
    if (life.isNegative()) {
      return Duration.ZERO;
    }
    return life.compareTo(duration()) < 0 ? life : duration();
  }

  private static CallOutcome outcome(Failure failure) {
    if (FailureKind.of(failure) == FailureKind.THROTTLED) {
      return CallOutcome.THROTTLED;
    }
    return failure.code().equals(Failure.ENDPOINT_UNREACHABLE)
        ? CallOutcome.UNREACHABLE
        : CallOutcome.ANSWERED;
  }
}
