package dev.lambdaconfig.kube;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;

/** The classification of the API server's failures: transient, or for a person. */
public final class ApiServerFailures {

  private static final int TOO_MANY_REQUESTS = 429;

  /** Longest delay that the operator grants an API server. */
  private static final Duration LONGEST_RETRY_AFTER = Duration.ofMinutes(1);

  private ApiServerFailures() {}

  /** Whether a failure is transient: no answer, overload, or an error of the server itself. */
  public static boolean isPassing(KubernetesClientException failure) {
    int code = failure.getCode();
    return code <= 0
        || code == HttpURLConnection.HTTP_CLIENT_TIMEOUT
        || code == TOO_MANY_REQUESTS
        || code >= HttpURLConnection.HTTP_INTERNAL_ERROR;
  }

  /** The delay that the server requested, within bounds; zero where it did not. */
  public static Duration retryAfter(KubernetesClientException failure) {
    Status status = failure.getStatus();
    StatusDetails details = status == null ? null : status.getDetails();
    Integer seconds = details == null ? null : details.getRetryAfterSeconds();
    if (seconds == null || seconds <= 0) {
      return Duration.ZERO;
    }
    Duration asked = Duration.ofSeconds(seconds);
    return asked.compareTo(LONGEST_RETRY_AFTER) < 0 ? asked : LONGEST_RETRY_AFTER;
  }

  /** A description of the failure that repeats nothing of the server's message. */
  public static String describe(KubernetesClientException failure) {
    // Without an answer the client has no code, or one of several below zero.
    return switch (Math.max(0, failure.getCode())) {
      case 0 -> "the API server did not answer";
      case HttpURLConnection.HTTP_CLIENT_TIMEOUT, HttpURLConnection.HTTP_GATEWAY_TIMEOUT ->
          "the API server did not answer in time (" + failure.getCode() + ")";
      case TOO_MANY_REQUESTS -> "the API server throttles requests (429)";
      default -> "the API server failed (" + failure.getCode() + ")";
    };
  }
}
