package dev.lambdaconfig.aws;

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
final class Account {

  private static final Logger LOG = LoggerFactory.getLogger(Account.class);

  /** The time after which GetFunction is tried again, because rights are granted unannounced. */
  private static final Duration AFTER_DENIAL = Duration.ofHours(1);

  /** The key of the operator's own identity: no session has it. */
  private static final String OWN = "";

  /** An answer that refuses GetFunction to an identity. */
  private record Refusal(String identity, Failure failure) {}

  private final AccountQuota quota;
  private final LongSupplier nanos;

  /** The identities that may not call GetFunction, each with the end of the time for which. */
  private final Map<String, Long> deniedUntil = new ConcurrentHashMap<>();

  /** The resources whose last GetFunction was refused, until their function is read otherwise. */
  private final Map<String, Refusal> refusals = new ConcurrentHashMap<>();

  Account(AccountQuota quota, LongSupplier nanos) {
    this.quota = quota;
    this.nanos = nanos;
  }

  AccountQuota quota() {
    return quota;
  }

  /** Whether the operator's own identity may call GetFunction, as far as is known. */
  boolean mayGetFunction() {
    return mayGetFunction(OWN);
  }

  /** Whether a resource may call GetFunction, as far as is known: see docs/aws.md#get-function. */
  boolean mayGetFunction(String uid, Target target) {
    String identity = key(target.identity());
    Refusal open = refusals.get(uid);
    return mayGetFunction(identity) && (open == null || !open.identity().equals(identity));
  }

  private boolean mayGetFunction(String identity) {
    Long until = deniedUntil.get(identity);
    return until == null || nanos.getAsLong() - until >= 0;
  }

  /**
   * Records that GetFunction was refused to a resource. What that means is known once the function
   * has been read otherwise, for which the resource may have to wait.
   */
  void refused(String uid, Target target, Failure failure) {
    refusals.put(uid, new Refusal(key(target.identity()), failure));
  }

  /**
   * Records that a function was asked for by GetFunctionConfiguration.
   *
   * @param readable whether its identity may read it: a function that cannot be read either way
   *     says nothing about the right to GetFunction
   */
  void readOtherwise(String uid, Target target, boolean readable) {
    Refusal refusal = refusals.remove(uid);
    if (refusal != null && readable && deny(refusal.identity())) {
      LOG.atInfo()
          .addKeyValue("region", target.region())
          .addKeyValue("code", refusal.failure().code())
          .log(
              "GetFunction cannot be called, so running updates are polled with"
                  + " GetFunctionConfiguration: grant lambda:GetFunction");
    }
  }

  /** Records that GetFunction is refused to an identity. Returns whether that is news. */
  private boolean deny(String identity) {
    long now = nanos.getAsLong();
    deniedUntil.values().removeIf(until -> now - until >= 0);
    return deniedUntil.put(identity, now + AFTER_DENIAL.toNanos()) == null;
  }

  private static String key(@Nullable Identity identity) {
    return identity == null ? OWN : identity.session();
  }

  /** Releases all that a resource, or a sweep, holds: the places of these calls. */
  void forget(String uid, Set<WaiterId.Call> calls) {
    calls.forEach(call -> quota.forget(new WaiterId(uid, call)));
    refusals.remove(uid);
  }

  void sizes(StateSizes sizes) {
    sizes.add("Account.deniedUntil", deniedUntil.size());
    sizes.add("Account.refusals", refusals.size());
    quota.sizes(sizes);
  }
}
