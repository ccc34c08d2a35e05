package dev.lambdaconfig.ops;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The time since the Lease was last written.
 *
 * <p>The client library's elector reports no renewal, and compares its deadline between requests
 * only, each of which can hang for a minute with its retries. So its requests are observed where
 * they pass, and each is given an end of its own.
 */
public final class LeaseRenewals implements Interceptor {

  /** Name under which a client knows this interceptor. */
  public static final String NAME = "lease-renewals";

  /** Longest time of one request: a second one fits into the deadline. */
  private static final Duration LONGEST_REQUEST = Duration.ofSeconds(4);

  private static final String LEASES = "/apis/coordination.k8s.io/";

  private final LongSupplier nanos;
  private final LongSupplier wallMillis;
  private volatile Moment begun;
  private volatile Moment renewed;

  /** A moment by two clocks: the steady one can stand still while a machine sleeps. */
  private record Moment(long nanos, long wallMillis) {}

  /**
   * Creates one that counts from now.
   *
   * @param nanos a steady clock, in nanoseconds
   * @param wallMillis the time of day, in milliseconds
   */
  public LeaseRenewals(LongSupplier nanos, LongSupplier wallMillis) {
    this.nanos = nanos;
    this.wallMillis = wallMillis;
    this.begun = now();
    this.renewed = begun;
  }

  private Moment now() {
    return new Moment(nanos.getAsLong(), wallMillis.getAsLong());
  }

  @Override
  public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    if (!isForLease(request)) {
      return;
    }
    if (builder instanceof HttpRequest.Builder timed) {
      timed.timeout(LONGEST_REQUEST.toMillis(), TimeUnit.MILLISECONDS);
    }
    if (isWrite(request)) {
      begun = now();
    }
  }

  @Override
  public void after(
      HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> body) {
    if (isForLease(request) && isWrite(request) && response.isSuccessful()) {
      succeeded();
    }
  }

  /**
   * Notes that the write that began last has succeeded. The Lease runs from its beginning; the
   * elector makes one request after the other.
   */
  void succeeded() {
    renewed = begun;
  }

  /** Returns the time since the last successful write of the Lease began, by the steady clock. */
  Duration age() {
    return Duration.ofNanos(nanos.getAsLong() - renewed.nanos());
  }

  /** Returns the same by the clock that went further, which counts the sleep of a machine, too. */
  Duration ageByAnyClock() {
    Duration wall = Duration.ofMillis(wallMillis.getAsLong() - renewed.wallMillis());
    Duration steady = age();
    return wall.compareTo(steady) > 0 ? wall : steady;
  }

  private static boolean isForLease(HttpRequest request) {
    // An API server can be served below a path.
    return request.uri().getPath().contains(LEASES);
  }

  private static boolean isWrite(HttpRequest request) {
    return !request.method().equals("GET");
  }
}
