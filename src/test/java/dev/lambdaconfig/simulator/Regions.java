package dev.lambdaconfig.simulator;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** All accounts and Regions; each comes to be when it is first asked for. */
final class Regions {

  private final Map<Place, SimulatedRegion> regions = new ConcurrentHashMap<>();
  private final Function<Place, SimulatedRegion> creation;
  private final Set<String> open = ConcurrentHashMap.newKeySet();

  Regions(Function<Place, SimulatedRegion> creation) {
    this.creation = creation;
  }

  SimulatedRegion in(Place place) {
    return regions.computeIfAbsent(place, creation);
  }

  /** Lets callers of all accounts reach this one's functions by their ARNs. */
  void open(String account) {
    open.add(account);
  }

  /** Where a call finds a function; AWS refuses before it looks whether that exists. */
  Place reached(ApiCall call, FunctionReference reference) {
    String account = reference.account();
    if (account == null || !open.contains(account)) {
      reference.reachableFrom(call.place());
      return call.place();
    }
    return new Place(account, call.region());
  }
}
