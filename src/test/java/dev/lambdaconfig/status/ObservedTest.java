package dev.lambdaconfig.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.api.StatusCondition;
import dev.lambdaconfig.decision.Decider;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.decision.DecisionInput;
import dev.lambdaconfig.decision.Judgement;
import dev.lambdaconfig.decision.OperatorMode;
import dev.lambdaconfig.decision.Purpose;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.plan.Desired;
import dev.lambdaconfig.plan.TestSpecs;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told where somebody wants functions to be looked at only. */
final class ObservedTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Desired DESIRED = TestSpecs.desired("{timeout: 9}");

  @ParameterizedTest
  @CsvSource({
    "ENFORCE, OBSERVE, 3, the function differs from the spec (status.drift); the operator runs"
        + " with --mode=Observe and never writes",
    "OBSERVE, OBSERVE, 9, the function matches the spec; the operator runs with --mode=Observe"
        + " and never writes",
    "OBSERVE, ENFORCE, 3, the function differs from the spec (status.drift); mode: Observe never"
        + " writes",
    "OBSERVE, ENFORCE, 9, the function matches the spec; mode: Observe never writes"
  })
  void whoeverObservesNothingIsSentAndTheMessageSaysWhoItIs(
      Purpose purpose, OperatorMode mode, int timeout, String message) {
    Judgement step = read(purpose, mode, timeout);

    assertThat(step.decision()).isInstanceOf(Decision.Observed.class);
    LambdaFunctionConfigStatus status =
        NextStatus.after(null, 1, NOW)
            .managing(DESIRED, "eu-west-1")
            .decided(step.decision(), step.plan());
    StatusCondition ready =
        Objects.requireNonNull(Conditions.find(status.conditions, Conditions.READY));
    assertThat(ready.reason()).isEqualTo(NextStatus.OBSERVED);
    assertThat(ready.message()).isEqualTo(message);
  }

  @ParameterizedTest
  @CsvSource({"3, Update", "9, InSync"})
  void whereNobodyObservesTheFunctionIsKept(int timeout, String decision) {
    assertThat(
            read(Purpose.ENFORCE, OperatorMode.ENFORCE, timeout)
                .decision()
                .getClass()
                .getSimpleName())
        .isEqualTo(decision);
  }

  private static Judgement read(Purpose purpose, OperatorMode mode, int timeout) {
    DecisionInput input =
        DecisionInput.of(
                DESIRED, 1, new DecisionInput.Options(Duration.ofHours(1), false, mode), NOW, 0.5)
            .with(purpose, false);
    return Decider.afterRead(
        input, new Answer.Described(TestSpecs.function("{Timeout: " + timeout + "}")));
  }
}
