package dev.lambdaconfig.simulator;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** All accounts and Regions; each comes to be when it is first asked for. */
final class Regions {

  private final Map<Place, SimulatedRegion> regions = new ConcurrentHashMap<>();
  private final Function<Place, SimulatedRegion> creation;

  Regions(Function<Place, SimulatedRegion> creation) {
    this.creation = creation;
  }

  SimulatedRegion in(Place place) {
    return regions.computeIfAbsent(place, creation);
  }
}
