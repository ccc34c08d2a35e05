package dev.lambdaconfig.kube.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.IgnoredField;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.api.LayerStatus;
import dev.lambdaconfig.api.UpdateRecord;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is left out of a status, as refusals name it. */
final class StatusGapsTest {

  private final StatusGaps gaps = new StatusGaps(() -> 0);

  @Test
  void theFieldsThatARefusalNamesAreLeftOut() {
    // When
    boolean news =
        gaps.learn(
            refusal(
                """
                failed to create typed patch object (ns/orders; lambdaconfig.dev/v1alpha1): errors:
                  .status.codeSha256: field not declared in schema
                  .status.layers[0].signingJobArn: field not declared in schema
                  .status.layers[1].signingJobArn: field not declared in schema
                """));

    // Then
    assertThat(news).isTrue();
    assertThat(gaps.missing()).containsExactly("codeSha256", "layers[].signingJobArn");
    LambdaFunctionConfigStatus reduced = gaps.reduced(status());
    assertThat(reduced.codeSha256).isNull();
    assertThat(reduced.layers).containsExactly(new LayerStatus("arn", 3L, "profile", null));
    assertThat(reduced.history).isEqualTo(status().history);
    assertThat(gaps.missingVital()).isEmpty();
  }

  @Test
  void aStatusWhoseMemoryWouldBeLostIsNotReduced() {
    LambdaFunctionConfigStatus status = status();
    status.ignoredDrift = List.of(new IgnoredField("handler", "index.handler", null));
    status.owned = List.of();
    assertThat(gaps.losses(status)).isEmpty();

    gaps.learn(refusal(".status.ignoredDrift: field not declared in schema"));
    assertThat(gaps.losses(status)).singleElement().asString().contains("ignoredDrift");
    gaps.learn(refusal(".status.owned[0].entries: field not declared in schema"));
    assertThat(gaps.losses(status)).hasSize(2);
    assertThat(gaps.losses(status())).as("of a resource that has neither").isEmpty();
  }

  @Test
  void nothingIsLeftOutUntilSomethingIsMissing() {
    LambdaFunctionConfigStatus status = status();

    assertThat(gaps.reduced(status)).isSameAs(status);
  }

  @Test
  void aRefusalForAnotherReasonOrOfAnUnknownFieldTeachesNothing() {
    assertThat(gaps.learn(refusal("admission webhook denied the request"))).isFalse();
    assertThat(gaps.learn(refusal(".status.made.up: field not declared in schema"))).isFalse();
    assertThat(gaps.missing()).isEmpty();
  }

  @Test
  void whatIsLearnedAgainIsNoNews() {
    KubernetesClientException refusal = refusal(".status.state: field not declared in schema");

    assertThat(gaps.learn(refusal)).isTrue();
    assertThat(gaps.learn(refusal)).isFalse();
    assertThat(gaps.missing()).isEqualTo(Set.of("state"));
  }

  @Test
  void aStatusWithoutHistoryIsNoneToUpdateBy() {
    gaps.learn(refusal(".status.history: field not declared in schema"));

    assertThat(gaps.missingVital()).containsExactly("history");
  }

  private static KubernetesClientException refusal(String message) {
    return new KubernetesClientException(message);
  }

  private static LambdaFunctionConfigStatus status() {
    LambdaFunctionConfigStatus status = new LambdaFunctionConfigStatus();
    status.observedGeneration = 3L;
    status.codeSha256 = "abc";
    status.layers = List.of(new LayerStatus("arn", 3L, "profile", "job"));
    status.history =
        List.of(
            new UpdateRecord(
                "2026-01-01T00:00:00Z",
                List.of("timeout"),
                "SpecChanged",
                3L,
                "r",
                "Succeeded",
                "s"));
    return status;
  }
}
