package dev.lambdaconfig.status;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.api.StatusCondition;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.decision.OperatorMode;
import dev.lambdaconfig.decision.history.Cause;
import dev.lambdaconfig.plan.Desired;
import dev.lambdaconfig.plan.Diff;
import dev.lambdaconfig.plan.Plan;
import dev.lambdaconfig.plan.TestSpecs;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The reason of a status while an update is sent, or left out. */
final class UpdatingStatusTest {

  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Desired DESIRED = TestSpecs.desired("{timeout: 9}");
  private static final Plan DIFFERS = Diff.between(DESIRED, TestSpecs.function("{Timeout: 3}"));

  private static final LambdaFunctionConfigStatus FAILED =
      first().decided(new Decision.Retry("EniLimitExceeded", "no address is free", SOON), DIFFERS);

  @Test
  void namesTheFieldsAndTheCause() {
    assertThat(ready(first().decided(update(Cause.SpecChanged), DIFFERS)))
        .isEqualTo("False Updating updating timeout (SpecChanged)");
  }

  @Test
  void staysTheReasonOfTheFailureThatIsTriedAgain() {
    assertThat(ready(after(FAILED).decided(update(Cause.Retried), DIFFERS)))
        .isEqualTo("False EniLimitExceeded no address is free");
  }

  @Test
  void isANewOneForAnotherCauseOrWithoutAFailure() {
    // Given
    LambdaFunctionConfigStatus inSync = first().decided(new Decision.InSync(SOON), Plan.NOTHING);

    // Then
    assertThat(ready(after(FAILED).decided(update(Cause.SpecChanged), DIFFERS)))
        .isEqualTo("False Updating updating timeout (SpecChanged)");
    assertThat(ready(after(inSync).decided(update(Cause.Retried), DIFFERS)))
        .isEqualTo("False Updating updating timeout (Retried)");
    assertThat(ready(first().decided(update(Cause.Retried), DIFFERS)))
        .isEqualTo("False Updating updating timeout (Retried)");
  }

  @Test
  void isTheRestorationOfADeletedResourceWhoseDriftStays() {
    // When
    LambdaFunctionConfigStatus next =
        after(FAILED).restoring(DESIRED).decided(update(Cause.Restored), DIFFERS);

    // Then
    assertThat(ready(next)).isEqualTo("False Restoring restoring timeout");
    assertThat(Conditions.find(next.conditions, Conditions.DRIFTED))
        .isEqualTo(Conditions.find(FAILED.conditions, Conditions.DRIFTED));
    assertThat(requireNonNull(next.conditions))
        .extracting(StatusCondition::type)
        .contains(Conditions.DRIFTED);
  }

  @Test
  void announcesOnlyDriftThatIsCorrected() {
    assertThat(announces(update(Cause.DriftCorrected))).isTrue();
    assertThat(announces(update(Cause.SpecChanged))).isFalse();
    assertThat(announces(new Decision.Retry("Throttled", "x (DriftCorrected)", SOON))).isFalse();
    assertThat(NextStatus.announcesDrift(null)).isFalse();
  }

  @Test
  void saysWhichModeLeavesTheFunctionAsItIs() {
    assertThat(observed(DIFFERS, OperatorMode.OBSERVE))
        .contains("differs from the spec (status.drift); the operator runs with --mode=Observe");
    assertThat(observed(Plan.NOTHING, OperatorMode.ENFORCE))
        .contains("matches the spec; mode: Observe never writes");
  }

  private static String observed(Plan plan, OperatorMode mode) {
    return ready(first().decided(new Decision.Observed(plan, mode, SOON), plan));
  }

  private static boolean announces(Decision decision) {
    return NextStatus.announcesDrift(
        Conditions.find(first().decided(decision, DIFFERS).conditions, Conditions.READY));
  }

  private static Decision update(Cause cause) {
    return new Decision.Update(DIFFERS, "r1", cause);
  }

  private static NextStatus first() {
    return NextStatus.after(null, 1, Instant.EPOCH).managing(DESIRED, "eu-west-1");
  }

  private static NextStatus after(LambdaFunctionConfigStatus previous) {
    return NextStatus.after(previous, 1, Instant.EPOCH);
  }

  private static String ready(LambdaFunctionConfigStatus status) {
    StatusCondition ready = requireNonNull(Conditions.find(status.conditions, Conditions.READY));
    return ready.status() + " " + ready.reason() + " " + ready.message();
  }
}
