package dev.lambdaconfig.decision;

import static dev.lambdaconfig.decision.DecisionAssert.assertThat;

import dev.lambdaconfig.decision.Decision.Retry;
import dev.lambdaconfig.decision.history.Cause;
import dev.lambdaconfig.model.Failure;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Decisions on a settled function whose update failed, was refused, or lacks what it needs. */
final class SettledDecisionTest {

  private final DeciderFixture resource = new DeciderFixture();

  @Nested
  final class OfAnUpdateThatFailed {

    @Test
    void isResentWhenDueThoughItReadsAsDesired() {
      resource.hasHistory(DeciderFixture.open());
      String failed =
          "{Timeout: 9, RevisionId: r3, LastUpdateStatus: Failed,"
              + " LastUpdateStatusReasonCode: EFSMountTimeoutException}";
      Decision first = resource.reads(failed);
      assertThat(first).isRetry();
      Duration delay = ((Retry) first).requeueAfter();

      resource.hasWaited(delay.minusMillis(1));
      assertThat(resource.reads(failed)).isRetry().withRequeueAfter(Duration.ofMillis(1));
      resource.hasWaited(delay);
      assertThat(resource.reads(failed))
          .isUpdate()
          .withOnlyMembers("Timeout")
          .withCause(Cause.Retried)
          .withRevision("r3");
    }

    @Test
    void isHeldLikeAnyOtherOnceAwsRefusesToTakeItAgain() {
      resource.hasHistory(DeciderFixture.open());
      String failed =
          "{Timeout: 9, RevisionId: r1, LastUpdateStatus: Failed,"
              + " LastUpdateStatusReasonCode: EniLimitExceeded}";
      resource.reads(failed.replace("r1", "r3"));
      resource.failsToUpdate(new Failure("AccessDeniedException", null, 403, null));

      // The same every time: a status that flips between two reasons is written with every pass.
      for (int minutes = 0; minutes < 3; minutes++) {
        resource.hasWaited(Duration.ofMinutes(minutes));
        assertThat(resource.reads(failed)).isStalled().withReason("AccessDeniedException");
      }
      resource.hasWaited(Duration.ofMinutes(5));
      assertThat(resource.reads(failed)).isRetry();
      resource.hasWaited(Duration.ofMinutes(6));
      assertThat(resource.reads(failed)).isUpdate();
    }

    @Test
    void isNotResentUnguarded() {
      resource.hasHistory(DeciderFixture.open());
      String failed =
          "{Timeout: 9, RevisionId: null, LastUpdateStatus: Failed,"
              + " LastUpdateStatusReasonCode: EniLimitExceeded}";
      resource.reads(failed);
      resource.hasWaited(Duration.ofMinutes(1));
      assertThat(resource.reads(failed)).isStalled().withReason(Decider.NO_REVISION_ID);
    }

    @Test
    void ofSomebodyElseIsStalledUnlessThereIsSomethingToSend() {
      String failed = ", LastUpdateStatus: Failed, LastUpdateStatusReasonCode: EniLimitExceeded}";
      assertThat(resource.reads("{Timeout: 9" + failed)).isStalled().withReason("EniLimitExceeded");
      assertThat(resource.reads("{Timeout: 3" + failed)).isUpdate();
    }
  }

  @Nested
  final class OfAnUpdateThatWasRefused {

    @Test
    void isStalledForTheSameSpecAndSettingsUntilThePauseEnds() {
      resource.failsToUpdate(new Failure("ValidationException", "no", 400, null));

      resource.hasWaited(Duration.ofMinutes(29));
      assertThat(resource.reads("{Timeout: 3}")).isStalled().withReason("ValidationException");
      assertThat(resource.reads("{Timeout: 3, RevisionId: r2}"))
          .isStalled()
          .withReason("ValidationException");
      assertThat(resource.reads("{Timeout: 4, RevisionId: r2}")).isUpdate();
      resource.hasGeneration(2);
      assertThat(resource.reads("{Timeout: 3}")).isUpdate();
      resource.hasGeneration(1);
      resource.hasWaited(Duration.ofMinutes(30));
      assertThat(resource.reads("{Timeout: 3}")).isUpdate();
    }
  }

  @Test
  void withoutARevisionNothingIsSentUnlessAllowed() {
    assertThat(resource.reads("{Timeout: 3, RevisionId: null}"))
        .isStalled()
        .withReason(Decider.NO_REVISION_ID)
        .withMessageContaining("--allow-unguarded-updates");
    assertThat(resource.reads("{Timeout: 9, RevisionId: null}")).isInSync();
    resource.allowsUnguardedUpdates();
    assertThat(resource.reads("{Timeout: 3, RevisionId: null}")).isUpdate().withRevision(null);
  }

  @Nested
  final class OfAnUnreadableEnvironment {

    @Test
    void isStalledAndOverwritesNothing() {
      resource.desires("{environment: {variables: {AA: x}}}");
      assertThat(
              resource.reads(
                  "{Environment: {Error: {ErrorCode: KMSDisabledException, Message: off}}}"))
          .isStalled()
          .withReason("KMSDisabledException")
          .withMessageContaining("environment", "off");
    }

    @Test
    void isNoReasonForWhichAwsKeepsNoKey() {
      resource.desires("{kmsKeyArn: 'arn:aws:kms:eu-west-1:123456789012:key/k'}");
      resource.hasHistory(DeciderFixture.succeeded("kmsKeyArn"));
      assertThat(resource.reads("{}")).isInSync();
      assertThat(resource.reads("{Environment: {Error: {ErrorCode: KMSDisabledException}}}"))
          .isUpdate()
          .withOnlyMembers("KMSKeyArn");
    }

    @Test
    void isInSyncWhereTheEnvironmentIsNotManaged() {
      assertThat(
              resource.reads(
                  "{Timeout: 9, Environment: {Error: {ErrorCode: KMSDisabledException}}}"))
          .isInSync();
    }
  }
}
