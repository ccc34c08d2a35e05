package dev.lambdaconfig.aws.sweep;

import dev.lambdaconfig.aws.RateLimitedLambda;
import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.FunctionReference;
import dev.lambdaconfig.model.Target;
import dev.lambdaconfig.timing.Timing;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sweeps: one for each Region that has managed functions, which ends with the last of them.
 * Safe for use by many threads.
 *
 * <p>A sweep cannot die: whatever a step ends with, the next one is due. The steps of one Region do
 * not wait for another's, however long a call hangs.
 */
public final class FleetSweeper implements StateSizes.Source, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FleetSweeper.class);

  /** The time between two reads of what a list cannot show, such as State, give or take a fifth. */
  public static final Duration FULL_READ = Duration.ofHours(1);

  private static final Duration AFTER_MISTAKE = Duration.ofSeconds(30);
  private static final Duration SHORTEST = Duration.ofMillis(5);

  /** The time within which a Region that is watched again keeps its sweep. */
  private static final Duration LINGER = Duration.ofSeconds(5);

  /** A Region and its sweep. */
  private record Region(
      String name, WatchedFunctions watched, Sweep sweep, AtomicBoolean leaving) {}

  private final RateLimitedLambda lambda;
  private final Duration interval;
  private final Timing timing;
  private final SweepListener listener;
  private final Map<String, Region> regions = new ConcurrentHashMap<>();
  private final Map<String, String> regionOfUid = new ConcurrentHashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("sweep-timer").daemon().factory());
  private final ExecutorService steps = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * Watches nothing yet.
   *
   * @param interval the time within which a change of a function is to be noticed
   */
  public FleetSweeper(
      RateLimitedLambda lambda, Duration interval, Timing timing, SweepListener listener) {
    this.lambda = lambda;
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
          Region region = before == null ? begin(name) : before;
          region
              .watched()
              .watch(
                  new WatchedFunction(
                      uid, function.name(), target.account(), revision, timing.nanos().getAsLong()),
                  isOutside(target));
          return region;
        });
  }

  /** Whether a list by the operator's own identity is not known to show the function. */
  private boolean isOutside(Target target) {
    return target.isInOwnAccount() && !Objects.equals(target.account(), lambda.home());
  }

  /** Watches the function of a resource no longer. */
  public void forget(String uid) {
    String watched = regionOfUid.get(uid);
    if (watched != null) {
      regions.computeIfPresent(
          watched,
          (name, region) -> {
            regionOfUid.remove(uid);
            region.watched().forget(uid);
            if (region.watched().total() == 0 && region.leaving().compareAndSet(false, true)) {
              after(LINGER, name, () -> endIfEmpty(region));
            }
            return region;
          });
    }
  }

  private void endIfEmpty(Region region) {
    region.leaving().set(false);
    regions.computeIfPresent(
        region.name(),
        (name, current) ->
            current.equals(region) && current.watched().total() == 0 ? null : current);
    if (!regions.containsKey(region.name())) {
      lambda.forgetSweep(region.name());
    }
  }

  /** Records what a read or an update of a resource's function answered. */
  public void seen(String uid, Answer answer) {
    Region region = of(uid);
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
    Region region = of(uid);
    if (region != null) {
      region.watched().updating(uid, underWay);
    }
  }

  /** The longest time between two reads of a function by its own resource. */
  public Duration lookInterval(String uid) {
    Region region = of(uid);
    return region == null || mayBeListed(uid) ? FULL_READ : region.sweep().reads().between(uid);
  }

  /** Whether a list shows the function, or may turn out to. */
  public boolean mayBeListed(String uid) {
    Region region = of(uid);
    return region != null && region.sweep().mayList() && !region.watched().isForeign(uid);
  }

  /** Whether a list showed the function to be what was last known of it. */
  public boolean isConfirmed(String uid) {
    Region region = of(uid);
    return region != null && region.watched().isConfirmed(uid);
  }

  /**
   * The time after which the first round has answered for a function, most likely; where no list
   * shows it, the time within which it is to be first read.
   */
  public Duration firstRound(String uid) {
    Region region = of(uid);
    return region == null ? Duration.ZERO : region.sweep().firstRound(uid);
  }

  /** The state of each sweep, for metrics. */
  public List<SweepState> states() {
    return regions.values().stream().map(region -> region.sweep().state()).toList();
  }

  private @Nullable Region of(String uid) {
    String name = regionOfUid.get(uid);
    return name == null ? null : regions.get(name);
  }

  private Region begin(String name) {
    WatchedFunctions watched = new WatchedFunctions(name);
    Sweep sweep = new Sweep(watched, lambda, interval, timing, listener);
    Region region = new Region(name, watched, sweep, new AtomicBoolean());
    // Operators that start together, such as shards, do not sweep together; and by then most
    // functions of the Region are known.
    later(region, Duration.ofMillis((long) (250 + 250 * timing.random().getAsDouble())));
    return region;
  }

  private void later(Region region, Duration delay) {
    after(delay, region.name(), () -> step(region));
  }

  private void after(Duration delay, String region, Runnable action) {
    try {
      // Nothing is lost with the future: no exception leaves the task.
      var unused =
          timer.schedule(
              () -> steps.execute(action),
              Math.max(delay.toNanos(), SHORTEST.toNanos()),
              TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      LOG.atDebug().addKeyValue("region", region).log("the sweep ends because the operator stops");
    }
  }

  private void step(Region region) {
    if (!region.equals(regions.get(region.name()))) {
      return;
    }
    Duration next = AFTER_MISTAKE;
    try {
      next = region.sweep().step();
    } catch (RuntimeException | Error e) {
      LOG.atError()
          .addKeyValue("region", region.name())
          .log("a step of the sweep failed; the sweep continues", e);
    }
    if (regions.containsKey(region.name())) {
      later(region, next);
    } else {
      // The sweep ended during this step, whose call has used the Region again.
      lambda.forgetSweep(region.name());
    }
  }

  @Override
  public void sizes(StateSizes sizes) {
    sizes.add("FleetSweeper.regions", regions.size());
    sizes.add("FleetSweeper.regionOfUid", regionOfUid.size());
    regions.values().forEach(region -> region.watched().sizes(sizes));
  }

  @Override
  public void close() {
    timer.shutdownNow();
    steps.shutdownNow();
  }
}
