package dev.lambdaconfig.aws.read;

import dev.lambdaconfig.aws.CallResult;
import dev.lambdaconfig.aws.FunctionLists;
import dev.lambdaconfig.aws.RateLimitedLambda;
import dev.lambdaconfig.aws.account.CallLimits;
import dev.lambdaconfig.aws.limit.queue.Priority;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.FailureKind;
import dev.lambdaconfig.model.Target;
import dev.lambdaconfig.model.identity.Identity;
import dev.lambdaconfig.timing.Backoff;
import dev.lambdaconfig.timing.BlockingWait;
import dev.lambdaconfig.timing.Timing;
import dev.lambdaconfig.timing.WaitingThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Reads many functions, for a command that waits for all of them: several at a time, each within
 * the quota of its account and Region, and again where AWS throttles or fails for the moment.
 */
public final class FleetReader {

  /** The reads under way at a time: enough for the quota of GetFunction at 200 ms a call. */
  private static final int PARALLEL = 20;

  /** The attempts at a read that fails for the moment. */
  private static final int ATTEMPTS = 4;

  /** The attempts at an endpoint that does not answer, each of which may take 20 seconds. */
  private static final int ATTEMPTS_WITHOUT_ANSWER = 2;

  /** The time for which a read is tried again that AWS throttles. */
  private static final Duration THROTTLED = Duration.ofMinutes(5);

  /**
   * The longest delay that is honoured where AWS asks for one: some attempts are made in the time
   * above.
   */
  private static final Duration LONGEST_ASKED = Duration.ofMinutes(2);

  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(15));

  private final RateLimitedLambda lambda;
  private final Timing timing;

  /**
   * Reads through a port.
   *
   * @param perSecond the most calls a second to each account and Region, but {@code GetFunction}
   */
  public FleetReader(FunctionReads reads, double perSecond, Timing timing) {
    this.lambda =
        new RateLimitedLambda(
            new ReadOnlyLambda(reads),
            FleetReader::neverListed,
            new CallLimits(perSecond),
            timing.nanos(),
            RateLimitedLambda.Listeners.NONE);
    this.timing = timing;
  }

  /**
   * Reads functions.
   *
   * @param onRead called after each read
   * @return the answers, in the order of the functions
   */
  public List<Answer> read(List<Target> functions, Runnable onRead) throws InterruptedException {
    List<Answer> answers = new ArrayList<>();
    if (functions.isEmpty()) {
      return answers;
    }
    // Alone: what is wrong with the credentials is wrong for all, and can take long to find out.
    Answer first = read(0, functions.getFirst(), onRead);
    if (first instanceof Answer.Failed(Failure failure)
        && failure.code().equals(Failure.CREDENTIALS_UNAVAILABLE)) {
      functions.forEach(function -> answers.add(first));
      return answers;
    }
    answers.add(first);
    try (ExecutorService threads =
        Executors.newFixedThreadPool(
            Math.min(PARALLEL, functions.size()), WaitingThreads.builder().factory())) {
      List<Future<Answer>> reads = new ArrayList<>();
      for (int i = 1; i < functions.size(); i++) {
        int number = i;
        reads.add(threads.submit(() -> read(number, functions.get(number), onRead)));
      }
      for (Future<Answer> read : reads) {
        answers.add(read.get());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a read failed in an unforeseen way", e.getCause());
    }
    return answers;
  }

  private Answer read(int number, Target function, Runnable onRead) throws InterruptedException {
    String caller = Integer.toString(number);
    try {
      return read(caller, function);
    } finally {
      lambda.forget(caller);
      onRead.run();
    }
  }

  private Answer read(String caller, Target function) throws InterruptedException {
    long began = timing.nanos().getAsLong();
    for (int failures = 0; true; ) {
      Duration delay;
      switch (lambda.poll(caller, function, Priority.READ)) {
        case CallResult.Deferred<Answer>(Duration granted) -> delay = granted;
        case CallResult.Unavailable<Answer>(Duration closed) -> {
          if (++failures >= ATTEMPTS) {
            return new Answer.Failed(Failure.unreachable(function.region(), null));
          }
          delay = closed;
        }
        case CallResult.Answered<Answer>(Answer answer, long at) -> {
          if (!(answer instanceof Answer.Failed(Failure failure))
              || !isTriedAgain(failure, ++failures, began)) {
            return answer;
          }
          delay = delay(failure, failures, timing.random().getAsDouble());
        }
      }
      BlockingWait.of(delay);
    }
  }

  private boolean isTriedAgain(Failure failure, int failures, long began) {
    return switch (FailureKind.of(failure)) {
      case THROTTLED -> timing.nanos().getAsLong() - began < THROTTLED.toNanos();
      case TRANSIENT -> failures < attempts(failure);
      case NOT_FOUND,
          STALE_REVISION,
          BUSY,
          PROPAGATING_POLICY,
          PROPAGATING_NETWORK,
          PROPAGATING_ID,
          DENIED,
          REFUSED ->
          false;
    };
  }

  /** The attempts until a failure counts. Credentials do not come back by themselves. */
  private static int attempts(Failure failure) {
    if (failure.code().equals(Failure.CREDENTIALS_UNAVAILABLE)
        || failure.code().startsWith("ExpiredToken")) {
      return 1;
    }
    return failure.code().equals(Failure.ENDPOINT_UNREACHABLE) ? ATTEMPTS_WITHOUT_ANSWER : ATTEMPTS;
  }

  /**
   * The delay before a read is made again.
   *
   * @param failures the failures in a row
   * @param random a number from 0 to 1
   */
  static Duration delay(Failure failure, int failures, double random) {
    Duration backoff = BACKOFF.delay(failures - 1, random);
    return failure.noSooner(backoff, LONGEST_ASKED);
  }

  private static FunctionLists.Listed neverListed(
      String region, @Nullable Identity identity, @Nullable String marker) {
    throw new IllegalStateException("functions are read one by one");
  }
}
