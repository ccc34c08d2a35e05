package dev.lambdaconfig.controller.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.BaselineField;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.decision.Judgement;
import dev.lambdaconfig.decision.history.Cause;
import dev.lambdaconfig.decision.history.DesiredVersion;
import dev.lambdaconfig.decision.history.HistoryChange;
import dev.lambdaconfig.decision.history.UpdateHistory;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.plan.Diff;
import dev.lambdaconfig.plan.EntryOwnership.Announcement;
import dev.lambdaconfig.plan.Plan;
import dev.lambdaconfig.plan.TestSpecs;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of values that were kept for an update, once that is no longer open. */
final class ProvisionalValuesTest {

  private static final String OURS = "{RevisionId: r9, Environment: {Variables: {A: new}}}";
  private static final String THEIRS = "{RevisionId: r9, Environment: {Variables: {A: theirs}}}";
  private static final String UNCHANGED = "{RevisionId: r0, Environment: {Variables: {A: old}}}";
  private static final String UNREADABLE =
      "{RevisionId: r0, Environment: {Error: {ErrorCode: KMSAccessDeniedException, Message: no}}}";

  private static final String UNREADABLE_LATER =
      "{RevisionId: r9, Environment: {Error: {ErrorCode: KMSAccessDeniedException, Message: no}}}";

  private static final Failure CONFLICT = new Failure("ResourceConflictException", "no", 409, null);

  private static final UpdateHistory OPEN =
      UpdateHistory.NONE.opened(
          List.of("environment.variables"),
          Cause.SpecChanged,
          DesiredVersion.of(1),
          "r0",
          ManagedResource.NOW);

  private enum End {
    DROPPED,
    PROVISIONAL,
    KEPT
  }

  private final ManagedResource resource =
      new ManagedResource("{environment: {variables: {A: new}}, deletionPolicy: Restore}");

  ProvisionalValuesTest() {
    resource.status.baseline =
        List.of(new BaselineField("environment.variables", null, "secret", true));
  }

  @Test
  void areProvisionalWhileTheUpdateIsUnderWay() {
    assertThat(after(step(UNCHANGED).with(OPEN), OPEN)).isEqualTo(End.PROVISIONAL);
  }

  @ParameterizedTest
  @CsvSource({"Succeeded, r1", "NotApplied, r1", "FunctionError, r1", "FunctionError, r0"})
  void areKeptForGoodOnceTheUpdateWasAccepted(String outcome, String revision) {
    assertThat(after(step(OURS).with(OPEN.endedWith(outcome, revision)), OPEN)).isEqualTo(End.KEPT);
  }

  @Test
  void areKeptForGoodWhereTheUpdateMayHaveBeenApplied() {
    // When: another writer changed the function, before or after
    Step read = settledBy(THEIRS);

    // Then
    assertThat(read.history().isOpen()).isFalse();
    assertThat(after(read, OPEN)).isEqualTo(End.KEPT);
    assertThat(after(read, UpdateHistory.NONE, OPEN)).isEqualTo(End.KEPT);
  }

  @Test
  void areDroppedWhereTheUpdateWasNeverApplied() {
    assertThat(after(settledBy(UNCHANGED), OPEN)).isEqualTo(End.DROPPED);
  }

  @Test
  void areNotDroppedWhileAwsCannotReadThem() {
    assertThat(after(settledBy(UNREADABLE), OPEN)).isEqualTo(End.PROVISIONAL);
  }

  @ParameterizedTest
  @ValueSource(strings = {OURS, THEIRS, UNCHANGED})
  void stayAsTheyAreWhileTheDeletionPutsThemBack(String function) {
    // Given: the plan is the way back, so the function shows the update where it differs
    resource.deleted();

    // Then
    assertThat(after(step(function), UpdateHistory.NONE)).isEqualTo(End.PROVISIONAL);
    assertThat(after(settledBy(function), OPEN)).isEqualTo(End.PROVISIONAL);
    assertThat(
            after(
                refused(step(function), new Failure("AccessDeniedException", "no", 403, null)),
                OPEN))
        .isEqualTo(End.PROVISIONAL);
  }

