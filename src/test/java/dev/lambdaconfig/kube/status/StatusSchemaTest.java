package dev.lambdaconfig.kube.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.api.LayerStatus;
import dev.lambdaconfig.api.UpdateRecord;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is left out of a status, as refusals name it. */
final class StatusSchemaTest {

  private final KubernetesClient nobody = new KubernetesClientBuilder().build();
  private final StatusSchema schema = new StatusSchema(nobody, () -> 0);

  @AfterEach
  void close() {
    nobody.close();
  }

  @Test
  void theFieldsThatARefusalNamesAreLeftOut() {
    // When
    boolean news =
        schema.learn(
            refusal(
                """
                failed to create typed patch object (ns/orders; lambdaconfig.dev/v1alpha1): errors:
                  .status.codeSha256: field not declared in schema
                  .status.layers[0].signingJobArn: field not declared in schema
                  .status.layers[1].signingJobArn: field not declared in schema
                """));

    // Then
    assertThat(news).isTrue();
    assertThat(schema.missing()).containsExactly("codeSha256", "layers[].signingJobArn");
    LambdaFunctionConfigStatus reduced = schema.reduced(status());
    assertThat(reduced.codeSha256).isNull();
    assertThat(reduced.layers).containsExactly(new LayerStatus("arn", 3L, "profile", null));
    assertThat(reduced.history).isEqualTo(status().history);
    assertThat(schema.missingVital()).isEmpty();
  }

  @Test
  void nothingIsLeftOutUntilSomethingIsMissing() {
    LambdaFunctionConfigStatus status = status();

    assertThat(schema.reduced(status)).isSameAs(status);
  }

  @Test
  void aRefusalForAnotherReasonOrOfAnUnknownFieldTeachesNothing() {
    assertThat(schema.learn(refusal("admission webhook denied the request"))).isFalse();
    assertThat(schema.learn(refusal(".status.made.up: field not declared in schema"))).isFalse();
    assertThat(schema.missing()).isEmpty();
  }

  @Test
  void whatIsLearnedAgainIsNoNews() {
    KubernetesClientException refusal = refusal(".status.state: field not declared in schema");

    assertThat(schema.learn(refusal)).isTrue();
    assertThat(schema.learn(refusal)).isFalse();
    assertThat(schema.missing()).isEqualTo(Set.of("state"));
  }

  @Test
  void aStatusWithoutHistoryIsNoneToUpdateBy() {
    schema.learn(refusal(".status.history: field not declared in schema"));

    assertThat(schema.missingVital()).containsExactly("history");
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
