package dev.lambdaconfig.controller.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.lambdaconfig.api.BaselineField;
import dev.lambdaconfig.controller.state.ManagedResource;
import dev.lambdaconfig.controller.state.Step;
import dev.lambdaconfig.decision.OperatorMode;
import dev.lambdaconfig.kube.InMemoryKubernetes;
import dev.lambdaconfig.kube.secret.BaselineSecrets;
import dev.lambdaconfig.kube.status.InMemoryStatusStore;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Environment variables that were kept for an update, once it was reported. */
final class UnneededBaselineTest {

  private final InMemoryKubernetes kubernetes = new InMemoryKubernetes();
  private final ManagedResource resource =
      new ManagedResource(
          "{timeout: 9, environment: {variables: {A: new}}, deletionPolicy: Restore}");
  private BaselineSecrets secrets =
      new BaselineSecrets(kubernetes.client, "operator", Clock.systemUTC());

  @Test
  void thoseOfAnUpdateThatWasNeverAppliedAreDropped() {
    // Given
    keep();

    // When
    gate().dropUnneeded(resource.reconciliation(), resource.start());

    // Then
    assertThat(kubernetes.secrets).isEmpty();
    assertThat(secrets.isKept(resource.uid())).isFalse();
  }

  @Test
  void soAreThoseOfAnEarlierProcess() {
    // Given
    keep();
    secrets = new BaselineSecrets(kubernetes.client, "operator", Clock.systemUTC());
    Step reported = resource.start();
    resource.status.baseline =
        List.of(
            new BaselineField(
                "environment.variables", null, BaselineSecrets.nameFor(resource.resource), true));

    // When
    gate().dropUnneeded(resource.reconciliation(), reported);

    // Then
    assertThat(kubernetes.secrets).isEmpty();
  }

  @Test
  void thoseThatTheStatusNamesStay() {
    // Given
    Step kept = keep();

    // When
    gate().dropUnneeded(resource.reconciliation(), kept);

    // Then
    assertThat(secrets.read(resource.resource)).isEqualTo(Map.of("A", "old"));
  }

  @Test
  void aSecretThatCannotBeDroppedIsLeftToTheCollector() {
    // Given
    keep();
    kubernetes.refusal = 403;

    // Then
    assertThatCode(() -> gate().dropUnneeded(resource.reconciliation(), resource.start()))
        .doesNotThrowAnyException();
  }

  @Test
  void aResourceWithoutSecretCostsNoRequest() {
    // When
    gate().dropUnneeded(resource.reconciliation(), resource.start());

    // Then
    assertThat(kubernetes.requests).isEmpty();
  }

  private Step keep() {
    return gate()
        .check(
            resource.reconciliation(),
            resource.planned("{Timeout: 9, Environment: {Variables: {A: old}}}"))
        .step();
  }

  private BaselineValuesGate gate() {
    return new BaselineValuesGate(secrets, new InMemoryStatusStore(), OperatorMode.ENFORCE);
  }
}
