package dev.lambdaconfig.aws.account;

import dev.lambdaconfig.aws.limit.AccountQuota;
import dev.lambdaconfig.aws.limit.queue.WaiterId;
import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.Target;
import dev.lambdaconfig.model.identity.Identity;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One account in one Region: the quota of its calls, and what is known of its callers' rights. */
public final class Account {

  private static final Logger LOG = LoggerFactory.getLogger(Account.class);

  /** The time after which GetFunction is tried again, because rights are granted unannounced. */
  private static final Duration AFTER_DENIAL = Duration.ofHours(1);

  /**
   * An answer that refuses GetFunction to a resource.
   *
   * @param until the end of the time for which that counts; null until the function is read
   *     otherwise
   */
  private record Refusal(String identity, Failure failure, @Nullable Long until) {}

  private final AccountQuota quota;
  private final LongSupplier nanos;

  /** The identities that may not call GetFunction, each with the end of the time for which. */
  private final Map<String, Long> deniedUntil = new ConcurrentHashMap<>();

  /** The identities that have called it, each with the end of the time for which that counts. */
  private final Map<String, Long> allowedUntil = new ConcurrentHashMap<>();

  /** The resources to which GetFunction is refused. */
  private final Map<String, Refusal> refusals = new ConcurrentHashMap<>();

  Account(AccountQuota quota, LongSupplier nanos) {
    this.quota = quota;
    this.nanos = nanos;
  }

  /** The quota of its calls. */
  public AccountQuota quota() {
    return quota;
  }

  /** Whether the operator's own identity may call GetFunction, as far as is known. */
  public boolean mayGetFunction() {
    return !counts(deniedUntil.get(Identity.sessionOf(null)));
  }

  /** Whether a resource may call GetFunction, as far as is known: see docs/aws.md#get-function. */
  public boolean mayGetFunction(String uid, Target target) {
    String identity = target.session();
    Refusal refusal = refusals.get(uid);
    boolean refused =
        refusal != null
            && refusal.identity().equals(identity)
            && (refusal.until() == null || counts(refusal.until()));
    return !refused && !counts(deniedUntil.get(identity));
  }

  /** Records that GetFunction has described a function. */
  public void described(String uid, Target target) {
    refusals.remove(uid);
    keep(allowedUntil, target.session());
  }

  /**
   * Records that GetFunction was refused to a resource. What that means is known once the function
   * has been read otherwise, for which the resource may have to wait.
   */
  public void refused(String uid, Target target, Failure failure) {
    refusals.put(uid, new Refusal(target.session(), failure, null));
  }

  /** Whether it is to be found out what the refusal to a resource means. */
  public boolean isOpen(String uid) {
    Refusal refusal = refusals.get(uid);
    return refusal != null && refusal.until() == null;
  }

  /**
   * Records that a function was asked for by GetFunctionConfiguration after an open refusal.
   *
   * @param described whether that described a function of this account. Otherwise nothing is known
   *     of the right to GetFunction: a function that cannot be read either way says nothing
   */
  public void readOtherwise(String uid, Target target, boolean described) {
    Refusal refusal = refusals.remove(uid);
    if (refusal == null || !described) {
      return;
    }
    Failure failure = refusal.failure();
    String identity = refusal.identity();
    if (!failure.namesMissingRight() && !failure.lacksOperation()) {
      return;
    }
    if (counts(allowedUntil.get(identity))) {
      // The identity may call it for other functions.
      refusals.put(uid, new Refusal(identity, failure, nanos.getAsLong() + AFTER_DENIAL.toNanos()));
    } else if (keep(deniedUntil, identity)) {
      LOG.atInfo()
          .addKeyValue("region", target.region())
          .addKeyValue("code", failure.code())
          .log(
              "GetFunction cannot be called, so running updates are polled with"
                  + " GetFunctionConfiguration: grant lambda:GetFunction");
    }
  }

  private boolean counts(@Nullable Long until) {
    return until != null && nanos.getAsLong() - until < 0;
  }

  /** Keeps an identity for a time. Returns whether it is new. */
  private boolean keep(Map<String, Long> identities, String identity) {
    long now = nanos.getAsLong();
    boolean isNew = identities.put(identity, now + AFTER_DENIAL.toNanos()) == null;
    if (isNew) {
      identities.values().removeIf(until -> now - until >= 0);
    }
    return isNew;
  }

  /** Releases all that a resource, or a sweep, holds: the places of these calls. */
  void forget(String uid, Set<WaiterId.Call> calls) {
    calls.forEach(call -> quota.forget(new WaiterId(uid, call)));
    refusals.remove(uid);
  }

  void sizes(StateSizes sizes) {
    sizes.add("Account.deniedUntil", deniedUntil.size());
    sizes.add("Account.allowedUntil", allowedUntil.size());
    sizes.add("Account.refusals", refusals.size());
    quota.sizes(sizes);
  }
}
