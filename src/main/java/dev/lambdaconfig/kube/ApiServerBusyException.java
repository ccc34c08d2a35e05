package dev.lambdaconfig.kube;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;

/**
 * A request that the API server could not take just now, and that can succeed in a moment. As in
 * {@code StatusRefusedException}, neither the server's message nor the cause is kept.
 */
public final class ApiServerBusyException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Duration retryAfter;

  /** Creates the exception for a transient failure of a request. */
  public ApiServerBusyException(KubernetesClientException failure) {
    super(ApiServerFailures.describe(failure));
    this.retryAfter = ApiServerFailures.retryAfter(failure);
    setStackTrace(failure.getStackTrace());
  }

  /** Creates the exception for a request that could not be made in time. */
  public ApiServerBusyException(String message) {
    super(message);
    this.retryAfter = Duration.ZERO;
  }

  /** The delay that the server requested; zero where it did not. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
