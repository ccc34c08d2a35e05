package dev.lambdaconfig.aws.sweep;

import dev.lambdaconfig.aws.PacedLambda;
import dev.lambdaconfig.aws.Target;
import dev.lambdaconfig.settings.Answer;
import dev.lambdaconfig.settings.Failure;
import dev.lambdaconfig.settings.FunctionReference;
import dev.lambdaconfig.settings.ObservedFunction;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All managed functions, and one sweep for each Region that has any. Safe for use by many threads.
 *
 * <p>A sweep cannot die: whatever a step ends with, the next one is due. The steps of one Region do
 * not wait for another's, however long a call hangs.
 */
public final class Fleet implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Fleet.class);

  /** What a list cannot show, such as State, is read so often: within a fifth of it. */
  public static final Duration FULL_READ = Duration.ofHours(1);

  private static final Duration AFTER_MISTAKE = Duration.ofSeconds(30);
  private static final Duration SHORTEST = Duration.ofMillis(5);

  /** A Region and what is watched in it. */
  private record Region(Roster roster, Sweep sweep) {}

  private final PacedLambda lambda;
  private final Duration interval;
  private final LongSupplier nanos;
  private final DoubleSupplier random;
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
   * @param interval how soon a change of a function is to be noticed
   * @param nanos a steady clock, in nanoseconds
   * @param random numbers between 0 and 1, to spread calls in time
   */
  public Fleet(
      PacedLambda lambda,
      Duration interval,
      LongSupplier nanos,
      DoubleSupplier random,
      SweepListener listener) {
    this.lambda = lambda;
    this.interval = interval;
    this.nanos = nanos;
    this.random = random;
    this.listener = listener;
  }

  /**
   * Watches the function of a resource, unless it does already.
   *
   * @param revision the revision that the function had when it was last in order, or null
   */
  public void watch(String uid, Target target, @Nullable String revision) {
    if (regionOfUid.putIfAbsent(uid, target.region()) != null) {
      return;
    }
    FunctionReference function = FunctionReference.parse(target.functionName());
    regions
        .computeIfAbsent(target.region(), this::begin)
        .roster()
        .watch(uid, function.name(), function.account(), revision, nanos.getAsLong());
  }

  /** Watches the function of a resource no longer. */
  public void forget(String uid) {
    Region region = of(uid);
    if (region != null) {
      regionOfUid.remove(uid);
      region.roster().forget(uid);
    }
  }

  /** Notes what a read or an update of a resource's function answered. */
  public void seen(String uid, Answer answer) {
    Region region = of(uid);
    if (region == null) {
      return;
    }
    Roster.Sighting sighting =
        switch (answer) {
          case Answer.Described(ObservedFunction function) ->
              new Roster.Sighting(
                  true,
                  function.revisionId(),
                  function.lifecycle().isSettled(),
                  function.configuration().hashCode());
          case Answer.Failed(Failure failure)
              when failure.code().equals("ResourceNotFoundException") ->
              Roster.Sighting.NONE;
          case Answer.Failed failed -> null;
        };
    if (sighting != null) {
      region.roster().seen(uid, sighting, nanos.getAsLong());
    }
  }

  /**
   * Notes that an update of a resource's function is being sent, or that it came to nothing, or
   * that nobody knows what it came to.
   */
  public void updating(String uid, boolean underWay) {
    Region region = of(uid);
    if (region != null) {
      region.roster().updating(uid, underWay);
    }
  }

  /** How often the resource itself has to look at its function. */
  public Duration lookInterval(String uid) {
    Region region = of(uid);
    return region == null || mayBeListed(uid) ? FULL_READ : region.sweep().betweenReads();
  }

  /** Whether the function is, or may turn out to be, one that a list shows. */
  public boolean mayBeListed(String uid) {
    Region region = of(uid);
    return region != null && region.sweep().mayList() && !region.roster().isForeign(uid);
  }

  /** Whether a list showed the function to be what was last known of it. */
  public boolean isConfirmed(String uid) {
    Region region = of(uid);
    return region != null && region.roster().isConfirmed(uid);
  }

  /** When the first round over the function's Region has ended, most likely. */
  public Duration firstRound(String uid) {
    Region region = of(uid);
    return region == null ? Duration.ZERO : region.sweep().firstRound();
  }

  /** How each Region is looked after, for metrics. */
  public List<SweepState> states() {
    return regions.values().stream().map(region -> region.sweep().state()).toList();
  }

  private @Nullable Region of(String uid) {
    String name = regionOfUid.get(uid);
    return name == null ? null : regions.get(name);
  }

  private Region begin(String name) {
    Roster roster = new Roster();
    Sweep sweep = new Sweep(name, roster, lambda, interval, nanos, random, listener);
    // Those who start together, such as shards, do not sweep together; and what is to be watched
    // is known by then.
    Duration first = Duration.ofMillis((long) (250 + 250 * random.getAsDouble()));
    later(name, sweep, first);
    return new Region(roster, sweep);
  }

  private void later(String region, Sweep sweep, Duration delay) {
    try {
      // Errors are caught in the step.
      var unused =
          timer.schedule(
              () -> steps.execute(() -> step(region, sweep)),
              Math.max(delay.toNanos(), SHORTEST.toNanos()),
              TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      LOG.atDebug().addKeyValue("region", region).log("the sweep ends with the operator");
    }
  }

  private void step(String region, Sweep sweep) {
    Duration next = AFTER_MISTAKE;
    try {
      next = sweep.step();
    } catch (RuntimeException | Error e) {
      LOG.atError().addKeyValue("region", region).log("a sweep failed and goes on", e);
    }
    later(region, sweep, next);
  }

  @Override
  public void close() {
    timer.shutdownNow();
    steps.shutdownNow();
  }
}
