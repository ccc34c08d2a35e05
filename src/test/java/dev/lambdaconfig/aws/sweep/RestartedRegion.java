package dev.lambdaconfig.aws.sweep;

import dev.lambdaconfig.aws.FunctionLists.ListedFunction;
import dev.lambdaconfig.aws.sweep.watched.WatchedFunction;
import dev.lambdaconfig.debug.StateSizes;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** A Region after a restart: 200 functions, of which a half is watched, and resources that wait. */
final class RestartedRegion {

  static final int FUNCTIONS = 200;

  final SweepRun run = new SweepRun();
  final Queue<Runnable> looks = new ArrayDeque<>();
  final List<String> unanswered = new ArrayList<>();
  Duration within = Duration.ZERO;
  final RegionSweeps region;

  RestartedRegion() {
    this("eu-west-1");
    exist(0, FUNCTIONS);
    watch(0, FUNCTIONS / 2);
  }

  /** A Region without functions. */
  RestartedRegion(String name) {
    region =
        new RegionSweeps(
            name,
            run::sweep,
            new RegionSweeps.Ports((delay, look) -> looks.add(look), this::told),
            () -> run.now);
  }

  private void told(List<String> uids, Duration time) {
    unanswered.addAll(uids);
    within = time;
  }

  /** Adds functions to the list. */
  void exist(int from, int to) {
    for (int i = from; i < to; i++) {
      run.account.functions.add(new ListedFunction("f" + i, "123456789012", "r1", 0));
    }
  }

  void watch(int from, int to) {
    for (int i = from; i < to; i++) {
      region.watch(new WatchedFunction("uid" + i, "f" + i, null, "r1", run.now));
    }
  }

  boolean answersFor(String uid) {
    return region.waits().answersFor(uid);
  }

  long waiting() {
    StateSizes sizes = new StateSizes();
    region.waits().sizes(sizes);
    return sizes.byName().getOrDefault("RoundWaits.waiting", -1L);
  }

  void look() {
    looks.remove().run();
  }

  /** Takes the first page, once the sweep has seen that no more functions come. */
  void begin() {
    while (run.account.calls.isEmpty()) {
      step();
    }
  }

  /** Makes the steps that are due by then, at which steps are no more. */
  void runUntil(long nanos) {
    while (run.now < nanos) {
      step();
    }
    run.now = nanos;
  }

  void finishRound(int rounds) {
    while (run.reports.rounds < rounds) {
      step();
    }
  }

  void step() {
    Duration next = region.own().step();
    run.now += Math.max(1, next.toNanos());
  }
}
