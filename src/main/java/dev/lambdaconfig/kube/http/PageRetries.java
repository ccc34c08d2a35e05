package dev.lambdaconfig.kube.http;

import dev.lambdaconfig.timing.Backoff;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The retries of the request for one page: seven, in about a minute, of what may pass. */
final class PageRetries {

  private static final int MOST = 7;

  /** No {@code Retry-After} is waited for longer than this. */
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private static final Backoff DELAYS = new Backoff(Duration.ofSeconds(1), LONGEST);

  private final AtomicInteger made = new AtomicInteger();

  /**
   * Returns the delay before the request is sent again, or null if it is to fail.
   *
   * @param earliest no delay is shorter
   */
  @Nullable Duration after(Throwable failure, Duration earliest) {
    if (!(failure instanceof IOException) || made.get() >= MOST) {
      return null;
    }
    double random = ThreadLocalRandom.current().nextDouble();
    Duration delay = DELAYS.delay(made.getAndIncrement(), random);
    return delay.compareTo(earliest) < 0 ? earliest : delay;
  }

  /** Returns the time that a refusal asks for, as far as it is waited for. */
  static Duration retryAfter(HttpResponse<?> refusal) {
    try {
      long seconds = refusal.headers().firstValue("Retry-After").map(Long::parseLong).orElse(0L);
      return seconds < LONGEST.toSeconds() ? Duration.ofSeconds(seconds) : LONGEST;
    } catch (NumberFormatException e) {
      return Duration.ZERO;
    }
  }
}
