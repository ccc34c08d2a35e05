package dev.lambdaconfig.aws;

import dev.lambdaconfig.aws.limit.AccountQuota;
import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.model.identity.Identity;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One account in one Region: the quota of its calls, and what is known of its callers' rights. */
final class Account {

  /** The key of the operator's own identity: no session has it. */
  private static final String OWN = "";

  private final AccountQuota quota;
  private final LongSupplier nanos;

  /** The identities that may not call GetFunction, each with the end of the time for which. */
  private final Map<String, Long> deniedUntil = new ConcurrentHashMap<>();

  Account(AccountQuota quota, LongSupplier nanos) {
    this.quota = quota;
    this.nanos = nanos;
  }

  AccountQuota quota() {
    return quota;
  }

  /**
   * Whether an identity may call GetFunction, as far as is known: see docs/aws.md#get-function.
   *
   * @param identity the identity, or null for the operator's own
   */
  boolean mayGetFunction(@Nullable Identity identity) {
    Long until = deniedUntil.get(key(identity));
    return until == null || nanos.getAsLong() - until >= 0;
  }

  /** Records that GetFunction was refused to an identity. Returns whether that is news. */
  boolean deny(@Nullable Identity identity, Duration time) {
    long now = nanos.getAsLong();
    deniedUntil.values().removeIf(until -> now - until >= 0);
    return deniedUntil.put(key(identity), now + time.toNanos()) == null;
  }

  private static String key(@Nullable Identity identity) {
    return identity == null ? OWN : identity.session();
  }

  void sizes(StateSizes sizes) {
    sizes.add("Account.deniedUntil", deniedUntil.size());
    quota.sizes(sizes);
  }
}
