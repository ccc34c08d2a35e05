package dev.lambdaconfig.controller.update;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.controller.state.ManagedResource;
import dev.lambdaconfig.controller.state.Reconciliation;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.plan.TestSpecs;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is kept of AWS's answers, to plan from. */
final class SightingsTest {

  private final UpdateSetup setup = new UpdateSetup();
  private final ManagedResource resource =
      new ManagedResource("{environment: {variables: {KNOWN: same}}}");
  private final Reconciliation reconciliation = resource.reconciliation();

  @AfterEach
  void close() {
    setup.close();
  }

  @Test
  void aFunctionAtRestCanBePlannedFrom() {
    // When
    answered("{Timeout: 3}");

    // Then
    assertThat(requireNonNull(setup.sightings.plannable(reconciliation)).revisionId())
        .isEqualTo("r1");
  }

  @Test
  void ofItsEnvironmentOnlyWhatTheSpecWantsIsThere() {
    // When
    answered("{Environment: {Variables: {KNOWN: same, FOREIGN: secret}}}");

    // Then
    Map<String, Value> environment =
        requireNonNull(setup.sightings.plannable(reconciliation)).environment();
    assertThat(TestSpecs.json(environment).path("KNOWN").asText()).isEqualTo("same");
    assertThat(TestSpecs.json(environment).path("FOREIGN").asText()).isNotEqualTo("secret");
  }

  @Test
  void aBusyFunctionCannotBePlannedFrom() {
    // When
    answered("{LastUpdateStatus: InProgress}");

    // Then
    assertThat(setup.sightings.plannable(reconciliation)).isNull();
  }

  @Test
  void aFailedReadReplacesWhatWasKept() {
    // Given
    answered("{Timeout: 3}");

    // When
    setup.sightings.answered(reconciliation, new Answer.Failed(UpdateSetup.UNREACHABLE));

    // Then
    assertThat(setup.sightings.plannable(reconciliation)).isNull();
  }

  private void answered(String function) {
    setup.sightings.answered(reconciliation, new Answer.Described(TestSpecs.function(function)));
  }
}
