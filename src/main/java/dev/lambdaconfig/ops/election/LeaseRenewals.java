package dev.lambdaconfig.ops.election;

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
 * Measures the time since the Lease was last written, and since it was last asked for.
 *
 * <p>A request of the client can hang for a minute with its retries. Therefore those for the Lease
 * are intercepted, and each has a timeout of its own.
 */
public final class LeaseRenewals implements Interceptor {

  /** The name of this interceptor in a client. */
  public static final String NAME = "lease-renewals";

  /** Timeout of one request, which leaves time for a second one before the deadline. */
  private static final Duration LONGEST_REQUEST = Duration.ofSeconds(4);

  private static final String LEASES = "/apis/coordination.k8s.io/";

  private final LongSupplier nanos;
  private final LongSupplier wallMillis;
  private volatile Moment requested;
  private volatile Moment begun;
  private volatile Moment renewed;

  /** An instant by two clocks: the steady one can stop while the machine sleeps. */
  private record Moment(long nanos, long wallMillis) {}

  /**
   * Creates an interceptor that counts from now.
   *
   * @param nanos a steady clock, in nanoseconds
   * @param wallMillis the wall clock, in milliseconds
   */
  public LeaseRenewals(LongSupplier nanos, LongSupplier wallMillis) {
    this.nanos = nanos;
    this.wallMillis = wallMillis;
    this.requested = now();
    this.begun = requested;
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
    requested = now();
    if (isWrite(request)) {
      begun = requested;
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
   * Records that the write that began last has succeeded. The Lease is valid from the beginning of
   * that request; the elector sends one request at a time.
   */
  void succeeded() {
    renewed = begun;
  }

  /** Returns the time since the last request for the Lease began, whatever became of it. */
  Duration sinceRequest() {
    return Duration.ofNanos(nanos.getAsLong() - requested.nanos());
  }

  /** Returns the time since the last successful write of the Lease began, by the steady clock. */
  Duration age() {
    return Duration.ofNanos(nanos.getAsLong() - renewed.nanos());
  }

  /**
   * Returns the same by the clock that advanced further, which includes the time that the machine
   * slept.
   */
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
