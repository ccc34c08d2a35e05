package dev.lambdaconfig.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which failures of the API server pass by themselves, and what is said of them. */
final class ApiServerFailuresTest {

  private static final String SECRET = "s3cr3t-value";

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503, 504})
  void timeHelps(int code) {
    assertThat(ApiServerFailures.isPassing(failure(code, null))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 409, 413, 422})
  void aPersonHelps(int code) {
    assertThat(ApiServerFailures.isPassing(failure(code, null))).isFalse();
  }

  @Test
  void noAnswerPasses() {
    assertThat(
            ApiServerFailures.isPassing(
                new KubernetesClientException("timeout", new IOException("timeout"))))
        .isTrue();
  }

  @Test
  void theServerIsWaitedForWithinBounds() {
    assertThat(ApiServerFailures.retryAfter(failure(429, 3))).isEqualTo(Duration.ofSeconds(3));
    assertThat(ApiServerFailures.retryAfter(failure(429, 86_400))).isEqualTo(Duration.ofMinutes(1));
    assertThat(ApiServerFailures.retryAfter(failure(429, -1))).isZero();
    assertThat(ApiServerFailures.retryAfter(failure(503, null))).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 408, 429, 500, 503, 504})
  void whatIsSaidBlamesNeitherDefinitionNorRightsAndRepeatsNothing(int code) {
    ApiServerBusyException exception = new ApiServerBusyException(failure(code, null));

    assertThat(exception)
        .hasMessageStartingWith("the API server")
        .hasMessageNotContainingAny(SECRET, "RBAC", "CustomResourceDefinition")
        .hasNoCause();
  }

  private static KubernetesClientException failure(int code, @Nullable Integer retryAfter) {
    Status status =
        new StatusBuilder()
            .withCode(code)
            .withMessage(SECRET)
            .withNewDetails()
            .withRetryAfterSeconds(retryAfter)
            .endDetails()
            .build();
    return new KubernetesClientException(SECRET, code, status);
  }
}
