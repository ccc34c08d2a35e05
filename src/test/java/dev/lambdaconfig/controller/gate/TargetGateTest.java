package dev.lambdaconfig.controller.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.controller.state.ManagedResource;
import dev.lambdaconfig.controller.state.ResourceState;
import dev.lambdaconfig.controller.state.Verdict;
import dev.lambdaconfig.decision.Decision;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Specs that name no function that the operator could call. */
final class TargetGateTest {

  private final List<ResourceState> unwatched = new ArrayList<>();
  private final TargetGate gate = new TargetGate(ManagedResource.TARGETS, unwatched::add);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{region: eu-west-9} | UnknownRegion | eu-west-9",
        "{region: 'evil.example/'} | InvalidSpec | region",
        "{functionName: 'a b'} | InvalidSpec | functionName",
        "{functionName: 'arn:aws:lambda:eu-west-1:123456789012:function:fn', region: us-east-1}"
            + " | InvalidSpec | remove region"
      })
  void aSpecWithoutFunctionIsStalledAndNoLongerWatched(String spec, String reason, String fact) {
    // Given
    ManagedResource resource = new ManagedResource(spec);

    // When
    Verdict verdict = gate.check(resource.reconciliation(), resource.start());

    // Then
    assertThat(verdict).isInstanceOf(Verdict.Decide.class);
    assertThat(verdict.step().decisionMade())
        .isInstanceOfSatisfying(
            Decision.Stalled.class,
            stalled -> {
              assertThat(stalled.reason()).isEqualTo(reason);
              assertThat(stalled.message()).contains(fact);
            });
    assertThat(unwatched).containsExactly(resource.state);
  }

  @Test
  void aSpecWithAFunctionPassesAndStaysWatched() {
    // Given
    ManagedResource resource = new ManagedResource("{region: us-east-1}");

    // When
    Verdict verdict = gate.check(resource.reconciliation(), resource.start());

    // Then
    assertThat(verdict).isInstanceOf(Verdict.Pass.class);
    assertThat(unwatched).isEmpty();
  }
}
