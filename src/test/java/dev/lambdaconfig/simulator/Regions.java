package dev.lambdaconfig.simulator;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The Regions of all accounts; each is created on first use. */
final class Regions {

  private final Map<AccountRegion, SimulatedRegion> regions = new ConcurrentHashMap<>();
  private final Function<AccountRegion, SimulatedRegion> creation;
  private final Set<String> open = ConcurrentHashMap.newKeySet();

  Regions(Function<AccountRegion, SimulatedRegion> creation) {
    this.creation = creation;
  }

  SimulatedRegion in(AccountRegion accountRegion) {
    return regions.computeIfAbsent(accountRegion, creation);
  }

  /** All that were used so far. */
  List<SimulatedRegion> all() {
    return List.copyOf(regions.values());
  }

  /** Lets callers of all accounts reach this one's functions by their ARNs. */
  void open(String account) {
    open.add(account);
  }

  /**
   * The account and Region in which a call finds a function; AWS refuses another one before it
   * looks whether the function exists.
   */
  AccountRegion reached(ApiCall call, FunctionReference reference) {
    String account = reference.account();
    if (account == null || !open.contains(account)) {
      reference.reachableFrom(call.accountRegion());
      return call.accountRegion();
    }
    return new AccountRegion(account, call.region());
  }
}
