package dev.lambdaconfig.controller.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.controller.state.ManagedResource;
import dev.lambdaconfig.controller.state.ResourceState;
import dev.lambdaconfig.controller.state.Verdict;
import dev.lambdaconfig.decision.Decision;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Specs that cannot be acted on, and those that can. */
final class SpecGateTest {

  private final List<ResourceState> unwatched = new ArrayList<>();
  private final SpecGate readable = new SpecGate(SpecGate.Rule.READABLE, unwatched::add);
  private final SpecGate valid = new SpecGate(SpecGate.Rule.VALID, unwatched::add);

  @Test
  void aResourceWithoutSpecIsStalled() {
    // Given
    ManagedResource empty = new ManagedResource("{}");
    empty.resource.setSpec(null);

    // Then
    assertThatItStallsWith("spec", check(readable, empty));
  }

  @Test
  void aFieldOfAnotherTypeIsStalledByNameAndItsFunctionNoLongerWatched() {
    // Given
    ManagedResource unreadable = new ManagedResource("{timeout: soon}");

    // When
    Verdict verdict = check(readable, unreadable);

    // Then
    assertThatItStallsWith("spec.timeout", verdict);
    assertThat(unwatched).containsExactly(unreadable.state);
  }

  @Test
  void aValueThatIsMissingIsStalledByNameAndItsFunctionNoLongerWatched() {
    // Given
    ManagedResource invalid = new ManagedResource("{layers: [null], timeout: 9}");

    // When
    Verdict verdict = check(valid, invalid);

    // Then
    assertThatItStallsWith("layers[0]", verdict);
    assertThat(unwatched).containsExactly(invalid.state);
  }

  @Test
  void aSpecThatIsNotValidIsReadable() {
    assertThat(check(readable, new ManagedResource("{layers: [null]}")))
        .isInstanceOf(Verdict.Pass.class);
  }

  @Test
  void aValidSpecPassesBothRulesAndStaysWatched() {
    // Given
    ManagedResource resource = new ManagedResource("{timeout: 9}");

    // Then
    assertThat(check(readable, resource)).isInstanceOf(Verdict.Pass.class);
    assertThat(check(valid, resource)).isInstanceOf(Verdict.Pass.class);
    assertThat(unwatched).isEmpty();
  }

  private static Verdict check(SpecGate gate, ManagedResource resource) {
    return gate.check(resource.reconciliation(), resource.start());
  }

  private static void assertThatItStallsWith(String field, Verdict verdict) {
    assertThat(verdict).isInstanceOf(Verdict.Decide.class);
    assertThat(verdict.step().decisionMade())
        .isInstanceOfSatisfying(
            Decision.Stalled.class,
            stalled -> {
              assertThat(stalled.reason()).isEqualTo("InvalidSpec");
              assertThat(stalled.message()).contains(field);
            });
  }
}
