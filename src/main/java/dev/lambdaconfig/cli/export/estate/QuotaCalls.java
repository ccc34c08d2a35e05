package dev.lambdaconfig.cli.export.estate;

import dev.lambdaconfig.aws.limit.AccountQuota;
import dev.lambdaconfig.aws.limit.CallOutcome;
import dev.lambdaconfig.aws.limit.Permit;
import dev.lambdaconfig.aws.limit.Reservation;
import dev.lambdaconfig.aws.limit.queue.Priority;
import dev.lambdaconfig.aws.limit.queue.WaiterId;
import dev.lambdaconfig.cli.export.source.ExportException;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.FailureKind;
import dev.lambdaconfig.timing.Backoff;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls one after another, each within the quota of its Region, and again where that can help:
 * after a throttled call, and after a failure of the network or of the service.
 */
public final class QuotaCalls {

  /** Waits without using the processor. */
  public interface Waiting {
    /** Waits for a time. */
    void await(Duration time) throws InterruptedException;
  }

  private static final int MOST_THROTTLED = 30;
  private static final int MOST_FAILED = 5;

  private static final Backoff BACKOFF =
      new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));

  /** One caller needs no spread, which keeps many from coming at the same time. */
  private static final double NO_SPREAD = 1;

  private static final WaiterId SELF = WaiterId.read("export");

  private final double mostPerSecond;
  private final LongSupplier nanos;
  private final Waiting waiting;
  private final Map<String, AccountQuota> quotas = new HashMap<>();

  /**
   * Makes no call yet.
   *
   * @param mostPerSecond the most calls a second in each Region
   * @param nanos a steady clock
   */
  public QuotaCalls(double mostPerSecond, LongSupplier nanos, Waiting waiting) {
    this.mostPerSecond = mostPerSecond;
    this.nanos = nanos;
    this.waiting = waiting;
  }

  /**
   * Makes a call, and returns its answer: the last one, where all attempts fail.
   *
   * @param failure the failure in an answer, or null
   */
  <T> T call(String region, Supplier<T> call, Function<T, @Nullable Failure> failure)
      throws ExportException {
    AccountQuota quota =
        quotas.computeIfAbsent(region, any -> new AccountQuota(mostPerSecond, nanos));
    int throttled = 0;
    int failed = 0;
    while (true) {
      Permit permit = permit(quota);
      T answer = call.get();
      Failure failing = failure.apply(answer);
      permit.done(failing == null ? CallOutcome.ANSWERED : CallOutcome.of(failing));
      if (failing == null) {
        return answer;
      }
      FailureKind kind = FailureKind.of(failing);
      if (kind == FailureKind.THROTTLED && throttled < MOST_THROTTLED) {
        throttled++;
        await(delay(failing, throttled));
      } else if (kind == FailureKind.TRANSIENT && isPassing(failing) && failed < MOST_FAILED) {
        failed++;
        await(delay(failing, failed));
      } else {
        return answer;
      }
    }
  }

  /** Whether another attempt can have another result: new credentials do not come by waiting. */
  private static boolean isPassing(Failure failure) {
    return !failure.code().equals(Failure.CREDENTIALS_UNAVAILABLE)
        && !failure.code().equals(Failure.CLIENT_ERROR)
        && !failure.code().startsWith("ExpiredToken");
  }

  private static Duration delay(Failure failure, int attempt) {
    return failure.noSooner(BACKOFF.delay(attempt - 1, NO_SPREAD), BACKOFF.longest());
  }

  private Permit permit(AccountQuota quota) throws ExportException {
    while (true) {
      switch (quota.control().ask(SELF, Priority.READ)) {
        case Reservation.Granted(Permit permit) -> {
          return permit;
        }
        case Reservation.Deferred(Duration delay) -> await(delay);
        case Reservation.Unavailable(Duration delay) -> await(delay);
      }
    }
  }

  private void await(Duration delay) throws ExportException {
    try {
      waiting.await(delay);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ExportException("interrupted", e);
    }
  }
}
