package dev.lambdaconfig.aws.account;

import dev.lambdaconfig.aws.limit.RateLimiter;
import dev.lambdaconfig.aws.limit.RegionLimits;
import dev.lambdaconfig.debug.StateSizes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The accounts that resources name in one Region, each with the quota that its calls are charged
 * to: that of the operator's own account, until AWS has described a function there. Otherwise each
 * invented account would bring another quota, and their calls together would exceed the real one.
 *
 * <p>Guarded by {@link Accounts}.
 */
final class RegionAccounts {

  /** The most accounts of one Region with a quota of their own; others share the operator's. */
  private static final int MOST = 500;

  /**
   * The last call of a caller. Equal ones are one object, because there are as many as resources.
   *
   * @param account the account that the caller names, or null
   * @param charged the account that pays for it
   */
  record Use(RegionAccounts region, @Nullable String account, Account charged) {

    @SuppressWarnings("ReferenceEquality") // Neither has another equality.
    boolean is(RegionAccounts otherRegion, @Nullable String otherAccount, Account otherCharged) {
      return charged == otherCharged
          && region == otherRegion
          && Objects.equals(account, otherAccount);
    }
  }

  /** An account that resources name in an ARN. */
  private static final class Named {
    private int users;
    private long unusedSince;
    private boolean described;

    /** The account while it has users and for a while after, so that leaving refills no bucket. */
    private @Nullable Account own;

    private @Nullable Use use;
  }

  private final String name;
  private final RegionLimits limits;
  private final Function<RegionLimits, Account> creation;
  private final Account home;
  private final Use unnamed;
  private final Map<String, Named> named = new HashMap<>();
  private int users;
  private long unusedSince;

  RegionAccounts(
      String name, RegionLimits limits, Function<RegionLimits, Account> creation, long now) {
    this.name = name;
    this.limits = limits;
    this.creation = creation;
    this.home = creation.apply(limits);
    this.unnamed = new Use(this, null, home);
    this.unusedSince = now;
  }

  String name() {
    return name;
  }

  RegionLimits limits() {
    return limits;
  }

  /** The account of the operator's own identity. */
  Account home() {
    return home;
  }

  /** The account that pays for calls to functions of a named account. */
  Account of(String account) {
    Named one = named.get(account);
    return one == null || !one.described || one.own == null ? home : one.own;
  }

  /**
   * Adds a caller to the Region.
   *
   * @param account the account that it names, or null
   * @param charged the account that pays for it
   */
  Use join(@Nullable String account, Account charged) {
    users++;
    if (account == null) {
      return unnamed;
    }
    Named one = named.computeIfAbsent(account, any -> new Named());
    one.users++;
    if (one.use == null || !one.use.is(this, account, charged)) {
      one.use = new Use(this, account, charged);
    }
    return one.use;
  }

  /** Removes a caller. An account whose last caller goes has to be described anew. */
  void leave(@Nullable String account, long now) {
    users--;
    unusedSince = now;
    Named one = account == null ? null : named.get(account);
    if (one != null && --one.users == 0) {
      one.described = false;
      one.unusedSince = now;
      if (one.own == null) {
        named.remove(account);
      }
    }
  }

  /**
   * Records that AWS has named an account that a resource names: by the description of a function,
   * or as that of a role session. Returns whether that is news.
   */
  boolean described(@Nullable String account) {
    Named one = account == null ? null : named.get(account);
    if (one == null || one.users == 0 || one.described) {
      return false;
    }
    if (one.own == null
        && named.values().stream().filter(each -> each.own != null).count() < MOST) {
      one.own = creation.apply(limits);
    }
    one.described = one.own != null;
    return one.described;
  }

  boolean isUsed() {
    return users > 0;
  }

  /** The accounts that pay for calls. */
  List<Account> charged() {
    List<Account> charged = new ArrayList<>();
    charged.add(home);
    for (Named one : named.values()) {
      if (one.own != null && (one.described || !one.own.quota().isIdle())) {
        charged.add(one.own);
      }
    }
    return charged;
  }

  /** The limiters of their calls. */
  List<RateLimiter> limiters() {
    return charged().stream()
        .map(Account::quota)
        .flatMap(quota -> Stream.of(quota.control(), quota.getFunction()))
        .toList();
  }

  /** The number of calls that wait for a grant. */
  int waiting() {
    return charged().stream().mapToInt(account -> account.quota().waiting()).sum();
  }

  /** Drops what was last used before a time. Returns whether nothing is left. */
  boolean isGone(long before) {
    named
        .values()
        .removeIf(
            one ->
                one.users == 0
                    && one.unusedSince - before < 0
                    && (one.own == null || one.own.quota().isIdle()));
    return users == 0 && named.isEmpty() && unusedSince - before < 0 && home.quota().isIdle();
  }

  void sizes(StateSizes sizes) {
    sizes.add("RegionAccounts.named", named.size());
    home.sizes(sizes);
    named
        .values()
        .forEach(
            one -> {
              if (one.own != null) {
                one.own.sizes(sizes);
              }
            });
  }
}
