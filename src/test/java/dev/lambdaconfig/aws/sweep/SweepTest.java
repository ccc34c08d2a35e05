package dev.lambdaconfig.aws.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.aws.CallLimits;
import dev.lambdaconfig.aws.FunctionLists;
import dev.lambdaconfig.aws.FunctionLists.ListedFunction;
import dev.lambdaconfig.aws.LambdaFunctions;
import dev.lambdaconfig.aws.RateLimitedLambda;
import dev.lambdaconfig.aws.sweep.WatchedFunctions.Sighting;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.Target;
import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.timing.Timing;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The rounds of a sweep, on a clock that stands still but for the delays that a step asks for. */
final class SweepTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static final Failure THROTTLED =
      new Failure("TooManyRequestsException", "Rate exceeded", 429, Duration.ofSeconds(7));
  private static final Failure DENIED =
      new Failure("AccessDeniedException", "not authorized", 403, null);
  private static final Failure STALE_MARKER =
      new Failure("InvalidParameterValueException", "Invalid pagination token", 400, null);

  /** An account whose functions are listed 50 at a time, and that answers failures first. */
  private final class Account implements FunctionLists, LambdaFunctions {
    private final List<ListedFunction> functions = new ArrayList<>();
    private final Deque<Failure> failures = new ArrayDeque<>();
    private final List<Long> calls = new ArrayList<>();
    private final List<String> markers = new ArrayList<>();

    @Override
    public Listed list(String region, @Nullable String marker) {
      calls.add(now);
      markers.add(String.valueOf(marker));
      if (!failures.isEmpty()) {
        return new Failed(failures.removeFirst());
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
    public Answer update(
        Target target, SortedMap<String, Value> members, @Nullable String revisionId) {
      throw new AssertionError("a sweep writes nothing");
    }
  }

  /** Writes down what it is told. */
  private static final class Told implements SweepListener {
    private final List<String> changed = new ArrayList<>();
    private final List<String> readEach = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private int rounds;

    @Override
    public void changed(String uid) {
      changed.add(uid);
    }

    @Override
    public void readEach(Collection<String> uids, Duration within) {
      readEach.addAll(uids);
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

  private long now;
  private final Account account = new Account();
  private final Told told = new Told();
  private final WatchedFunctions watched = new WatchedFunctions("eu-west-1");
  private final RateLimitedLambda lambda =
      new RateLimitedLambda(
          account, account, new CallLimits(14), () -> now, RateLimitedLambda.Listeners.NONE);
  private final Sweep sweep =
      new Sweep(watched, lambda, MINUTE, new Timing(Clock.systemUTC(), () -> now, () -> 0.5), told);

  private void functions(int count, int managed) {
    for (int i = 0; i < count; i++) {
      account.functions.add(new ListedFunction("f" + i, "123456789012", "r1", 0));
    }
    for (int i = 0; i < managed; i++) {
      watched.watch("uid" + i, "f" + i, null, "r1", now);
      watched.seen("uid" + i, new Sighting(true, "r1", true, 1), now);
    }
  }

  private void runFor(Duration time) {
    long end = now + time.toNanos();
    while (now < end) {
      now += Math.max(1, sweep.step().toNanos());
    }
  }

  private void change(int index) {
    account.functions.set(index, new ListedFunction("f" + index, "123456789012", "r2", 0));
  }

  @Test
  void aThousandFunctionsCostTwentyCallsARound() {
    // Given
    functions(1000, 1000);
    runFor(MINUTE.multipliedBy(2));
    int before = account.calls.size();
    int rounds = told.rounds;

    // When
    runFor(MINUTE.multipliedBy(10));

    // Then
    assertThat(told.rounds - rounds).isBetween(9, 11);
    assertThat(account.calls.size() - before).isBetween(9 * 20, 11 * 20);
    assertThat(told.changed).isEmpty();
  }

  @Test
  void aDriftIsNoticedWithinTheInterval() {
    // Given
    functions(1000, 1000);
    runFor(MINUTE.multipliedBy(3));

    // When
    change(777);
    runFor(MINUTE);

    // Then
    assertThat(told.changed).containsExactly("uid777");
  }

  @Test
  void tenThousandFunctionsNeverTakeMoreThanATenthOfTheBudget() {
    // Given
    functions(10_000, 10_000);

    // When
    runFor(MINUTE.multipliedBy(30));

    // Then: 14 a second at the most, so 1.4; and about two and a half minutes a round
    assertThat(account.calls.size()).isLessThanOrEqualTo((int) (30 * 60 * 1.4) + 1);
    assertThat(told.rounds).isBetween(11, 13);
    assertThat(sweep.state().expected()).isBetween(MINUTE.multipliedBy(2), MINUTE.multipliedBy(3));
  }

  @Test
  void aThrottledPageIsAskedForAgainAfterTheTimeThatAwsTells() {
    // Given
    functions(120, 120);
    account.failures.add(THROTTLED);

    // When
    Duration next = sweep.step();
    now += next.toNanos();
    runFor(MINUTE);

    // Then
    assertThat(next).isGreaterThanOrEqualTo(Duration.ofSeconds(7));
    assertThat(account.markers.subList(0, 4)).containsExactly("null", "null", "50", "100");
  }

  @Test
  void anErrorInTheMiddleRepeatsThatPageOnly() {
    // Given
    functions(200, 200);
    now += sweep.step().toNanos();
    account.failures.add(new Failure("ServiceException", "try again", 500, null));
    account.failures.add(new Failure(Failure.ENDPOINT_UNREACHABLE, "refused", 0, null));

    // When
    runFor(MINUTE);

    // Then
    assertThat(account.markers.subList(0, 6))
        .containsExactly("null", "50", "50", "50", "100", "150");
    assertThat(told.rounds).isEqualTo(1);
  }

  @Test
  void aMarkerThatWentStaleBeginsANewRound() {
    // Given
    functions(200, 200);
    now += sweep.step().toNanos();
    account.failures.add(STALE_MARKER);

    // When
    runFor(MINUTE);

    // Then
    assertThat(account.markers.subList(0, 6))
        .containsExactly("null", "50", "null", "50", "100", "150");
  }

  @Test
  void withoutThePermissionEachFunctionIsReadAndThatIsSaidOnce() {
    // Given
    functions(120, 120);
    for (int i = 0; i < 10; i++) {
      account.failures.add(DENIED);
    }

    // When
    runFor(Duration.ofHours(3));

    // Then: it is tried again once an hour
    assertThat(told.refused).containsExactly("AccessDeniedException");
    assertThat(told.readEach.stream().distinct()).hasSize(120);
    assertThat(sweep.isListing()).isFalse();
    assertThat(account.calls.size()).isBetween(3, 4);
    assertThat(sweep.state().listing()).isFalse();
    assertThat(sweep.state().refused()).isTrue();
  }

  @Test
  void aPermissionThatIsGrantedLaterIsUsed() {
    // Given
    functions(120, 120);
    account.failures.add(DENIED);
    runFor(MINUTE.multipliedBy(5));
    assertThat(sweep.isListing()).isFalse();

    // When
    runFor(Duration.ofHours(1));

    // Then
    assertThat(sweep.isListing()).isTrue();
    assertThat(told.rounds).isPositive();
    assertThat(sweep.state().refused()).isFalse();
    assertThat(sweep.state().age()).isLessThan(MINUTE.multipliedBy(2));
    assertThat(sweep.state().expected()).isEqualTo(MINUTE);
  }

  @Test
  void aRegionThatIsListedAgainIsNotBehind() {
    // Given: nothing is listed for hours
    functions(120, 1);
    runFor(Duration.ofHours(3));
    assertThat(sweep.state().listing()).isFalse();
    for (int i = 1; i < 120; i++) {
      watched.watch("uid" + i, "f" + i, null, "r1", now);
    }

    // When
    now += sweep.step().toNanos();

    // Then
    assertThat(sweep.state().listing()).isTrue();
    assertThat(sweep.state().age()).isLessThan(MINUTE);
  }

  @Test
  void fewFunctionsOfALargeAccountAreReadOneByOne() {
    // Given 200 pages, and three functions that matter
    functions(10_000, 3);

    // When
    runFor(Duration.ofHours(2));

    // Then: it found out by no more calls than it has functions
    assertThat(account.calls).hasSize(3);
    assertThat(sweep.isListing()).isFalse();
    assertThat(told.readEach).containsOnly("uid0", "uid1", "uid2");
  }

  @Test
  void whenMoreOfALargeAccountIsManagedItIsListed() {
    // Given
    functions(10_000, 3);
    runFor(MINUTE.multipliedBy(5));

    // When
    for (int i = 3; i < 400; i++) {
      watched.watch("uid" + i, "f" + i, null, "r1", now);
    }
    runFor(MINUTE.multipliedBy(5));

    // Then
    assertThat(sweep.isListing()).isTrue();
    assertThat(told.rounds).isPositive();
  }

  @Test
  void aResourceThatComesFirstIsNotTakenForTheOnlyOne() {
    // Given the first of many after a start
    functions(120, 1);
    Duration next = sweep.step();
    boolean mayList = sweep.mayList();

    // When the others have come
    now += next.toNanos();
    for (int i = 1; i < 120; i++) {
      watched.watch("uid" + i, "f" + i, null, "r1", now);
    }
    runFor(Duration.ofSeconds(5));

    // Then
    assertThat(mayList).isTrue();
    assertThat(sweep.isListing()).isTrue();
    assertThat(told.readEach).isEmpty();
  }

  @Test
  void whoWentByTheListWhileItEndedIsToldAgain() {
    // Given a pass that ran while the permission was lost, and has set its alarm since
    functions(120, 120);
    runFor(MINUTE.multipliedBy(2));
    account.failures.add(DENIED);
    while (told.readEach.isEmpty()) {
      now += Math.max(1, sweep.step().toNanos());
    }
    told.readEach.clear();

    // When
    runFor(MINUTE);

    // Then
    assertThat(told.readEach.stream().distinct()).hasSize(120);
  }

  @Test
  void aSingleFunctionIsNeverListed() {
    // Given
    functions(10, 1);

    // When
    runFor(Duration.ofHours(1));

    // Then
    assertThat(account.calls).isEmpty();
    assertThat(sweep.betweenReads()).isEqualTo(MINUTE);
  }

  @Test
  void readingEachTakesNoMoreThanItsShareEither() {
    // Given
    functions(1000, 1000);
    account.failures.add(DENIED);

    // When
    runFor(Duration.ofSeconds(1));

    // Then: a tenth of 90 GetFunction calls a second
    assertThat(sweep.betweenReads()).isBetween(Duration.ofSeconds(110), Duration.ofSeconds(112));
  }
}