  @Test
  void areDroppedAtOnceIfAwsRefusesTheUpdate() {
    // When
    Step refused =
        refused(step(UNCHANGED), new Failure("InvalidParameterValueException", "no", 400, null));

    // Then
    assertThat(after(refused, OPEN)).isEqualTo(End.DROPPED);
  }

  /** An earlier attempt of ours can be the reason, or another operator that sent the same. */
  @Nested
  final class OfAnUpdateThatAnotherOneOvertook {

    @ParameterizedTest
    @CsvSource({"PreconditionFailedException, 412", "ResourceConflictException, 409"})
    void waitForTheNextRead(String code, int status) {
      assertThat(after(refused(step(UNCHANGED), new Failure(code, "no", status, null)), OPEN))
          .isEqualTo(End.PROVISIONAL);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {UNCHANGED + "|DROPPED", UNREADABLE + "|PROVISIONAL"})
    void areDroppedOnceTheConflictIsFinal(String function, End end) {
      // When: reads have shown for two minutes that nothing runs
      Step refused =
          refused(step(function), CONFLICT).with(OPEN.endedWith("ResourceConflictException", "r0"));

      // Then
      assertThat(after(refused, UpdateHistory.NONE, OPEN)).isEqualTo(end);
      assertThat(new HistoryChange(OPEN, refused.history()).announcement(refused.isRejected(OPEN)))
          .isEqualTo(Announcement.NONE);
    }

    @ParameterizedTest
    @CsvSource({"Succeeded, r0", "NotApplied, r0", "FunctionError, r1"})
    void areKeptIfItWasAcceptedAllTheSame(String outcome, String revision) {
      // When: AWS's answer to an earlier attempt was known
      Step refused = refused(step(OURS), CONFLICT).with(OPEN.endedWith(outcome, revision));

      // Then
      assertThat(after(refused, OPEN)).isEqualTo(End.KEPT);
      assertThat(new HistoryChange(OPEN, refused.history()).announcement(refused.isRejected(OPEN)))
          .isEqualTo(Announcement.ACCEPTED);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {OURS + "|KEPT", THEIRS + "|DROPPED", UNREADABLE_LATER + "|PROVISIONAL"})
    void areJudgedByTheReadInTheSameReconcile(String function, End end) {
      // Given
      Step refused =
          refused(
              step(UNCHANGED), new Failure("PreconditionFailedException", "changed", 412, null));

      // Then
      assertThat(after(read(refused, function), OPEN)).isEqualTo(end);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {OURS + "|KEPT", THEIRS + "|DROPPED", UNREADABLE_LATER + "|PROVISIONAL"})
    void orByThatOfALaterOne(String function, End end) {
      assertThat(after(step(function), UpdateHistory.NONE)).isEqualTo(end);
    }
  }

  private Step step(String members) {
    return read(resource.start(), members);
  }

  private Step read(Step before, String members) {
    ObservedFunction function = TestSpecs.function(members);
    Plan plan = Diff.between(resource.reconciliation().managed(), function);
    return before
        .afterRead()
        .answered(
            new Answer.Described(function),
            new Judgement(
                new Decision.InSync(Duration.ofMinutes(1)),
                plan,
                before.history(),
                before.retryState()));
  }

  private Step settledBy(String members) {
    Step read = step(members);
    return read.with(
        OPEN.settled(
            read.observed(),
            Diff.between(resource.reconciliation().managed(), read.observed()),
            DesiredVersion.of(1),
            null));
  }

  private static Step refused(Step planned, Failure failure) {
    return planned.submitted(new Answer.Failed(failure), ManagedResource.NOW);
  }

  private End after(Step step, UpdateHistory known) {
    return after(step, known, known);
  }

  /** What becomes of them where the reconcile started from one history, and another is known. */
  private End after(Step step, UpdateHistory previous, UpdateHistory known) {
    resource.status.history = previous.records();
    Step settled = ProvisionalValues.settled(resource.reconciliation(), step, known);
    if (settled.baseline().secretName() == null) {
      return End.DROPPED;
    }
    return settled.baseline().isProvisional() ? End.PROVISIONAL : End.KEPT;
  }
}
