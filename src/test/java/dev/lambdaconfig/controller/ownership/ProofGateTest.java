package dev.lambdaconfig.controller.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.aws.RateLimitedLambda;
import dev.lambdaconfig.aws.account.CallLimits;
import dev.lambdaconfig.controller.InMemoryLambda;
import dev.lambdaconfig.controller.state.ManagedResource;
import dev.lambdaconfig.controller.state.Verdict;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.decision.Requeue;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.Target;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A resource that waits for something else while another one waits for its claim. */
final class ProofGateTest {

  private static final Duration HOUR = Duration.ofHours(1);

  private final ManagedResource older = tenant("team-a", "older");
  private final ManagedResource younger = tenant("team-b", "younger").younger();
  private final ClaimedFunction function = new ClaimedFunction(older, younger);
  private final InMemoryLambda aws = new InMemoryLambda();
  private final RateLimitedLambda lambda =
      new RateLimitedLambda(
          aws, aws, new CallLimits(1000), () -> 0, RateLimitedLambda.Listeners.NONE);

  @Test
  void itWaitsOnWhereNobodyAsks() {
    assertThat(checked(new Requeue.After(HOUR))).isEqualTo(new Requeue.After(HOUR));
    assertThat(aws.reads).isEmpty();
  }

  @Test
  void itsFunctionIsReadOnceForAnotherOne() {
    // Given
    ask();

    // Then
    assertThat(checked(new Requeue.After(HOUR))).isEqualTo(new Requeue.After(HOUR));
    assertThat(checked(new Requeue.After(HOUR))).isEqualTo(new Requeue.After(HOUR));
    assertThat(aws.reads).hasSize(1);
  }

  @Test
  void whereTheEndpointDoesNotAnswerItIsTriedAgainAfterThePauseOfTheEndpoint() {
    // Given
    ask();
    becomeUnreachable();

    // Then
    assertThat(checked(new Requeue.After(HOUR)))
        .isInstanceOfSatisfying(
            Requeue.After.class,
            after -> assertThat(after.delay()).isLessThan(Duration.ofMinutes(1)));
    assertThat(aws.reads).isEmpty();
    assertThat(function.claims.isAsked(older.uid())).isTrue();
  }

  @Test
  void whatIsDecidedIsReportedThoughTheEndpointDoesNotAnswer() {
    // Given
    ask();
    becomeUnreachable();
    Verdict decided =
        Verdict.decide(older.start(), new Decision.Stalled("Reason", "message", HOUR));

    // Then
    assertThat(
            new ProofGate(List.of((any, step) -> decided), function.claims, lambda)
                .check(older.reconciliation(), older.start()))
        .isEqualTo(decided);
  }

  /** The younger one can read the function, and waits for the older one's claim. */
  private void ask() {
    function.isReadBy(younger, "younger#1");
    function.claims.of(younger.reconciliation());
    assertThat(function.claims.isAsked(older.uid())).isTrue();
  }

  /** The endpoint does not answer as many calls as its breaker takes to open. */
  private void becomeUnreachable() {
    aws.readRefusal = new Failure(Failure.ENDPOINT_UNREACHABLE, "connect timed out", 0, null);
    for (int i = 0; i < 5; i++) {
      lambda.readNow(new Target("eu-west-1", "fn"));
    }
    aws.reads.clear();
  }

  private static ManagedResource tenant(String namespace, String name) {
    String arn = "arn:aws:lambda:eu-west-1:" + ClaimedFunction.HOME + ":function:fn";
    return new ManagedResource(
        namespace,
        name,
        "{functionName: '" + arn + "', timeout: 9, serviceAccountName: " + name + "}");
  }

  private Requeue checked(Requeue waits) {
    ProofGate gate =
        new ProofGate(
            List.of((any, step) -> Verdict.lookAgain(step, waits)), function.claims, lambda);
    return ((Verdict.LookAgain) gate.check(older.reconciliation(), older.start())).requeue();
  }
}
