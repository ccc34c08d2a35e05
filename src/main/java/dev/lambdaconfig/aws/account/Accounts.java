package dev.lambdaconfig.aws.account;

import dev.lambdaconfig.aws.limit.AccountQuota;
import dev.lambdaconfig.aws.limit.Bulkheads;
import dev.lambdaconfig.aws.limit.RateLimiter;
import dev.lambdaconfig.aws.limit.RegionLimits;
import dev.lambdaconfig.aws.limit.WaitListener;
import dev.lambdaconfig.aws.limit.queue.WaiterId;
import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.model.QuotaScope;
import dev.lambdaconfig.model.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The Regions and accounts that are called, each with its quota, for as long as they have callers:
 * resources, or the sweeps of accounts.
 *
 * <p>The account of the operator's own identity is known only once AWS has named it. Until then
 * ARNs count as that account's: two limiters for one quota would exceed it.
 */
public final class Accounts implements AccountQuotas, StateSizes.Source {

  /** The time within which a caller that comes back finds the quota as it was left. */
  private static final long LINGER = Duration.ofSeconds(30).toNanos();

  private final Map<String, RegionAccounts> regions = new HashMap<>();
  private final Callers resources;
  private final Callers sweeps;
  private final RoundRobin turns = new RoundRobin();
  private final CallLimits limits;
  private final LongSupplier nanos;
  private final WaitListener waits;
  private final RegionListener listener;
  private final Bulkheads bulkheads;
  private @Nullable String home;
  private long tidied;

  /** Creates an empty set of accounts. */
  public Accounts(
      CallLimits limits, LongSupplier nanos, WaitListener waits, RegionListener listener) {
    this.limits = limits;
    this.nanos = nanos;
    this.waits = waits;
    this.listener = listener;
    this.bulkheads = new Bulkheads(limits.sharedCalls());
    this.tidied = nanos.getAsLong();
    this.resources =
        new Callers(EnumSet.of(WaiterId.Call.READ, WaiterId.Call.UPDATE), nanos, listener);
    this.sweeps = new Callers(EnumSet.of(WaiterId.Call.SWEEP), nanos, listener);
  }

  /** The account that pays for a resource's calls; the resource uses it from now on. */
  public synchronized Account of(String uid, Target target) {
    String account = target.payer();
    return target.hasOwnAccount()
        ? ofIdentity(resources, uid, target.region(), account)
        : use(resources, uid, target.region(), account);
  }

  /** The account that pays for the sweep of an account, which uses it from now on. */
  public synchronized Account ofSweep(QuotaScope scope) {
    return ofIdentity(sweeps, scope.text(), scope.region(), scope.account());
  }

  /** The account of an identity, which is no invention of a manifest. */
  private Account ofIdentity(
      Callers callers, String caller, String region, @Nullable String account) {
    Account charged = use(callers, caller, region, account);
    return !String.valueOf(home).equals(account) && region(region).described(account)
        ? use(callers, caller, region, account)
        : charged;
  }

  private Account use(Callers callers, String caller, String name, @Nullable String account) {
    tidy();
    RegionAccounts region = region(name);
    Account charged = charged(region, account);
    callers.called(caller, region, account, charged);
    return charged;
  }

  private Account charged(RegionAccounts region, @Nullable String account) {
    return account == null || account.equals(home) ? region.home() : region.of(account);
  }

  private RegionAccounts region(String name) {
    RegionAccounts known = regions.get(name);
    if (known != null) {
      return known;
    }
    RegionAccounts region =
        new RegionAccounts(
            name,
            new RegionLimits(nanos, bulkheads),
            shared ->
                new Account(new AccountQuota(limits.perSecond(), nanos, waits, shared), nanos),
            nanos.getAsLong());
    regions.put(name, region);
    listener.counted(regions.size());
    return region;
  }

  /** Releases all that a resource holds. */
  public void forget(String uid) {
    forget(resources, uid);
  }

  /** Releases all that the sweep of an account and Region holds. */
  public void forgetSweep(QuotaScope scope) {
    forget(sweeps, scope.text());
  }

  private synchronized void forget(Callers callers, String caller) {
    tidy();
    callers.forget(caller);
  }

  @Override
  public synchronized boolean isUsed(String region) {
    RegionAccounts accounts = regions.get(region);
    return accounts != null && accounts.isUsed();
  }

  /** The account that pays for a call to a function, without a caller that uses it from now on. */
  public synchronized Account of(Target target) {
    return charged(region(target.region()), target.payer());
  }

  /**
   * The account that pays for calls to functions of a named account, or of the operator's own if
   * that is null; null where the Region has no callers.
   */
  public synchronized @Nullable Account find(String region, @Nullable String account) {
    RegionAccounts accounts = regions.get(region);
    return accounts == null ? null : charged(accounts, account);
  }

  /** Records the account of the operator's own identity. Returns whether that is news. */
  public synchronized boolean recordHome(String account) {
    boolean news = !account.equals(home);
    home = account;
    return news;
  }

  /** The account of the operator's own identity, or null as long as AWS has not named it. */
  public synchronized @Nullable String home() {
    return home;
  }

  /** Records that AWS has described a function of an account, whose calls have an own quota. */
  public synchronized void recordDescribed(String region, String account) {
    RegionAccounts accounts = regions.get(region);
    if (accounts != null && home != null && !account.equals(home)) {
      accounts.described(account);
    }
  }

  /** Returns the waiters that may call now, no more of a Region than may begin a call there. */
  public List<WaiterId> due() {
    List<WaiterId> due = new ArrayList<>();
    for (RegionAccounts region : all()) {
      due.addAll(turns.due(limiters(region), region.limits().room()));
    }
    return due;
  }

  private synchronized List<RateLimiter> limiters(RegionAccounts region) {
    return region.limiters();
  }

  private synchronized List<RegionAccounts> all() {
    tidy();
    return List.copyOf(regions.values());
  }

  /** The number of calls that wait for a grant. */
  public synchronized int waiting() {
    return regions.values().stream().mapToInt(RegionAccounts::waiting).sum();
  }

  @Override
  public void forEach(BiConsumer<String, AccountQuota> action) {
    Map<String, List<Account>> shown = new HashMap<>();
    synchronized (this) {
      tidy();
      regions.forEach(
          (name, region) -> {
            if (region.isUsed()) {
              shown.put(name, region.charged());
            }
          });
    }
    shown.forEach(
        (name, accounts) -> accounts.forEach(account -> action.accept(name, account.quota())));
  }

  @Override
  public synchronized void sizes(StateSizes sizes) {
    sizes.add("Accounts.regions", regions.size());
    resources.sizes(sizes);
    sweeps.sizes(sizes);
    regions.values().forEach(region -> region.sizes(sizes));
  }

  private void tidy() {
    long now = nanos.getAsLong();
    if (now - tidied >= LINGER) {
      tidied = now;
      if (regions.values().removeIf(region -> region.isGone(now - LINGER))) {
        listener.counted(regions.size());
      }
    }
  }
}
