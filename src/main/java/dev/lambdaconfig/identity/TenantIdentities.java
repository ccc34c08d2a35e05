package dev.lambdaconfig.identity;

import dev.lambdaconfig.aws.limit.Reservation;
import dev.lambdaconfig.aws.limit.queue.Priority;
import dev.lambdaconfig.aws.limit.queue.WaiterId;
import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.identity.account.IdentityKey;
import dev.lambdaconfig.identity.account.ServiceAccounts;
import dev.lambdaconfig.model.identity.Identity;
import dev.lambdaconfig.timing.Timing;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The identities of all resources that name a ServiceAccount or to which the policy file assigns a
 * role, each for as long as a resource uses it. A session is shared by the resources of one
 * ServiceAccount and Region, and depends on all that it was made from: the ServiceAccount's UID,
 * its role and its audience.
 *
 * <p>A session is used only while its ServiceAccount was read within the last minute. So a changed
 * annotation or a deleted ServiceAccount takes effect within a minute, for one small request to the
 * API server a minute and identity in use, and for none at rest. A watch would need the right to
 * list all ServiceAccounts, or a connection for each.
 */
public final class TenantIdentities implements StateSizes.Source, AutoCloseable {

  /** The time for which a ServiceAccount counts as it was read. */
  static final Duration CHECK = Duration.ofMinutes(1);

  /** The time for which it does for a reconcile that a person requested. */
  static final Duration REQUESTED_CHECK = Duration.ofSeconds(5);

  /** The delay of a resource that a worker normally triggers before. */
  private static final Duration AFTER_WORKER = Duration.ofSeconds(30);

  private static final Duration NOW = Duration.ofMillis(10);

  private final Map<IdentityKey, TenantIdentity> identities = new ConcurrentHashMap<>();
  private final Map<String, IdentityKey> keyOfUid = new ConcurrentHashMap<>();
  private final RoleSessions sessions;
  private final StsQuotas quotas;
  private final IdentityWorker worker;
  private final Timing timing;

  /**
   * The neighbours of the identities.
   *
   * @param maxAge the longest time for which a session is used
   */
  public record Ports(ServiceAccounts accounts, RoleSessions sessions, Duration maxAge) {}

  /**
   * Creates an empty set of identities.
   *
   * @param trigger called with the UID of each resource that waits, once more is known
   */
  public TenantIdentities(Ports ports, Timing timing, Consumer<String> trigger) {
    this(ports, timing, IdentityWorker.Executors.create(), trigger);
  }

  TenantIdentities(
      Ports ports, Timing timing, IdentityWorker.Executors executors, Consumer<String> trigger) {
    this.sessions = ports.sessions();
    this.timing = timing;
    this.quotas = new StsQuotas(timing.nanos());
    this.worker =
        new IdentityWorker(
            new RoleCheck(ports.accounts(), ports.sessions(), quotas),
            new RoleAssumption(ports, timing),
            timing,
            executors,
            identity -> ended(identity, trigger));
  }

  /**
   * The identity for a call of a resource now: one without session where {@link #resolve} is due.
   */
  public Identity known(IdentityKey key) {
    TenantIdentity identity = identities.get(key);
    RoleSession session = identity == null ? null : usable(identity, CHECK);
    return session == null ? key.withoutSession() : session.identity();
  }

  /**
   * The identity of a resource, which uses it from now on. Never waits.
   *
   * @param requested whether a person requested the reconcile: what failed is tried again at once
   */
  public IdentityResolution resolve(String uid, IdentityKey key, boolean requested) {
    return resolved(join(uid, key), uid, requested);
  }

  /**
   * The identity of a resource that uses one already, for calls that serve others as well: checked
   * and refreshed as for the resource itself, which is not triggered. Never waits.
   *
   * @return null where the resource uses none any more
   */
  public @Nullable IdentityResolution shared(String uid) {
    IdentityKey key = keyOfUid.get(uid);
    TenantIdentity identity = key == null ? null : identities.get(key);
    return identity == null ? null : resolved(identity, null, false);
  }

  private IdentityResolution resolved(
      TenantIdentity identity, @Nullable String waiting, boolean requested) {
    long now = timing.nanos().getAsLong();
    Duration within = requested ? REQUESTED_CHECK : CHECK;
    RoleSession session = held(identity, now);
    if (session != null && identity.isChecked(now, within)) {
      if (session.isToBeRefreshed(now) && identity.failing(now, null) == null) {
        // Its outcome changes nothing for this caller.
        var unused = refresh(identity, Priority.SWEEP);
      }
      return new IdentityResolution.Usable(session.identity());
    }
    Duration patience = requested ? REQUESTED_CHECK : null;
    // What keeps another session from beginning does not matter to the one that there is.
    IdentityResolution.Failing failing =
        session == null ? identity.failing(now, patience) : identity.failingToRead(now, patience);
    if (failing != null) {
      return failing;
    }
    if (waiting != null) {
      identity.await(waiting);
    }
    if (!identity.isChecked(now, within)) {
      worker.check(identity);
      return new IdentityResolution.Pending(AFTER_WORKER);
    }
    return refresh(identity, Priority.READ);
  }

