package dev.lambdaconfig.aws.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.aws.CallResult;
import dev.lambdaconfig.aws.FunctionLists;
import dev.lambdaconfig.aws.LambdaFunctions;
import dev.lambdaconfig.aws.RateLimitedLambda;
import dev.lambdaconfig.aws.account.CallLimits;
import dev.lambdaconfig.aws.limit.VirtualTime;
import dev.lambdaconfig.aws.limit.queue.Priority;
import dev.lambdaconfig.aws.sweep.watched.ListedAccount;
import dev.lambdaconfig.aws.sweep.watched.Sighting;
import dev.lambdaconfig.aws.sweep.watched.WatchedFunctions;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.Jitter;
import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.model.Target;
import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.model.identity.Identity;
import dev.lambdaconfig.timing.Timing;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The reads of functions that no list shows, by resources that come back as the reconciler has them
 * come back, on a clock of its own.
 */
final class ForeignReadsTest {

  private static final String REGION = "eu-west-1";
  private static final String HOME = "123456789012";
  private static final Duration INTERVAL = Duration.ofMinutes(1);
  private static final Duration LOOK = Duration.ofSeconds(2);

  /** A tenth of the limit of GetFunction, and of that of all other calls. */
  private static final double SHARE = 9;

  private static final double SHARE_WITHOUT_GET_FUNCTION = 1.4;

  /** AWS: it names the account of each function, and counts the calls of each account. */
  private static final class Aws implements LambdaFunctions, FunctionLists {
    private final Map<String, Integer> calls = new HashMap<>();
    private final Set<String> withoutGetFunction = new HashSet<>();
    private int lists;

    private int callsOf(String account) {
      return calls.getOrDefault(account, 0);
    }

    @Override
    public Answer read(Target target) {
      calls.merge(String.valueOf(target.account()), 1, Integer::sum);
      return new Answer.Described(
          new ObservedFunction(
              Value.Structure.of(Map.of("FunctionArn", Value.text(target.functionName())))));
    }

    @Override
    public Answer readFunction(Target target) {
      return withoutGetFunction.contains(target.account())
          ? new Answer.Failed(new Failure("AccessDeniedException", "no", 403, null))
          : read(target);
    }

    @Override
    public Sent update(
        Target target, SortedMap<String, Value> members, @Nullable String revisionId) {
      throw new AssertionError("nobody writes");
    }

    @Override
    public Listed list(String region, @Nullable Identity identity, @Nullable String marker) {
      lists++;
      return new Page(List.of(), null);
    }
  }

  private final VirtualTime time = new VirtualTime();
  private final Random random = new Random(3);
  private final Aws aws = new Aws();
  private final RateLimitedLambda lambda =
      new RateLimitedLambda(
          aws, aws, new CallLimits(14), time::nanos, RateLimitedLambda.Listeners.NONE);
  private final WatchedFunctions watched = new WatchedFunctions(REGION);
  private final Sweep sweep =
      new Sweep(
          new Lister(new ListedAccount(watched, null), uid -> null, INTERVAL, time::nanos),
          lambda,
          INTERVAL,
          new Timing(Clock.systemUTC(), time::nanos, () -> 0.5),
          new SweepRun.Reports());

  /** The times between two reads of the functions of each account, the longest of them. */
  private final Map<String, Duration> longest = new HashMap<>();

  private final Map<String, Long> readAt = new HashMap<>();

  @Test
  void eachAccountIsReadWithinItsOwnShareWhateverOthersHave() {
    // Given nineteen accounts, as large as one and as small as the other
    lambda.recordHome(HOME);
    Map<String, Integer> accounts = new HashMap<>();
    for (int number = 1; number < 20; number++) {
      accounts.put(String.valueOf(200_000_000_000L + number), number * 100);
    }
    accounts.forEach(this::restart);

    // When
    time.pass(Duration.ofMinutes(5));
    aws.calls.clear();
    longest.clear();
    time.pass(Duration.ofMinutes(20));

    // Then
    accounts.forEach(
        (account, functions) -> {
          Duration stretched = stretched(functions, SHARE);
          assertThat(aws.callsOf(account) / 1200.0)
              .as("reads a second of %d functions", functions)
              .isLessThanOrEqualTo(1.02 * SHARE)
              .isGreaterThanOrEqualTo(functions / (double) stretched.toSeconds());
          assertThat(longest.get(account))
              .as("time between two reads of one of %d functions", functions)
              .isLessThanOrEqualTo(stretched.plusSeconds(3));
        });
  }

