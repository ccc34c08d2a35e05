package dev.lambdaconfig.identity;

import dev.lambdaconfig.aws.limit.RateLimiter;
import dev.lambdaconfig.identity.account.IdentityKey;
import dev.lambdaconfig.identity.account.Problem;
import dev.lambdaconfig.identity.account.RoleOrigin;
import dev.lambdaconfig.model.QuotaScope;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The state of one identity in one Region. Times are those of a steady clock, in nanoseconds.
 * Guarded by its own monitor; whatever takes time is done outside of it.
 *
 * <p>At most one worker is busy with it, so that the ServiceAccount is neither read twice at the
 * same time nor read while its token is exchanged.
 */
final class TenantIdentity {

  /**
   * A role, and the limiter of the calls to STS for it.
   *
   * @param number tells it from all others: another annotation or another UID is another identity
   */
  record Role(RoleOrigin origin, QuotaScope scope, RateLimiter limiter, long number) {}

  /** The request that an attempt failed at. */
  enum Request {
    /** The read of the ServiceAccount, without which a session is not used either. */
    SERVICE_ACCOUNT,
    /** A token for another session. */
    TOKEN,
    /** Another session. */
    SESSION
  }

  private final IdentityKey key;

  /** The UIDs of the resources that wait for what a worker finds. */
  private final Set<String> waiting = new HashSet<>();

  /** The number of resources that name it. */
  private int users;

  private @Nullable Role role;
  private @Nullable RoleSession session;
  private @Nullable Long checkedAt;
  private @Nullable Problem problem;
  private Request failed = Request.SERVICE_ACCOUNT;
  private long problemAt;
  private long retryAt;
  private int failures;
  private int losses;
  private boolean busy;

  TenantIdentity(IdentityKey key) {
    this.key = key;
  }

  IdentityKey key() {
    return key;
  }

  /** Adds a resource that did not name it before. */
  synchronized void join() {
    users++;
  }

  /** Removes a resource that named it. Returns whether none is left. */
  synchronized boolean leave(String uid) {
    users--;
    waiting.remove(uid);
    return isUnused();
  }

  synchronized boolean isUnused() {
    return users == 0;
  }

  /** Adds a resource to those that wait. */
  synchronized void await(String uid) {
    waiting.add(uid);
  }

  /** Returns the resources that wait, which wait no longer. */
  synchronized List<String> takeWaiting() {
    List<String> taken = List.copyOf(waiting);
    waiting.clear();
    return taken;
  }

  /** Whether the ServiceAccount was read within a time. */
  synchronized boolean isChecked(long now, Duration within) {
    return checkedAt != null && now - checkedAt < within.toNanos();
  }

  /** The session, if it can be used now; null otherwise. */
  synchronized @Nullable RoleSession usable(long now) {
    return session != null && session.isUsable(now) ? session : null;
  }

  /** The role, after its ServiceAccount was read. */
  synchronized @Nullable Role role() {
    return role;
  }

  /** Takes the right to work on it. Returns whether no other worker has it. */
  synchronized boolean begin() {
    boolean began = !busy;
    busy = true;
    return began;
  }

  synchronized void end() {
    busy = false;
  }

  synchronized boolean isBusy() {
    return busy;
  }

  /**
   * Records a ServiceAccount as it was read.
   *
   * @param read the role that it names: the former one, where that is unchanged
   */
  synchronized void checked(Role read, long now) {
    checkedAt = now;
    losses = 0;
    if (!read.equals(role)) {
      role = read;
      session = null;
      problem = null;
      failures = 0;
    } else if (problem != null && failures == 0) {
      // It was one of Kubernetes, which has gone.
      problem = null;
    }
  }

  /** Records that the ServiceAccount gives no identity: a session that there was is dropped. */
  synchronized void lost(Problem found, long now, Duration retry) {
    checkedAt = null;
    role = null;
    session = null;
    failures = 0;
    losses++;
    set(found, Request.SERVICE_ACCOUNT, now, retry);
  }

  /** Records an attempt that failed; a session that there is stays. */
  synchronized void failed(Problem found, Request at, long now, Duration retry) {
    failures += at == Request.SESSION ? 1 : 0;
    set(found, at, now, retry);
  }

  private void set(Problem found, Request at, long now, Duration retry) {
    problem = found;
    failed = at;
    problemAt = now;
    retryAt = now + retry.toNanos();
  }

  /** Records a session. */
  synchronized void began(RoleSession begun) {
    session = begun;
    problem = null;
    failures = 0;
  }

  /** The attempts at STS that failed in a row. */
  synchronized int failures() {
    return failures;
  }

  /** The reads of the ServiceAccount in a row that gave no identity. */
  synchronized int losses() {
    return losses;
  }

  /** Takes the role and the session away, of an identity that nobody uses any more. */
  synchronized @Nullable Role takeRole() {
    Role taken = role;
    role = null;
    session = null;
    return taken;
  }

  /** The last problem with the ServiceAccount while no read of it is due; null otherwise. */
  synchronized IdentityResolution.@Nullable Failing failingToRead(
      long now, @Nullable Duration patience) {
    return failed == Request.SERVICE_ACCOUNT ? failing(now, patience) : null;
  }

  /**
   * The last problem while no attempt is due; null otherwise.
   *
   * @param patience the time after which a person's request brings about an attempt
   */
  synchronized IdentityResolution.@Nullable Failing failing(long now, @Nullable Duration patience) {
    Problem last = problem;
    boolean due = now - retryAt >= 0;
    boolean requested = patience != null && now - problemAt >= patience.toNanos();
    return last == null || due || requested
        ? null
        : new IdentityResolution.Failing(last, Duration.ofNanos(retryAt - now));
  }
}