  /** A session that can be used, of a ServiceAccount that was read within a time; or null. */
  private @Nullable RoleSession usable(TenantIdentity identity, Duration within) {
    long now = timing.nanos().getAsLong();
    return identity.isChecked(now, within) ? held(identity, now) : null;
  }

  /** A session that has not come to its end, and that AWS has not refused; or null. */
  private @Nullable RoleSession held(TenantIdentity identity, long now) {
    RoleSession session = identity.usable(now);
    return session != null && sessions.isHeld(session.identity().session()) ? session : null;
  }

  /** Assumes the role, if the rate limit of STS grants it. */
  private IdentityResolution refresh(TenantIdentity identity, Priority priority) {
    if (!identity.begin()) {
      return new IdentityResolution.Pending(AFTER_WORKER);
    }
    // Not before, or what is dropped meanwhile would get a session that nobody drops.
    TenantIdentity.Role role = identity.role();
    if (role == null) {
      release(identity);
      return new IdentityResolution.Pending(NOW);
    }
    return switch (role.limiter().ask(WaiterId.read(identity.key().text()), priority)) {
      case Reservation.Granted(var permit) -> {
        worker.assume(identity, role, permit);
        yield new IdentityResolution.Pending(AFTER_WORKER);
      }
      case Reservation.Deferred(Duration delay) -> {
        release(identity);
        yield new IdentityResolution.Pending(delay);
      }
      case Reservation.Unavailable(Duration delay) -> {
        release(identity);
        yield new IdentityResolution.Failing(
            StsProblems.unreachable(identity.key().region()), delay);
      }
    };
  }

  /** A worker has ended: resources that wait go on, and what nobody uses any more is forgotten. */
  private void ended(TenantIdentity identity, Consumer<String> trigger) {
    dropIfUnused(identity);
    identity.takeWaiting().forEach(trigger);
  }

  /** Gives the right to work on an identity up: its last resource may have gone meanwhile. */
  private void release(TenantIdentity identity) {
    identity.end();
    dropIfUnused(identity);
  }

  private void dropIfUnused(TenantIdentity identity) {
    if (identity.isUnused()) {
      drop(identity);
      closeIfUnused(identity.key().region());
    }
  }

  private TenantIdentity join(String uid, IdentityKey key) {
    IdentityKey before = keyOfUid.put(uid, key);
    boolean another = !key.equals(before);
    TenantIdentity joined =
        identities.compute(
            key,
            (any, known) -> {
              TenantIdentity identity = known == null ? new TenantIdentity(key) : known;
              if (another || known == null) {
                identity.join();
              }
              return identity;
            });
    // One object for all resources of the identity.
    keyOfUid.replace(uid, key, joined.key());
    if (before != null && another) {
      leave(uid, before);
    }
    return joined;
  }

  /** Forgets a resource that is gone, or that names no ServiceAccount any more. */
  public void forget(String uid) {
    IdentityKey key = keyOfUid.remove(uid);
    if (key != null) {
      leave(uid, key);
    }
  }

  private void leave(String uid, IdentityKey key) {
    TenantIdentity left =
        identities.computeIfPresent(
            key,
            (any, identity) -> {
              if (!identity.leave(uid)) {
                return identity;
              }
              if (!identity.isBusy()) {
                drop(identity);
              }
              return null;
            });
    if (left == null) {
      closeIfUnused(key.region());
    }
  }

  private void closeIfUnused(String region) {
    if (identities.keySet().stream().noneMatch(other -> other.region().equals(region))) {
      sessions.unused(region);
    }
  }

  /** Drops what an identity holds, once: its place in the quota is counted. */
  private void drop(TenantIdentity identity) {
    TenantIdentity.Role role = identity.takeRole();
    if (role != null) {
      sessions.forget(RoleCheck.session(identity.key(), role));
      quotas.leave(role.scope(), identity.key());
    }
  }

  @Override
  public void sizes(StateSizes sizes) {
    sizes.add("TenantIdentities.identities", identities.size());
    sizes.add("TenantIdentities.keyOfUid", keyOfUid.size());
    quotas.sizes(sizes);
    worker.sizes(sizes);
  }

  @Override
  public void close() {
    worker.close();
  }
}
