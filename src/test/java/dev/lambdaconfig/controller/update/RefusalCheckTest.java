package dev.lambdaconfig.controller.update;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.controller.state.ManagedResource;
import dev.lambdaconfig.controller.state.Step;
import dev.lambdaconfig.decision.Decider;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.plan.TestSpecs;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What of AWS's answer to an update may be reported. */
final class RefusalCheckTest {

  private static final Failure MISSING =
      new Failure("ResourceNotFoundException", "not found: value of a variable", 404, null);

  private final UpdateSetup setup = new UpdateSetup();
  private final RefusalCheck check = new RefusalCheck(setup.lambda);
  private final ManagedResource resource = new ManagedResource("{timeout: 9}");
  private final Step fresh = resource.planned("{Timeout: 3}");

  /** Planned from the read of an earlier reconcile. */
  private final Step cached =
      resource.start().knowing(TestSpecs.function("{Timeout: 3}")).decided(fresh.decisionMade());

  @AfterEach
  void close() {
    setup.close();
  }

  @Test
  void aRefusalAfterAReadOfTheSameReconcileIsReportedAsItIs() {
    // When
    RefusalCheck.Checked checked = check(fresh, UpdateSetup.REFUSAL);

    // Then
    assertThat(failure(checked)).isEqualTo(UpdateSetup.REFUSAL);
    assertThat(setup.aws.reads).isEmpty();
  }

  @Test
  void withoutOneTheFunctionIsReadSoThatItsValuesAreKnown() {
    // Given
    setup.aws.create("fn", "{Timeout: 3, Environment: {Variables: {NEW: value}}}");

    // When
    RefusalCheck.Checked checked = check(cached, UpdateSetup.REFUSAL);

    // Then
    assertThat(failure(checked)).isEqualTo(UpdateSetup.REFUSAL);
    assertThat(checked.step().observed().environment()).containsKey("NEW");
    assertThat(setup.aws.reads).containsExactly("fn");
  }

  @Test
  void aMessageIsWithheldWhereTheFunctionCannotBeRead() {
    // Given
    setup.aws.readRefusal = new Failure("AccessDeniedException", "no", 403, null);

    // When
    Failure reported = failure(check(cached, UpdateSetup.REFUSAL));

    // Then
    assertThat(reported.code()).isEqualTo("InvalidParameterValueException");
    assertThat(reported.message()).doesNotContain("no such value");
  }

  @Test
  void aFunctionThatIsGoneIsReportedAsMissing() {
    for (Step step : List.of(fresh, cached)) {
      // When
      Failure reported = failure(check(step, MISSING));

      // Then
      assertThat(reported.code()).isEqualTo(Decider.FUNCTION_NOT_FOUND);
      assertThat(reported.message()).doesNotContain("value of a variable");
    }
  }

  @Test
  void somethingElseThatIsMissingIsReportedAsItIs() {
    // Given
    setup.aws.create("fn", "{Timeout: 3}");

    // Then
    assertThat(failure(check(fresh, MISSING))).isEqualTo(MISSING);
  }

  @Test
  void anUpdateThatWasThrottledCostsNoRead() {
    // When
    Failure reported = failure(check(cached, UpdateSetup.THROTTLED));

    // Then
    assertThat(reported.code()).isEqualTo("TooManyRequestsException");
    assertThat(reported.message()).doesNotContain("slow");
    assertThat(setup.aws.reads).isEmpty();
  }

  @Test
  void neitherDoesAnEndpointThatIsAwayOrAStaleRevision() {
    // Given
    Failure stale = new Failure("PreconditionFailedException", "The Revision Id", 412, null);

    // Then
    assertThat(failure(check(cached, UpdateSetup.UNREACHABLE))).isEqualTo(UpdateSetup.UNREACHABLE);
    assertThat(failure(check(cached, stale))).isEqualTo(stale);
    assertThat(setup.aws.reads).isEmpty();
  }

  private RefusalCheck.Checked check(Step step, Failure failure) {
    return check.check(resource.reconciliation(), step, new Answer.Failed(failure));
  }

  private static Failure failure(RefusalCheck.Checked checked) {
    assertThat(checked.answer()).isInstanceOf(Answer.Failed.class);
    return ((Answer.Failed) checked.answer()).failure();
  }
}
