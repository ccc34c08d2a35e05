package dev.lambdaconfig.identity;

import dev.lambdaconfig.identity.account.IdentityKey;
import dev.lambdaconfig.identity.account.IdentityProblems;
import dev.lambdaconfig.identity.account.Problem;
import dev.lambdaconfig.identity.account.RoleAnnotations;
import dev.lambdaconfig.identity.account.RoleOrigin;
import dev.lambdaconfig.identity.account.ServiceAccounts;
import dev.lambdaconfig.identity.account.ServiceAccounts.ServiceAccount;
import dev.lambdaconfig.model.QuotaScope;
import dev.lambdaconfig.timing.Backoff;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Finds out the role of an identity: that of a ServiceAccount by reading it, which drops the
 * session of one that is not what it was.
 */
final class RoleCheck {

  /** The delays before a ServiceAccount that gives no identity is read again. */
  private static final Backoff AFTER_PROBLEM =
      new Backoff(Duration.ofSeconds(20), Duration.ofMinutes(5));

  private static final Duration AFTER_SILENCE = Duration.ofSeconds(5);

  private final ServiceAccounts accounts;
  private final RoleSessions sessions;
  private final StsQuotas quotas;
  private final AtomicLong numbers = new AtomicLong();

  RoleCheck(ServiceAccounts accounts, RoleSessions sessions, StsQuotas quotas) {
    this.accounts = accounts;
    this.sessions = sessions;
    this.quotas = quotas;
  }

  /** The key of the credentials of a role. */
  static String session(IdentityKey key, TenantIdentity.Role role) {
    return key.text() + "#" + role.number();
  }

  /**
   * Checks an identity once.
   *
   * @param now the steady clock before the request
   * @param random a number from 0 to 1, which spreads the next attempts
   */
  void check(TenantIdentity identity, long now, double random) {
    Duration delay = AFTER_PROBLEM.delay(identity.losses(), random);
    switch (identity.key()) {
      case IdentityKey.OfServiceAccount key -> read(identity, key, now, delay);
      case IdentityKey.OfRole key -> assigned(identity, key, now, delay);
    }
  }

  /** A policy file that names another role, or none, brings about another identity. */
  private void assigned(TenantIdentity identity, IdentityKey.OfRole key, long now, Duration delay) {
    Problem problem = AssignedRoleProblems.partition(key, sessions.partition(key.region()));
    if (problem == null) {
      identity.checked(role(identity, new RoleOrigin.OfPolicy(key)), now);
    } else {
      lost(identity, problem, now, delay);
    }
  }

  private void read(
      TenantIdentity identity, IdentityKey.OfServiceAccount key, long now, Duration delay) {
    switch (accounts.read(key.namespace(), key.serviceAccount())) {
      case ServiceAccounts.Found(ServiceAccount account) -> found(identity, account, now, delay);
      case ServiceAccounts.Missing missing ->
          lost(
              identity,
              IdentityProblems.missing(key.namespace(), key.serviceAccount()),
              now,
              delay);
      case ServiceAccounts.Forbidden forbidden ->
          lost(identity, IdentityProblems.unreadable(key), now, delay);
      case ServiceAccounts.Unanswered unanswered ->
          identity.failed(
              IdentityProblems.unanswered(unanswered.why()),
              TenantIdentity.Request.SERVICE_ACCOUNT,
              now,
              unanswered.noSooner(AFTER_SILENCE));
      case ServiceAccounts.Rejected(String why) ->
          lost(identity, IdentityProblems.unanswered(why), now, delay);
      case ServiceAccounts.Minted token ->
          throw new IllegalStateException("no token was requested");
    }
  }

  private void found(TenantIdentity identity, ServiceAccount account, long now, Duration delay) {
    if (account.deleting()) {
      lost(identity, IdentityProblems.deleting(account), now, delay);
      return;
    }
    String region = identity.key().region();
    RoleAnnotations.Reading reading =
        RoleAnnotations.of(account, region, sessions.partition(region));
    RoleAnnotations annotations = reading.annotations();
    Problem problem = reading.problem();
    if (problem != null) {
      lost(identity, problem, now, delay);
    } else if (annotations != null) {
      identity.checked(role(identity, new RoleOrigin.OfServiceAccount(account, annotations)), now);
    }
  }

  /** The role of an origin: the former one, unless it is another. */
  private TenantIdentity.Role role(TenantIdentity identity, RoleOrigin origin) {
    TenantIdentity.Role before = identity.role();
    if (before != null && before.origin().isSameAs(origin)) {
      return before;
    }
    forget(identity.key(), before);
    QuotaScope payer = origin.payer(identity.key().region());
    return new TenantIdentity.Role(origin, payer, quotas.join(payer), numbers.incrementAndGet());
  }

  private void lost(TenantIdentity identity, Problem problem, long now, Duration delay) {
    TenantIdentity.Role before = identity.role();
    identity.lost(problem, now, delay);
    forget(identity.key(), before);
  }

  private void forget(IdentityKey key, TenantIdentity.@Nullable Role before) {
    if (before != null) {
      sessions.forget(session(key, before));
      quotas.leave(before.scope(), key);
    }
  }
}
