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
    Judgement step = read(DESIRED, purpose, mode, "{Timeout: " + timeout + "}");

    assertThat(step.decision()).isInstanceOf(Decision.Observed.class);
    StatusCondition ready = ready(DESIRED, step);
    assertThat(ready.reason()).isEqualTo(NextStatus.OBSERVED);
    assertThat(ready.message()).isEqualTo(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "3 | the function differs from the spec (status.drift), and could not be compared in"
            + " environment, which AWS could not read; mode: Observe never writes",
        "9 | the function could not be compared with the spec in environment, which AWS could not"
            + " read; mode: Observe never writes"
      })
  void whatAwsCouldNotReadIsNotReportedToMatch(int timeout, String message) {
    Desired desired = TestSpecs.desired("{timeout: 9, environment: {variables: {AA: x}}}");

    Judgement step =
        read(
            desired,
            Purpose.OBSERVE,
            OperatorMode.ENFORCE,
            "{Timeout: %d, Environment: {Error: {ErrorCode: KMSDisabledException}}}"
                .formatted(timeout));

    assertThat(ready(desired, step).message()).isEqualTo(message);
  }

  @ParameterizedTest
  @CsvSource({"3, Update", "9, InSync"})
  void whereNobodyObservesTheFunctionIsKept(int timeout, String decision) {
    Judgement step =
        read(DESIRED, Purpose.ENFORCE, OperatorMode.ENFORCE, "{Timeout: " + timeout + "}");

    assertThat(step.decision().getClass().getSimpleName()).isEqualTo(decision);
  }

  private static StatusCondition ready(Desired desired, Judgement step) {
    LambdaFunctionConfigStatus status =
        NextStatus.after(null, 1, NOW)
            .managing(desired, "eu-west-1")
            .decided(step.decision(), step.plan());
    return Objects.requireNonNull(Conditions.find(status.conditions, Conditions.READY));
  }

  private static Judgement read(
      Desired desired, Purpose purpose, OperatorMode mode, String members) {
    DecisionInput input =
        DecisionInput.of(
                desired, 1, new DecisionInput.Options(Duration.ofHours(1), false, mode), NOW, 0.5)
            .with(purpose, false);
    return Decider.afterRead(input, new Answer.Described(TestSpecs.function(members)));
  }
}