  @Test
  void afterARestartEachIsReadOnceWithinItsStretchedInterval() {
    // Given
    lambda.recordHome(HOME);
    restart("200000000001", 900);
    restart("200000000002", 20);

    // When
    time.pass(Duration.ofSeconds(11));

    // Then: the few are read at once, the many at their pace
    assertThat(aws.callsOf("200000000002")).isEqualTo(20);
    assertThat(aws.callsOf("200000000001")).isBetween(50, 120);
    time.pass(stretched(900, SHARE).minusSeconds(10));
    assertThat(readAt).hasSize(920);
  }

  @Test
  void anAccountWithoutGetFunctionIsReadWithinTheShareOfTheOtherQuota() {
    // Given
    lambda.recordHome(HOME);
    aws.withoutGetFunction.add("200000000001");
    restart("200000000001", 300);
    restart("200000000002", 300);

    // When
    time.pass(Duration.ofMinutes(10));
    aws.calls.clear();
    time.pass(Duration.ofMinutes(20));

    // Then
    assertThat(aws.callsOf("200000000001") / 1200.0)
        .isBetween(0.8 * SHARE_WITHOUT_GET_FUNCTION, 1.03 * SHARE_WITHOUT_GET_FUNCTION);
    assertThat(aws.callsOf("200000000002") / 1200.0).isBetween(5.0, 6.5);
  }

  @Test
  void untilTheOwnAccountIsKnownItsShareIsThatOfAll() {
    // Given an operator without functions of its own, of which AWS names no account
    restart("200000000001", 500);
    restart("200000000002", 500);

    // When
    time.pass(Duration.ofMinutes(10));
    aws.calls.clear();
    time.pass(Duration.ofMinutes(20));

    // Then
    assertThat(aws.lists).isPositive();
    double all = aws.calls.values().stream().mapToInt(Integer::intValue).sum() / 1200.0;
    assertThat(all).isBetween(0.8 * SHARE, 1.02 * SHARE);
  }

  private static Duration stretched(int functions, double share) {
    Duration all = Duration.ofMillis((long) (1000 * functions / share / 0.9));
    return all.compareTo(INTERVAL) > 0 ? all : INTERVAL;
  }

  /** Starts with resources whose status says that their function is in order. */
  private void restart(String account, int functions) {
    if (readAt.isEmpty() && watched.total() == 0) {
      step();
    }
    List<String> uids = new ArrayList<>();
    for (int number = 0; number < functions; number++) {
      String uid = account + "-" + number;
      watched.watch(uid, "f" + number, account, "r1", time.nanos());
      uids.add(uid);
    }
    long began = time.nanos();
    uids.forEach(uid -> reconcile(uid, account, began));
  }

  private void step() {
    time.after(sweep.step().plusMillis(1), this::step);
  }

  /** What WarmStart, the looks at those that wait for a round, and the requeue policy do. */
  private void reconcile(String uid, String account, long began) {
    if (!readAt.containsKey(uid)) {
      if (sweep.mode().mayList() && !watched.isForeign(uid)) {
        time.after(LOOK, () -> reconcile(uid, account, began));
        return;
      }
      long due = (long) (sweep.reads().first(uid).toNanos() * Jitter.of(uid));
      long left = due - (time.nanos() - began);
      if (left > 0) {
        time.after(Duration.ofNanos(left), () -> reconcile(uid, account, began));
        return;
      }
    }
    Target target =
        new Target(REGION, "arn:aws:lambda:" + REGION + ":" + account + ":function:" + uid);
    switch (lambda.poll(uid, target, Priority.SWEEP)) {
      case CallResult.Answered<Answer> answered -> {
        Long before = readAt.put(uid, time.nanos());
        if (before != null) {
          longest.merge(
              account,
              Duration.ofNanos(time.nanos() - before),
              (one, other) -> one.compareTo(other) > 0 ? one : other);
        }
        watched.seen(uid, new Sighting(true, "r1", true, 1), time.nanos());
        Duration next = Jitter.between(0.8, 1, sweep.reads().between(uid), random.nextDouble());
        time.after(next, () -> reconcile(uid, account, began));
      }
      case CallResult.Deferred<Answer>(Duration delay) ->
          time.after(delay, () -> reconcile(uid, account, began));
      case CallResult.Unavailable<Answer>(Duration delay) ->
          time.after(delay, () -> reconcile(uid, account, began));
    }
  }
}
