package dev.lambdaconfig.controller.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.authorization.Policy;
import dev.lambdaconfig.authorization.PolicyException;
import dev.lambdaconfig.controller.ownership.ClaimedFunction;
import dev.lambdaconfig.controller.resource.Authorization;
import dev.lambdaconfig.controller.resource.ResourceCaches;
import dev.lambdaconfig.controller.state.ManagedResource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A change of the policy concerns those who are judged otherwise, and nobody else. */
final class PolicyTriggerTest {

  private final ManagedResource allowed = new ManagedResource("team-a", "a", "{timeout: 3}");
  private final ManagedResource concerned =
      new ManagedResource("team-b", "b", "{functionName: other, timeout: 3}");
  private final ManagedResource unreadable = new ManagedResource("team-b", "c", "{timeout: soon}");

  private List<String> triggered(String before, String now) throws PolicyException {
    Policy policy = Policy.parse(now);
    List<String> triggered = new ArrayList<>();
    LambdaFunctionConfig[] all = {allowed.resource, concerned.resource, unreadable.resource};
    new PolicyTrigger(
            new Authorization(() -> policy, ManagedResource.TARGETS),
            ResourceCaches.of(all),
            new ClaimedFunction(allowed, concerned, unreadable).claims,
            triggered::add)
        .changed(Policy.parse(before));
    return triggered;
  }

  @Test
  void whoBecomesForbiddenOrAllowedIsTriggered() throws PolicyException {
    String both = "rules: [{namespaces: [team-a, team-b]}]";
    String one = "rules: [{namespaces: [team-a]}]";

    assertThat(triggered(both, one)).containsExactly(concerned.state.uid());
    assertThat(triggered(one, both)).containsExactly(concerned.state.uid());
  }

  @Test
  void whoIsForbiddenForAnotherReasonIsTriggered() throws PolicyException {
    assertThat(
            triggered(
                "rules: [{namespaces: [team-a]}]",
                "rules: [{namespaces: [team-a]}, {namespaces: [team-b], functions: [mine]}]"))
        .containsExactly(concerned.state.uid());
  }

  @Test
  void aChangeThatConcernsNobodyTriggersNobody() throws PolicyException {
    assertThat(
            triggered(
                "rules: [{namespaces: ['*']}]", "rules: [{namespaces: ['*'], functions: ['*']}]"))
        .isEmpty();
  }
}
