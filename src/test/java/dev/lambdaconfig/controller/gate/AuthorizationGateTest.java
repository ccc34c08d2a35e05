package dev.lambdaconfig.controller.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.authorization.Policy;
import dev.lambdaconfig.authorization.PolicyException;
import dev.lambdaconfig.controller.resource.Authorization;
import dev.lambdaconfig.controller.state.ManagedResource;
import dev.lambdaconfig.controller.state.ResourceState;
import dev.lambdaconfig.controller.state.Verdict;
import dev.lambdaconfig.decision.Decision;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Resources that name what the policy does not let their namespace name. */
final class AuthorizationGateTest {

  private final List<ResourceState> unwatched = new ArrayList<>();

  private Verdict check(String policy, ManagedResource resource) throws PolicyException {
    Policy parsed = Policy.parse(policy);
    Authorization authorization = new Authorization(() -> parsed, ManagedResource.TARGETS);
    return new AuthorizationGate(authorization, unwatched::add)
        .check(resource.reconciliation(), resource.start());
  }

  @Test
  void aForbiddenResourceIsStalledAndNoLongerWatched() throws PolicyException {
    // Given
    ManagedResource resource = new ManagedResource("team-a", "orders", "{timeout: 3}");

    // When
    Verdict verdict = check("rules: [{namespaces: [team-b]}]", resource);

    // Then
    assertThat(verdict).isInstanceOf(Verdict.Decide.class);
    assertThat(verdict.step().decisionMade())
        .isInstanceOfSatisfying(
            Decision.Stalled.class,
            stalled -> {
              assertThat(stalled.reason()).isEqualTo("Forbidden");
              assertThat(stalled.message()).contains("no rule for namespace team-a");
            });
    assertThat(unwatched).containsExactly(resource.state);
  }

  @Test
  void anAllowedResourcePassesAndStaysWatched() throws PolicyException {
    // When
    Verdict verdict =
        check(
            "rules: [{namespaces: [team-a]}]",
            new ManagedResource("team-a", "orders", "{timeout: 3}"));

    // Then
    assertThat(verdict).isInstanceOf(Verdict.Pass.class);
    assertThat(unwatched).isEmpty();
  }
}
