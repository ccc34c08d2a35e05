package dev.lambdaconfig.kube;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;

/**
 * The API server could not take a request just now, and the same one can succeed in a moment. As in
 * {@code StatusRefusedException} neither its words nor the cause are kept.
 */
public final class ApiServerBusyException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Duration retryAfter;

  public ApiServerBusyException(KubernetesClientException failure) {
    super(ApiServerFailures.describe(failure));
    this.retryAfter = ApiServerFailures.retryAfter(failure);
    setStackTrace(failure.getStackTrace());
  }

  /** Returns how long the server asked to wait; zero where it did not. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
