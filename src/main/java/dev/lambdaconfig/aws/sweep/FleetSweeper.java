package dev.lambdaconfig.aws.sweep;

import dev.lambdaconfig.aws.RateLimitedLambda;
import dev.lambdaconfig.aws.sweep.watched.Sighting;
import dev.lambdaconfig.aws.sweep.watched.WatchedFunction;
import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.identity.IdentityResolution;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.FunctionReference;
import dev.lambdaconfig.model.QuotaScope;
import dev.lambdaconfig.model.Target;
import dev.lambdaconfig.timing.StepTimer;
import dev.lambdaconfig.timing.Timing;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sweeps: one for each account and Region that has managed functions and an identity that may
 * list them, which ends with the last of them. Safe for use by many threads.
 *
 * <p>A sweep cannot die: whatever a step ends with, the next one is due. The steps of one sweep do
 * not wait for another's, however long a call hangs.
 */
public final class FleetSweeper implements StateSizes.Source, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FleetSweeper.class);

  /**
   * The longest time between two reads of what a list cannot show, such as State; a read comes up
   * to a fifth earlier.
   */
  public static final Duration FULL_READ = Duration.ofHours(1);

  /** The longest time for which resources wait for a round that does not begin, or begins late. */
  public static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

  /** The longest time for which they wait for the end of a round. */
  static final Duration LONGEST_ROUND = FULL_READ.dividedBy(4);

  private static final Duration AFTER_MISTAKE = Duration.ofSeconds(30);

  /** The time within which a Region that is watched again keeps its sweep. */
  private static final Duration LINGER = Duration.ofSeconds(5);

  /** The identities of resources: null for a resource that uses none any more. */
  public interface Identities {

    /** The identity of a resource now. Never waits. */
    @Nullable IdentityResolution of(String uid);
  }

  private final RateLimitedLambda lambda;
  private final Identities identities;
  private final Duration interval;
  private final Timing timing;
  private final SweepListener listener;
  private final Map<String, RegionSweeps> regions = new ConcurrentHashMap<>();
  private final Map<String, String> regionOfUid = new ConcurrentHashMap<>();
  private final StepTimer timer = new StepTimer("sweep-timer");

  /**
   * Watches nothing yet.
   *
   * @param identities the identities of resources, each checked before a list is made by it
   * @param interval the time within which a change of a function is to be noticed
   */
  public FleetSweeper(
      RateLimitedLambda lambda,
      Identities identities,
      Duration interval,
      Timing timing,
      SweepListener listener) {
    this.lambda = lambda;
    this.identities = identities;
    this.interval = interval;
    this.timing = timing;
    this.listener = listener;
  }

  /**
   * Watches the function of a resource, unless it is watched already.
   *
   * @param revision the revision that the function had when it was last in sync, or null
   */
  public void watch(String uid, Target target, @Nullable String revision) {
    if (regionOfUid.containsKey(uid)) {
      return;
    }
    FunctionReference function = FunctionReference.parse(target.functionName());
    regions.compute(
        target.region(),
        (name, before) -> {
          if (regionOfUid.putIfAbsent(uid, name) != null) {
            return before;
          }
          RegionSweeps region = before == null ? begin(name) : before;
          WatchedFunction watched =
              new WatchedFunction(
                  uid, function.name(), target.account(), revision, timing.nanos().getAsLong());
          Sweep begun =
              region.watch(target.isInOwnAccount() ? watched.listedBy(target.session()) : watched);
          if (begun != null) {
            begin(region, begun);
          }
          return region;
        });
  }

  /** Watches the function of a resource no longer. */
  public void forget(String uid) {
    String watched = regionOfUid.get(uid);
    if (watched != null) {
      regions.computeIfPresent(
          watched,
          (name, region) -> {
            regionOfUid.remove(uid);
            region.forget(uid);
            if (region.watched().total() == 0 && region.beginLeaving()) {
              timer.after(LINGER, name, () -> endIfEmpty(region));
            }
            return region;
          });
    }
  }

  private void endIfEmpty(RegionSweeps region) {
    region.endLeaving();
    regions.computeIfPresent(
        region.name(),
        (name, current) ->
            current.equals(region) && current.watched().total() == 0 ? null : current);
    if (!regions.containsKey(region.name())) {
      region.all().forEach(sweep -> lambda.forgetSweep(sweep.scope()));
    }
  }

  /** Records what a read or an update of a resource's function answered. */
  public void seen(String uid, Answer answer) {
    RegionSweeps region = of(uid);
    if (region == null) {
      return;
    }
    Sighting sighting = Sighting.of(answer);
    if (sighting != null) {
      region.watched().seen(uid, sighting, timing.nanos().getAsLong());
    }
  }

  /**
   * Records that an update of a resource's function is being sent, or that it came to nothing, or
   * that its outcome is unknown.
   */
  public void updating(String uid, boolean underWay) {
    RegionSweeps region = of(uid);
    if (region != null) {
      region.watched().updating(uid, underWay);
    }
  }

  /** The longest time between two reads of a function by its own resource. */
  public Duration lookInterval(String uid) {
    RegionSweeps region = of(uid);
    return region == null ? FULL_READ : region.lookInterval(uid);
  }

  /** Whether a list of its own identity shows the function, or may turn out to. */
  public boolean mayBeListed(String uid) {
    RegionSweeps region = of(uid);
    return region != null && region.mayBeListed(uid);
  }

  /** Whether a list of its own identity showed the function to be what was last known of it. */
  public boolean isConfirmed(String uid) {
    RegionSweeps region = of(uid);
    return region != null && region.watched().isConfirmed(uid);
  }

  /** The time after a start within which a function that no list shows is first read. */
  public Duration firstRead(String uid) {
    RegionSweeps region = of(uid);
    return region == null ? Duration.ZERO : region.own().reads().first(uid);
  }

  /**
   * Whether a list answers for the function of a resource: it has confirmed it, or a round is to.
   * If none does after all, {@link SweepListener#readEach} says so: once the round has ended, or
   * takes too long.
   */
  public boolean answersFor(String uid) {
    RegionSweeps region = of(uid);
    return region != null && region.waits().answersFor(uid);
  }

  /** Records that a resource reads its function, whatever a round answers. */
  public void waitsNoLonger(String uid) {
    RegionSweeps region = of(uid);
    if (region != null) {
      region.waits().end(uid);
    }
  }

  /** The state of each sweep, for metrics. */
  public List<SweepState> states() {
    return regions.values().stream().flatMap(region -> region.states().stream()).toList();
  }

  private @Nullable RegionSweeps of(String uid) {
    String name = regionOfUid.get(uid);
    return name == null ? null : regions.get(name);
  }

  private RegionSweeps begin(String name) {
    RegionSweeps region =
        new RegionSweeps(
            name,
            account ->
                new Sweep(
                    new Lister(account, identities, interval, timing.nanos()),
                    lambda,
                    interval,
                    timing,
                    listener),
            new RegionSweeps.Ports(
                (delay, look) -> timer.after(delay, name, look), listener::readEach),
            timing.nanos());
    begin(region, region.own());
    return region;
  }

  private void begin(RegionSweeps region, Sweep sweep) {
    // Operators that start together, such as shards, do not sweep together; and by then most
    // functions of the Region are known.
    later(region, sweep, Duration.ofMillis((long) (250 + 250 * timing.random().getAsDouble())));
  }

  private void later(RegionSweeps region, Sweep sweep, Duration delay) {
    timer.after(delay, region.name(), () -> step(region, sweep));
  }

  private void step(RegionSweeps region, Sweep sweep) {
    if (!isCurrent(region, sweep)) {
      return;
    }
    Duration next = AFTER_MISTAKE;
    try {
      try {
        next = sweep.step();
      } finally {
        endIfUnneeded(region, sweep);
      }
    } catch (RuntimeException | Error e) {
      LOG.atError().addKeyValue("region", region.name()).log("a step of the sweep failed", e);
    } finally {
      if (isCurrent(region, sweep)) {
        later(region, sweep, next);
      }
    }
  }

  private void endIfUnneeded(RegionSweeps region, Sweep sweep) {
    regions.computeIfPresent(
        region.name(),
        (name, current) -> {
          region.endIfUnneeded(sweep);
          return current;
        });
    if (!isCurrent(region, sweep) && !isSwept(sweep.scope())) {
      // The sweep ended before or during this step, whose call has used the account again.
      lambda.forgetSweep(sweep.scope());
    }
  }

  private boolean isCurrent(RegionSweeps region, Sweep sweep) {
    return region.equals(regions.get(region.name())) && region.has(sweep);
  }

  private boolean isSwept(QuotaScope scope) {
    RegionSweeps region = regions.get(scope.region());
    return region != null && region.ofAccount(scope.account()) != null;
  }

  @Override
  public void sizes(StateSizes sizes) {
    sizes.add("FleetSweeper.regions", regions.size());
    sizes.add("FleetSweeper.regionOfUid", regionOfUid.size());
    regions.values().forEach(region -> region.sizes(sizes));
  }

  @Override
  public void close() {
    timer.close();
  }
}
