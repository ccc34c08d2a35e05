package dev.lambdaconfig.identity;

import dev.lambdaconfig.aws.limit.CallOutcome;
import dev.lambdaconfig.aws.limit.Permit;
import dev.lambdaconfig.identity.account.IdentityKey;
import dev.lambdaconfig.identity.account.IdentityProblems;
import dev.lambdaconfig.identity.account.Problem;
import dev.lambdaconfig.identity.account.RoleAnnotations;
import dev.lambdaconfig.identity.account.RoleOrigin;
import dev.lambdaconfig.identity.account.ServiceAccounts;
import dev.lambdaconfig.identity.account.ServiceAccounts.ServiceAccount;
import dev.lambdaconfig.identity.account.WebIdentityToken;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.timing.Backoff;
import dev.lambdaconfig.timing.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Assumes the role of an identity: by a new token of its ServiceAccount, which is used once, or by
 * the operator's own identity where the policy file assigns the role.
 */
final class RoleAssumption {

  private static final Duration SHORTEST_SESSION = Duration.ofMinutes(15);
  private static final Duration LONGEST_SESSION = Duration.ofHours(1);

  /**
   * The delays after refusals: IAM takes minutes to learn of a new role (docs/aws.md#sts-errors).
   */
  private static final Backoff AFTER_REFUSAL =
      new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(5));

  private static final Backoff AFTER_FAILURE =
      new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));

  /** The session tag that policies of IAM can compare, and CloudTrail shows. */
  static final String NAMESPACE_TAG = "kubernetes-namespace";

  private static final Duration AFTER_NO_TOKEN = Duration.ofSeconds(20);

  private final TenantIdentities.Ports ports;
  private final Timing timing;

  RoleAssumption(TenantIdentities.Ports ports, Timing timing) {
    this.ports = ports;
    this.timing = timing;
  }

  /** Makes one attempt, for which the rate limit has given a permit. */
  void assume(TenantIdentity identity, TenantIdentity.Role role, Permit permit) {
    CallOutcome outcome = null;
    try {
      RoleSessions.Authority authority = authority(identity, role.origin());
      if (authority != null) {
        outcome = CallOutcome.UNKNOWN;
        outcome = assume(identity, role, authority);
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

  /** The right by which the role is assumed, or null where there is no token. */
  private RoleSessions.@Nullable Authority authority(TenantIdentity identity, RoleOrigin origin) {
    return switch (origin) {
      case RoleOrigin.OfServiceAccount(ServiceAccount account, RoleAnnotations annotations) ->
          token(identity, account, annotations.audience());
      case RoleOrigin.OfPolicy(IdentityKey.OfRole assigned) ->
          new RoleSessions.ByOperator(
              assigned.externalId(), Map.of(NAMESPACE_TAG, assigned.namespace()));
    };
  }

  private RoleSessions.@Nullable Authority token(
      TenantIdentity identity, ServiceAccount account, String audience) {
    return switch (ports.accounts().mint(account, audience)) {
      case ServiceAccounts.Minted(WebIdentityToken token) -> new RoleSessions.ByToken(token);
      case ServiceAccounts.Missing missing ->
          noToken(identity, IdentityProblems.missing(account.namespace(), account.name()));
      case ServiceAccounts.Forbidden forbidden ->
          noToken(identity, IdentityProblems.unmintable(account));
      case ServiceAccounts.Rejected(String why) ->
          noToken(identity, IdentityProblems.rejected(account, why));
      case ServiceAccounts.Unanswered unanswered ->
          noToken(
              identity,
              IdentityProblems.unanswered(unanswered.why()),
              unanswered.noSooner(AFTER_NO_TOKEN));
      case ServiceAccounts.Found found -> throw new IllegalStateException("a token was requested");
    };
  }

  private RoleSessions.@Nullable Authority noToken(TenantIdentity identity, Problem problem) {
    return noToken(identity, problem, AFTER_NO_TOKEN);
  }

  private RoleSessions.@Nullable Authority noToken(
      TenantIdentity identity, Problem problem, Duration delay) {
    identity.failed(problem, TenantIdentity.Request.TOKEN, timing.nanos().getAsLong(), delay);
    return null;
  }

  private CallOutcome assume(
      TenantIdentity identity, TenantIdentity.Role role, RoleSessions.Authority authority) {
    IdentityKey key = identity.key();
    String session = RoleCheck.session(key, role);
    long began = timing.nanos().getAsLong();
    RoleSessions.Request request =
        new RoleSessions.Request(
            session,
            key.region(),
            role.origin().roleArn(),
            SessionName.of(key),
            duration(),
            authority);
    return switch (ports.sessions().assume(request)) {
      case RoleSessions.Assumed(String account, Instant expiration)
          when !life(expiration).isPositive() -> {
        // Another session would have ended as well: they are not requested one after another.
        identity.failed(
            StsProblems.endedAtOnce(),
            TenantIdentity.Request.SESSION,
            timing.nanos().getAsLong(),
            AFTER_FAILURE.delay(identity.failures(), timing.random().getAsDouble()));
        yield CallOutcome.ANSWERED;
      }
      case RoleSessions.Assumed(String account, Instant expiration) -> {
        identity.began(
            RoleSession.of(
                key.withSession(account, session),
                began,
                life(expiration),
                ports.maxAge(),
                timing.random().getAsDouble()));
        yield CallOutcome.ANSWERED;
      }
      case RoleSessions.Refused(Failure failure) -> {
        int before = identity.failures();
        Problem problem = problem(failure, key, role.origin(), authority, before);
        Backoff backoff = problem.passing() ? AFTER_FAILURE : AFTER_REFUSAL;
        identity.failed(
            problem,
            TenantIdentity.Request.SESSION,
            timing.nanos().getAsLong(),
            failure.noSooner(
                backoff.delay(before, timing.random().getAsDouble()), backoff.longest()));
        yield CallOutcome.of(failure);
      }
    };
  }

  private static Problem problem(
      Failure failure,
      IdentityKey key,
      RoleOrigin origin,
      RoleSessions.Authority authority,
      int attempts) {
    return switch (origin) {
      case RoleOrigin.OfServiceAccount(ServiceAccount account, RoleAnnotations annotations) ->
          StsProblems.of(
              failure,
              new StsProblems.Attempt(
                  account,
                  annotations,
                  key.region(),
                  authority instanceof RoleSessions.ByToken(WebIdentityToken token)
                      ? token.issuer()
                      : null,
                  attempts));
      case RoleOrigin.OfPolicy(IdentityKey.OfRole assigned) ->
          AssignedRoleProblems.of(failure, assigned);
    };
  }

  /** The duration to request: every role allows an hour, and a chain of roles no more. */
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
}
