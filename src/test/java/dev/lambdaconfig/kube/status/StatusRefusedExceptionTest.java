package dev.lambdaconfig.kube.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.junit.jupiter.api.Test;

/** A refusal of the API server is reported without what it repeats of the resource. */
final class StatusRefusedExceptionTest {

  private static final LambdaFunctionConfig RESOURCE = new LambdaFunctionConfig();

  static {
    RESOURCE.getMetadata().setNamespace("team-a");
    RESOURCE.getMetadata().setName("orders");
  }

  @Test
  void namesTheCodeTheReasonAndTheFieldsAndNoValue() {
    // Given
    Status status =
        new StatusBuilder()
            .withCode(422)
            .withReason("Invalid")
            .withMessage("s3cret is invalid")
            .withNewDetails()
            .addNewCause("status.drift", "s3cret", "FieldValueInvalid")
            .addNewCause("status.drift", "s3cret", "FieldValueInvalid")
            .addNewCause(null, "s3cret", "FieldValueInvalid")
            .addNewCause("status.history", "s3cret", "FieldValueInvalid")
            .endDetails()
            .build();

    // When
    StatusRefusedException refused =
        new StatusRefusedException(RESOURCE, new KubernetesClientException(status));

    // Then
    assertThat(refused)
        .hasMessageContaining("team-a/orders with 422 Invalid at status.drift, status.history;")
        .hasMessageNotContaining("s3cret")
        .hasNoCause();
  }

  @Test
  void namesTheCodeWhereThereIsNoMore() {
    assertThat(
            new StatusRefusedException(
                RESOURCE, new KubernetesClientException("s3cret", 403, null)))
        .hasMessageContaining("team-a/orders with 403;")
        .hasMessageNotContaining("s3cret");
    assertThat(
            new StatusRefusedException(
                RESOURCE,
                new KubernetesClientException(
                    new StatusBuilder().withCode(403).withReason("Forbidden").build())))
        .hasMessageContaining("with 403 Forbidden;");
  }

  @Test
  void namesAReasonOfTheOperatorsOwn() {
    assertThat(StatusRefusedException.because(RESOURCE, "it is too large"))
        .hasMessage("the status of team-a/orders cannot be written: it is too large");
  }
}
