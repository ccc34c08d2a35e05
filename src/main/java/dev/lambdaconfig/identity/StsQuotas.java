package dev.lambdaconfig.identity;

import dev.lambdaconfig.aws.limit.AccountQuota;
import dev.lambdaconfig.aws.limit.Bulkheads;
import dev.lambdaconfig.aws.limit.RateLimiter;
import dev.lambdaconfig.aws.limit.RegionLimits;
import dev.lambdaconfig.aws.limit.WaitListener;
import dev.lambdaconfig.aws.limit.queue.WaiterId;
import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.identity.account.IdentityKey;
import dev.lambdaconfig.model.QuotaScope;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The rate limits of calls to STS, of each account and Region that ServiceAccounts in use name. A
 * thousand tenants whose sessions begin together, at a restart, are served one after another.
 */
final class StsQuotas {

  /**
   * The most calls a second to one account and Region: well below STS's own quota, which others use
   * as well (docs/aws.md#sts-quota).
   */
  private static final double MOST_PER_SECOND = 40;

  /** The calls under way in all Regions, besides those that each has of its own. */
  private static final int SHARED_CALLS = 48;

  private static final class Scope {
    private final AccountQuota quota;
    private int users;

    private Scope(AccountQuota quota) {
      this.quota = quota;
    }
  }

  private static final class Region {
    private final RegionLimits limits;
    private int scopes;

    private Region(RegionLimits limits) {
      this.limits = limits;
    }
  }

  private final LongSupplier nanos;
  private final Bulkheads bulkheads = new Bulkheads(SHARED_CALLS);
  private final Map<String, Region> regions = new HashMap<>();
  private final Map<QuotaScope, Scope> scopes = new HashMap<>();

  StsQuotas(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Adds a user of a quota, and returns the limiter of its calls. */
  synchronized RateLimiter join(QuotaScope scope) {
    Scope joined = scopes.computeIfAbsent(scope, this::create);
    joined.users++;
    return joined.quota.control();
  }

  private Scope create(QuotaScope scope) {
    Region region =
        regions.computeIfAbsent(
            scope.region(), name -> new Region(new RegionLimits(nanos, bulkheads)));
    region.scopes++;
    return new Scope(new AccountQuota(MOST_PER_SECOND, nanos, WaitListener.NONE, region.limits));
  }

  /** Removes a user with its place, and with the last one the quota. */
  synchronized void leave(QuotaScope scope, IdentityKey key) {
    Scope left = scopes.get(scope);
    if (left == null) {
      return;
    }
    left.quota.forget(WaiterId.read(key.text()));
    if (--left.users == 0) {
      scopes.remove(scope);
      Region region = regions.get(scope.region());
      if (region != null && --region.scopes == 0) {
        regions.remove(scope.region());
      }
    }
  }

  synchronized void sizes(StateSizes sizes) {
    sizes.add("StsQuotas.regions", regions.size());
    sizes.add("StsQuotas.scopes", scopes.size());
    scopes.values().forEach(scope -> scope.quota.sizes(sizes));
  }
}
