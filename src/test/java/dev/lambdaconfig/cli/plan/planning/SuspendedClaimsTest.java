package dev.lambdaconfig.cli.plan.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.aws.KnownRegions;
import dev.lambdaconfig.cli.plan.report.FunctionPlan;
import dev.lambdaconfig.cli.plan.report.ManifestOrigin;
import dev.lambdaconfig.cli.plan.report.PlanProblem;
import dev.lambdaconfig.controller.resource.Targets;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.Target;
import dev.lambdaconfig.plan.TestSpecs;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A suspended resource keeps its function from younger ones, as the operator's rule has it. */
final class SuspendedClaimsTest {

  private static final Answer READ =
      new Answer.Described(
          TestSpecs.function(
              """
              FunctionName: orders
              FunctionArn: arn:aws:lambda:eu-west-1:123456789012:function:orders
              RevisionId: r1
              State: Active
              LastUpdateStatus: Successful
              Timeout: 3
              """));

  private static final Planner PLANNER =
      new Planner(
          new Targets(new KnownRegions(Set.of("eu-west-1"), Set::of, "eu-west-1")),
          SourceLookup.NONE,
          RuntimeSupport.UNKNOWN,
          false,
          Instant.EPOCH);

  private static PlanInput resource(String name, String spec) {
    LambdaFunctionConfig resource =
        Serialization.unmarshal(
            """
            apiVersion: lambdaconfig.dev/v1alpha1
            kind: LambdaFunctionConfig
            metadata: {namespace: team-a, name: %s}
            spec: {functionName: orders, %s}
            """
                .formatted(name, spec),
            LambdaFunctionConfig.class);
    return new PlanInput(new ManifestOrigin(null, 0, "team-a", name), resource, 1, path -> 0);
  }

  private static List<FunctionPlan> plan(Answer answer, PlanInput... inputs)
      throws InterruptedException {
    return PLANNER.plan(
        List.of(inputs), targets -> targets.stream().map(target -> answer).toList());
  }

  private static String reason(FunctionPlan plan) {
    PlanProblem problem = plan.problem();
    return problem == null ? plan.action().toString() : problem.reason();
  }

  @Test
  void itsFunctionIsNotTakenOver() throws InterruptedException {
    List<FunctionPlan> plans =
        plan(
            READ,
            resource("older", "timeout: 30, suspend: true"),
            resource("younger", "timeout: 60"),
            resource("youngest", "timeout: 90"));

    assertThat(plans)
        .extracting(SuspendedClaimsTest::reason)
        .containsExactly("NONE", "Conflict", "Conflict");
    assertThat(plans.get(1).problem())
        .extracting(PlanProblem::message)
        .isEqualTo(
            "team-a/older (cluster) manages the same function, and keeps its claim while it is"
                + " suspended: remove one of the two, or set mode: Observe");
  }

  @Test
  void ofOneThatIsNotPlannedOnlyTheClaimCounts() throws InterruptedException {
    List<Target> read = new ArrayList<>();

    List<FunctionPlan> plans =
        PLANNER.plan(
            List.of(
                resource("older", "timeout: 30"),
                resource("younger", "timeout: 60"),
                resource("observing", "timeout: 60, mode: Observe")),
            input -> !input.name().equals("older"),
            targets -> {
              read.addAll(targets);
              return targets.stream().map(target -> READ).toList();
            });

    assertThat(plans).extracting(SuspendedClaimsTest::reason).containsExactly("Conflict", "NONE");
    assertThat(read).hasSize(1);
  }

  @Test
  void oneThatObservesHasNoClaim() throws InterruptedException {
    assertThat(
            plan(
                READ,
                resource("older", "timeout: 30, suspend: true, mode: Observe"),
                resource("younger", "timeout: 60")))
        .extracting(SuspendedClaimsTest::reason)
        .containsExactly("NONE", "UPDATE");
  }

  /** The operator reads nothing as the identity of a suspended resource, so nothing proves it. */
  @Test
  void theClaimOfAnotherIdentityIsNotProven() throws InterruptedException {
    assertThat(
            plan(
                READ,
                resource("older", "timeout: 30, suspend: true, serviceAccountName: tenant"),
                resource("younger", "timeout: 60"),
                resource("youngest", "timeout: 90")))
        .extracting(SuspendedClaimsTest::reason)
        .containsExactly("NONE", "UPDATE", "Conflict");
  }

  @Test
  void aFunctionThatCannotBeReadIsThatProblem() throws InterruptedException {
    Answer missing =
        new Answer.Failed(
            new Failure("ResourceNotFoundException", "Function not found", 404, null));

    assertThat(
            plan(
                missing,
                resource("older", "timeout: 30, suspend: true"),
                resource("younger", "timeout: 60")))
        .extracting(SuspendedClaimsTest::reason)
        .containsExactly("NONE", "FunctionNotFound");
  }
}
