package dev.lambdaconfig.aws.sweep;

import dev.lambdaconfig.aws.FunctionLists;
import dev.lambdaconfig.aws.FunctionLists.ListedFunction;
import dev.lambdaconfig.aws.LambdaFunctions;
import dev.lambdaconfig.aws.RateLimitedLambda;
import dev.lambdaconfig.aws.account.CallLimits;
import dev.lambdaconfig.aws.sweep.watched.ListedAccount;
import dev.lambdaconfig.aws.sweep.watched.Sighting;
import dev.lambdaconfig.aws.sweep.watched.WatchedFunctions;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.Target;
import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.model.identity.Identity;
import dev.lambdaconfig.timing.Timing;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A sweep of an account that is made up, with a clock that stands still but for the delays that a
 * step asks for.
 */
final class SweepRun {

  static final Duration MINUTE = Duration.ofMinutes(1);

  /** An account whose functions are listed 50 at a time, and that answers failures first. */
  final class Account implements FunctionLists, LambdaFunctions {
    final List<ListedFunction> functions = new ArrayList<>();
    final Deque<Failure> failures = new ArrayDeque<>();

    /** The failure of a page, by its marker, for as long as it is there. */
    final Map<String, Failure> failing = new HashMap<>();

    final List<Long> calls = new ArrayList<>();
    final List<String> markers = new ArrayList<>();

    @Override
    public Listed list(String region, @Nullable Identity identity, @Nullable String marker) {
      calls.add(now);
      now += taking.toNanos();
      markers.add(String.valueOf(marker));
      if (!failures.isEmpty()) {
        return new Failed(failures.removeFirst());
      }
      Failure failure = failing.get(String.valueOf(marker));
      if (failure != null) {
        return new Failed(failure);
      }
      int from = marker == null ? 0 : Integer.parseInt(marker);
      int to = Math.min(from + 50, functions.size());
      return new Page(
          functions.subList(from, to), to < functions.size() ? String.valueOf(to) : null);
    }

    @Override
    public Answer read(Target target) {
      throw new AssertionError("a sweep reads no single function");
    }

    @Override
    public Answer readFunction(Target target) {
      throw new AssertionError("a sweep reads no single function");
    }

    @Override
    public Sent update(
        Target target, SortedMap<String, Value> members, @Nullable String revisionId) {
      throw new AssertionError("a sweep writes nothing");
    }
  }

  /** A listener that keeps what is reported. */
  static final class Reports implements SweepListener {
    final List<String> changed = new ArrayList<>();
    final List<String> readEach = new CopyOnWriteArrayList<>();

    /** The time within which each of them was to be read the last time. */
    final Map<String, Duration> within = new HashMap<>();

    final List<String> refused = new ArrayList<>();
    int rounds;

    @Override
    public void changed(String uid) {
      changed.add(uid);
    }

    @Override
    public void readEach(Collection<String> uids, Duration time) {
      readEach.addAll(uids);
      uids.forEach(uid -> within.put(uid, time));
    }

    @Override
    public void listingRefused(String region, Failure why, String watched) {
      refused.add(why.code());
    }

    @Override
    public void swept(String region, Duration took, int functions, int changedFunctions) {
      rounds++;
    }
  }

  private final Duration interval;

  long now;

  /** The time that each list takes. */
  Duration taking = Duration.ZERO;

  /** The time by which each timer is late. */
  Duration late = Duration.ZERO;

  final Account account = new Account();
  final Reports reports = new Reports();
  final WatchedFunctions watched = new WatchedFunctions("eu-west-1");
  final RateLimitedLambda lambda =
      new RateLimitedLambda(
          account, account, new CallLimits(14), () -> now, RateLimitedLambda.Listeners.NONE);
  final Sweep sweep;

  SweepRun() {
    this(MINUTE);
  }

  /** A sweep that is to notice changes within a time. */
  SweepRun(Duration interval) {
    this.interval = interval;
    this.sweep = sweep(new ListedAccount(watched, null));
  }

  /** A sweep of these functions, on the clock of this run. */
  Sweep sweep(ListedAccount functions) {
    return new Sweep(
        new Lister(functions, uid -> null, interval, () -> now),
        lambda,
        interval,
        new Timing(Clock.systemUTC(), () -> now, () -> 0.5),
        reports);
  }

  /** Adds functions, the first of them managed and read. */
  void functions(int count, int managed) {
    for (int i = 0; i < count; i++) {
      account.functions.add(new ListedFunction("f" + i, "123456789012", "r1", 0));
    }
    manage(0, managed);
    for (int i = 0; i < managed; i++) {
      watched.seen("uid" + i, new Sighting(true, "r1", true, 1), now);
    }
  }

  /** Watches functions by number. */
  void manage(int from, int to) {
    for (int i = from; i < to; i++) {
      watched.watch("uid" + i, "f" + i, null, "r1", now);
    }
  }

  /** Makes the steps of a time. */
  void runFor(Duration time) {
    long end = now + time.toNanos();
    while (now < end) {
      step();
    }
  }

  /** Makes the steps up to the first call. */
  Duration firstCall() {
    Duration next = Duration.ZERO;
    while (account.calls.isEmpty()) {
      next = step();
    }
    return next;
  }

  /** Makes a step, and lets the time pass to the next one. */
  Duration step() {
    Duration next = sweep.step();
    now += Math.max(1, next.plus(late).toNanos());
    return next;
  }

  /** Changes a function, as another tool does. */
  void change(int index) {
    account.functions.set(index, new ListedFunction("f" + index, "123456789012", "r2", 0));
  }
}
