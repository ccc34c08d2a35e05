package dev.lambdaconfig.controller.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.controller.report.ChangeReporter;
import dev.lambdaconfig.controller.state.ManagedResource;
import dev.lambdaconfig.controller.state.ResourceState;
import dev.lambdaconfig.kube.ApiServerBusyException;
import dev.lambdaconfig.kube.RecordedEvents;
import dev.lambdaconfig.kube.schema.SpecHiddenException;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The delays after reconciles that the API server kept from their end. */
final class ReconcileFailuresTest {

  private final RecordedEvents events = new RecordedEvents();
  private final ReconcileFailures failures =
      new ReconcileFailures(new ChangeReporter(events), () -> 1);
  private final ResourceState state = new ManagedResource("{timeout: 9}").state;

  @Test
  void theDelaysAfterABusyApiServerDoubleUpToHalfAMinute() {
    assertThat(busy(0)).isEqualTo(Duration.ofSeconds(1));
    assertThat(busy(0)).isEqualTo(Duration.ofSeconds(2));
    for (int i = 0; i < 40; i++) {
      busy(0);
    }
    assertThat(busy(0)).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void aLongerDelayThatTheServerAskedForCounts() {
    assertThat(busy(20)).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void theDelaysAfterARefusalDoubleUpToFourMinutes() {
    assertThat(refused()).isEqualTo(Duration.ofSeconds(2));
    assertThat(refused()).isEqualTo(Duration.ofSeconds(4));
    for (int i = 0; i < 40; i++) {
      refused();
    }
    assertThat(refused()).isEqualTo(Duration.ofSeconds(256));
  }

  @Test
  void aResourceWhoseSpecIsHiddenHasOneEventAndWaitsForTheEndOfTheProcess() {
    assertThat(hidden()).isEqualTo(Duration.ofMinutes(10));
    assertThat(hidden()).isEqualTo(Duration.ofMinutes(10));

    assertThat(events.all)
        .singleElement()
        .satisfies(event -> assertThat(event.message()).contains("spec.layersPolicy"));
  }

  @Test
  void ofAFleetWhoseSpecsAreHiddenTheFirstHundredHaveAnEvent() {
    for (int i = 0; i < 150; i++) {
      ManagedResource each = new ManagedResource("{timeout: 9}");
      failures.after(each.state, each.resource, new SpecHiddenException(Set.of("layersPolicy")));
    }

    assertThat(events.all).hasSize(100);
  }

  @Test
  void aReconcileThatGotToItsEndStartsThemAnew() {
    // Given
    busy(0);
    refused();

    // When
    failures.succeeded(state);

    // Then
    assertThat(busy(0)).isEqualTo(Duration.ofSeconds(1));
    assertThat(refused()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void aFailureOfTheServerItselfIsTransientAndAnyOtherARefusal() {
    assertThat(failures.after(state, failure(503, 0))).isEqualTo(Duration.ofSeconds(1));
    assertThat(failures.after(state, failure(403, 0))).isEqualTo(Duration.ofSeconds(2));
    assertThat(failures.after(state, failure(429, 0))).isEqualTo(Duration.ofSeconds(2));
    assertThat(failures.after(state, failure(400, 0))).isEqualTo(Duration.ofSeconds(4));
  }

  private Duration busy(int retryAfter) {
    return failures.after(state, new ApiServerBusyException(failure(429, retryAfter)));
  }

  private Duration refused() {
    return failures.after(state, failure(403, 0));
  }

  private static KubernetesClientException failure(int code, int retryAfter) {
    return new KubernetesClientException(
        new StatusBuilder()
            .withCode(code)
            .withNewDetails()
            .withRetryAfterSeconds(retryAfter)
            .endDetails()
            .build());
  }

  private Duration hidden() {
    return failures.after(
        state,
        new ManagedResource("{timeout: 9}").resource,
        new SpecHiddenException(Set.of("layersPolicy")));
  }
}
