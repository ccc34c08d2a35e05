package dev.lambdaconfig.aws;

import dev.lambdaconfig.aws.budget.AccountBudget;
import dev.lambdaconfig.aws.budget.WaitListener;
import dev.lambdaconfig.settings.FunctionReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The accounts and Regions that are called, each with its request budget.
 *
 * <p>Which account the operator's own identity is in is known only when AWS has named it. Until
 * then ARNs count as that account's: better to share a budget for a moment than to have two for one
 * quota.
 */
public final class Accounts {

  /** Stands for the account of the operator's own identity. */
  private static final String HOME = "";

  private record Key(String region, String account) {}

  /** One account in one Region. */
  static final class Account {
    private final AccountBudget budget;
    private final LongSupplier nanos;
    private final AtomicLong deniedUntil;

    private Account(AccountBudget budget, LongSupplier nanos) {
      this.budget = budget;
      this.nanos = nanos;
      this.deniedUntil = new AtomicLong(nanos.getAsLong());
    }

    AccountBudget budget() {
      return budget;
    }

    /** Whether GetFunction may be called, as far as is known. */
    boolean mayGetFunction() {
      return nanos.getAsLong() - deniedUntil.get() >= 0;
    }

    /** Notes that GetFunction was refused. Returns whether that is news. */
    boolean deny(Duration time) {
      long now = nanos.getAsLong();
      return now - deniedUntil.getAndSet(now + time.toNanos()) >= 0;
    }
  }

  private final Map<Key, Account> accounts = new ConcurrentHashMap<>();
  private final double perSecond;
  private final LongSupplier nanos;
  private final WaitListener waits;
  private volatile @Nullable String home;

  Accounts(double perSecond, LongSupplier nanos, WaitListener waits) {
    this.perSecond = perSecond;
    this.nanos = nanos;
    this.waits = waits;
  }

  Account of(Target target) {
    String named = FunctionReference.accountIn(target.functionName());
    String known = home;
    boolean foreign = named != null && known != null && !named.equals(known);
    return in(target.region(), foreign ? Objects.requireNonNull(named) : HOME);
  }

  Account home(String region) {
    return in(region, HOME);
  }

  private Account in(String region, String account) {
    return accounts.computeIfAbsent(
        new Key(region, account),
        any -> new Account(new AccountBudget(perSecond, nanos, waits), nanos));
  }

  /** Notes the account of the operator's own identity. Returns whether that is news. */
  boolean isHome(String account) {
    boolean news = !account.equals(home);
    home = account;
    return news;
  }

  /** The account of the operator's own identity, or null as long as AWS has not named it. */
  @Nullable String home() {
    return home;
  }

  List<String> due() {
    List<String> due = new ArrayList<>();
    for (Account account : accounts.values()) {
      due.addAll(account.budget.due());
    }
    return due;
  }

  int waiting() {
    return accounts.values().stream().mapToInt(account -> account.budget.waiting()).sum();
  }

  void forget(String who) {
    accounts.values().forEach(account -> account.budget.forget(who));
  }

  /** Shows each budget, with the Region that it is of; the account is never a label. */
  public void forEach(BiConsumer<String, AccountBudget> action) {
    accounts.forEach((key, account) -> action.accept(key.region(), account.budget));
  }
}
