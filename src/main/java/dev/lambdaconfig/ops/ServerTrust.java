package dev.lambdaconfig.ops;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Notices that the certificate of the API server is not trusted any more, as after a rotation of
 * its CA: the client reads the CA once, and only another process reads the one that the kubelet has
 * put into the Pod since.
 *
 * <p>Requests that fail otherwise are no sign of it: a restart does not bring an unreachable API
 * server back. Any answer shows that the CA is still trusted.
 */
public final class ServerTrust implements Interceptor {

  /** The name of this interceptor in a client. */
  public static final String NAME = "server-trust";

  /** The time without an answer after the first refused certificate: kubelets are slower. */
  static final Duration PATIENCE = Duration.ofMinutes(5);

  private final LongSupplier nanos;
  private final Runnable lost;
  private final AtomicBoolean told = new AtomicBoolean();
  private volatile boolean answered;
  private volatile @Nullable Long since;

  /**
   * Creates an interceptor.
   *
   * @param nanos a steady clock, in nanoseconds
   * @param lost called once, when an API server that had answered has not been trusted for long
   */
  public ServerTrust(LongSupplier nanos, Runnable lost) {
    this.nanos = nanos;
    this.lost = lost;
  }

  @Override
  public void after(
      HttpRequest request,
      HttpResponse<?> response,
      AsyncBody.@Nullable Consumer<List<ByteBuffer>> body) {
    answered = true;
    since = null;
  }

  @Override
  public void afterConnectionFailure(HttpRequest request, Throwable failure) {
    // The start fails by itself, with a message of its own.
    if (!answered || !isOfTrust(failure)) {
      return;
    }
    long now = nanos.getAsLong();
    Long first = since;
    if (first == null) {
      since = now;
    } else if (now - first >= PATIENCE.toNanos() && told.compareAndSet(false, true)) {
      lost.run();
    }
  }

  /**
   * Whether no CA vouches for the certificate. One that is out of date, or of another host, another
   * process would refuse as well.
   */
  private static boolean isOfTrust(Throwable failure) {
    boolean untrusted = false;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case CertificateExpiredException expired -> {
          return false;
        }
        case CertificateNotYetValidException early -> {
          return false;
        }
        case CertPathBuilderException path -> untrusted = true;
        case CertPathValidatorException path ->
            untrusted |= path.getReason() == BasicReason.INVALID_SIGNATURE;
        default -> {}
      }
    }
    return untrusted;
  }
}
