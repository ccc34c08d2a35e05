package dev.lambdaconfig.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.UpdateRecord;
import dev.lambdaconfig.decision.Decision.InProgress;
import dev.lambdaconfig.decision.Decision.InSync;
import dev.lambdaconfig.decision.Decision.Retry;
import dev.lambdaconfig.decision.Decision.Stalled;
import dev.lambdaconfig.decision.Decision.Update;
import dev.lambdaconfig.decision.history.Cause;
import dev.lambdaconfig.decision.history.RetryState;
import dev.lambdaconfig.decision.history.UpdateHistory;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.plan.Desired;
import dev.lambdaconfig.plan.Diff;
import dev.lambdaconfig.plan.TestSpecs;
import dev.lambdaconfig.plan.redaction.Redaction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One decision at a time. Whole lives are in {@link WholeLivesTest}. */
final class DeciderTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Desired DESIRED = TestSpecs.desired("{timeout: 9}");

  private UpdateHistory history = UpdateHistory.NONE;
  private RetryState retryState = RetryState.NONE;
  private Instant now = NOW;
  private long generation = 1;
  private @Nullable String pinned;
  private boolean allowUnguarded;
  private Desired desired = DESIRED;

  @Test
  void sameAndSettledIsInSync() {
    assertThat(read("{Timeout: 9}")).isInstanceOf(InSync.class);
  }

  @Test
  void aDifferenceIsSentWithTheRevisionThatItWasReadFrom() {
    assertThat(read("{Timeout: 3}"))
        .isInstanceOfSatisfying(
            Update.class,
            update -> {
              assertThat(update.revisionId()).isEqualTo("r1");
              assertThat(update.plan().fields()).containsExactly("timeout");
              assertThat(update.cause()).isEqualTo(Cause.SpecChanged);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "State: Pending",
        "State: Pending, LastUpdateStatus: null",
        "LastUpdateStatus: InProgress",
        "State: Inactive, LastUpdateStatus: InProgress",
        "State: Failed, LastUpdateStatus: InProgress"
      })
  void aBusyFunctionIsWaitedForWhateverDiffers(String members) {
    for (int timeout : new int[] {3, 9}) {
      assertThat(read("{Timeout: " + timeout + ", " + members + "}"))
          .isInstanceOfSatisfying(
              InProgress.class,
              wait -> assertThat(wait.reason()).isEqualTo(Decider.UPDATE_IN_PROGRESS));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "State: Active",
        "State: Inactive, StateReasonCode: Idle",
        "State: ActiveNonInvocable",
        "State: SomethingNew",
        "State: null",
        "LastUpdateStatus: null",
        "LastUpdateStatus: ''",
        "State: null, LastUpdateStatus: null"
      })
  void aFunctionAtRestIsInSyncAndCanBeUpdated(String members) {
    assertThat(read("{Timeout: 9, " + members + "}")).isInstanceOf(InSync.class);
    assertThat(read("{Timeout: 3, " + members + "}")).isInstanceOf(Update.class);
  }

  @Test
  void anUnknownUpdateStatusIsNeverInSyncButCanBeUpdated() {
    assertThat(read("{Timeout: 9, LastUpdateStatus: Queued}"))
        .isInstanceOfSatisfying(
            InProgress.class, wait -> assertThat(wait.message()).contains("Queued"));
    assertThat(read("{Timeout: 3, LastUpdateStatus: Queued}")).isInstanceOf(Update.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Failed", "Deactivated", "Deactivating", "Deleting"})
  void aDeadFunctionIsStalledWithItsReason(String state) {
    for (int timeout : new int[] {3, 9}) {
      assertThat(read("{Timeout: " + timeout + ", State: " + state + "}"))
          .isInstanceOfSatisfying(
              Stalled.class, stalled -> assertThat(stalled.reason()).isEqualTo(state));
      assertThat(
              read("{Timeout: " + timeout + ", State: " + state + ", StateReasonCode: EniLimit}"))
          .isInstanceOfSatisfying(
              Stalled.class, stalled -> assertThat(stalled.reason()).isEqualTo("EniLimit"));
    }
  }

  @Test
  void anotherFunctionThanThePinnedOneIsNeverUpdatedNorWaitedFor() {
    pinned = "arn:aws:lambda:us-east-1:123456789012:function:fn";
    history = history(open());
    for (String members : List.of("{Timeout: 3}", "{Timeout: 3, LastUpdateStatus: InProgress}")) {
      assertThat(read(members))
          .isInstanceOfSatisfying(
              Stalled.class, stalled -> assertThat(stalled.reason()).isEqualTo("TargetChanged"));
      assertThat(history.records()).containsExactly(open());
    }
  }

  @Test
  void aQualifiedArnIsTheSameFunction() {
    pinned = "arn:aws:lambda:eu-west-1:123456789012:function:fn";
    assertThat(read("{Timeout: 9, FunctionArn: '" + pinned + ":$LATEST'}"))
        .isInstanceOf(InSync.class);
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "TooManyRequestsException | 429 | Rate exceeded | Retry",
        "ThrottlingException | 400 | Rate exceeded | Retry",
        "ServiceException | 500 | oops | Retry",
        "HTTP503 | 503 | | Retry",
        "EndpointUnreachable | 0 | no route | Retry",
        "CredentialsUnavailable | 0 | none | Retry",
        "ExpiredTokenException | 403 | old | Retry",
        "ExpiredToken | 400 | old | Retry",
        "InvalidSignatureException | 403 | Signature expired: 20261126T0100Z is now earlier than"
            + " 20261126T0110Z (20261126T0115Z - 5 min.) | Retry",
        "InvalidSignatureException | 403 | Signature not yet current: 20261126T0200Z is still later"
            + " than 20261126T0120Z | Retry",
        "SignatureDoesNotMatch | 403 | Signature expired: 20261126T0100Z is now earlier | Retry",
        "RequestExpired | 400 | Request has expired. | Retry",
        "RequestTimeTooSkewed | 403 | The difference is too large | Retry",
        "RequestInTheFuture | 403 | x | Retry",
        "InvalidSignatureException | 403 | The request signature we calculated does not match the"
            + " signature you provided. | Stalled",
        "SignatureDoesNotMatch | 403 | | Stalled",
        "ClientError | 0 | unreadable | Retry",
        "ResourceConflictException | 409 | An update is in progress | InProgress",
        "PreconditionFailedException | 412 | The Revision Id | ReadAgain",
        "InvalidParameterValueException | 400 | The role defined for the function cannot be assumed"
            + " by Lambda. | Retry",
        "InvalidParameterValueException | 400 | The provided execution role does not have"
            + " permissions to call X | Retry",
        "InvalidParameterValueException | 400 | KMS key is invalid for CreateGrant. KMS Message:"
            + " key | Retry",
        "InvalidParameterValueException | 400 | KMS key is invalid for CreateGrant. Key Aliases are"
            + " not supported | Stalled",
        "InvalidParameterValueException | 400 | Your request has been throttled by EC2 | Retry",
        "InvalidParameterValueException | 400 | EFS mount target is not yet available | Retry",
        "InvalidParameterValueException | 400 | EC2 Error Code: InvalidSubnetID.NotFound. | Retry",
        "InvalidParameterValueException | 400 | EC2 Error Code: InvalidGroup.NotFound. | Retry",
        "InvalidParameterValueException | 400 | anything else | Stalled",
        "ValidationException | 400 | 1 validation error | Stalled",
        "RequestEntityTooLargeException | 413 | too large | Stalled",
        "CodeVerificationFailedException | 400 | x | Stalled",
        "InvalidCodeSignatureException | 400 | x | Stalled",
        "CodeSigningConfigNotFoundException | 404 | x | Stalled",
        "ResourceNotFoundException | 404 | Layer version arn:aws:lambda:x does not exist. |"
            + " Stalled",
        "HTTP404 | 404 | | Stalled",
        "HTTP501 | 501 | | Stalled",
        "InternalFailure | 501 | API action 'UpdateFunctionConfiguration' for service 'lambda' not"
            + " yet implemented or pro feature | Stalled",
        "InternalFailure | 500 | The UpdateFunctionConfiguration action has not been implemented |"
            + " Stalled",
        "HTTP500 | 500 | NotImplementedError: x | Stalled",
        "NotImplemented | 500 | x | Stalled",
        "NotImplementedException | 400 | x | Stalled",
        "UnknownOperationException | 404 | x | Stalled",
        "InternalFailure | 500 | An internal error occurred | Retry",
        "AccessDeniedException | 403 | | Stalled",
        "AccessDeniedException | 400 | | Stalled",
        "UnrecognizedClientException | 403 | x | Stalled",
        "SomethingNew | 400 | x | Stalled"
      })
  void sortsWhatAnUpdateMeets(String code, int status, @Nullable String message, String kind) {
    Decision decision = refuse(new Failure(code, message, status, null));

    assertThat(decision.getClass().getSimpleName()).isEqualTo(kind);
    if (decision instanceof Stalled stalled) {
      assertThat(stalled.reason()).isEqualTo(code);
      assertThat(retryState.held()).isNotNull();
      assertThat(history.records()).extracting(UpdateRecord::outcome).containsExactly(code);
    }
  }

  @Test
  void aMissingFunctionIsStalledByARead() {
    Failure missing = new Failure("ResourceNotFoundException", "Function not found", 404, null);

    assertThat(readFails(missing))
        .isInstanceOfSatisfying(
            Stalled.class,
            stalled -> {
              assertThat(stalled.reason()).isEqualTo(Decider.FUNCTION_NOT_FOUND);
              assertThat(stalled.message()).contains("never created");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "InvalidSubnetID.NotFound, 119, 120",
    "throttled by EC2, 599, 600",
    "cannot be assumed by Lambda, 899, 900"
  })
  void patienceEnds(String message, long before, long after) {
    Failure failure = new Failure("InvalidParameterValueException", message, 400, null);
    refuse(failure);
    now = NOW.plusSeconds(before);
    assertThat(refuse(failure)).isInstanceOf(Retry.class);
    now = NOW.plusSeconds(after);
    assertThat(refuse(failure)).isInstanceOf(Stalled.class);
  }

  @Test
  void aStaleRevisionDropsTheRecord() {
    refuse(new Failure("PreconditionFailedException", "stale", 412, null));

    assertThat(history.records()).isEmpty();
  }

  @Test
  void anAcceptedUpdateWhoseRecordAnotherOperatorDroppedIsRecordedAllTheSame() {
    // Given
    history = history();
    retryState = RetryState.NONE.accepted(null, now, open());

    // When
    read("{Timeout: 9, RevisionId: r3}");

    // Then
    assertThat(history.records())
        .extracting(UpdateRecord::outcome)
        .containsExactly(UpdateHistory.SUCCEEDED);
  }

  @Test
  void aRecordOfAnotherOperatorWhoseRevisionWasUpdatedAlreadyIsNoSecondSuccess() {
    // Given: two operators told the same update, and one of them could send it
    history = history(open());
    read("{Timeout: 9, RevisionId: r3}");
    history = history(open(), history.records().getFirst());

    // When
    read("{Timeout: 9, RevisionId: r3}");

    // Then
    assertThat(history.records())
        .extracting(UpdateRecord::outcome)
        .containsExactly(UpdateHistory.SUCCEEDED);
  }

  @ParameterizedTest
  @CsvSource({
    "EndpointUnreachable, 0, true",
    "ServiceException, 500, true",
    "CredentialsUnavailable, 0, false",
    "TooManyRequestsException, 429, false",
    "ResourceConflictException, 409, false"
  })
  void whatMayHaveBeenAppliedStaysOpen(String code, int status, boolean open) {
    refuse(new Failure(code, "x", status, null));

    assertThat(history.records()).hasSize(open ? 1 : 0);
    assertThat(history.isOpen()).isEqualTo(open);
  }

  @Test
  void aLostReplyIsClosedBySuccess() {
    history = history(open());
    assertThat(read("{Timeout: 9, RevisionId: r3}")).isInstanceOf(InSync.class);
    assertThat(history.records())
        .extracting(UpdateRecord::outcome)
        .containsExactly(UpdateHistory.SUCCEEDED);
    assertThat(history.records()).extracting(UpdateRecord::settledRevision).containsExactly("r3");
  }

  @Test
  void aLostReplyWhoseRevisionNeverMovedIsDroppedAndSentAgain() {
    history = history(open());
    assertThat(read("{Timeout: 3}")).isInstanceOf(Update.class);
    assertThat(history.records()).isEmpty();
  }

  @Test
  void anAcceptedUpdateThatDoesNotShowIsNotAppliedAndGivenUpTheSecondTime() {
    history = history(open());
    retryState = RetryState.NONE.accepted(null, now, null);
    assertThat(read("{Timeout: 3, RevisionId: r3}"))
        .isInstanceOfSatisfying(
            Update.class, update -> assertThat(update.cause()).isEqualTo(Cause.Retried));
    assertThat(history.records())
        .extracting(UpdateRecord::outcome)
        .containsExactly(UpdateHistory.NOT_APPLIED);

    history = opened();
    retryState = RetryState.NONE.accepted(null, now, null);
    assertThat(read("{Timeout: 3, RevisionId: r5}"))
        .isInstanceOfSatisfying(
            Stalled.class,
            stalled -> {
              assertThat(stalled.reason()).isEqualTo(UpdateHistory.NOT_APPLIED);
              assertThat(stalled.message()).contains("timeout");
            });
    assertThat(read("{Timeout: 3, RevisionId: r6}")).isInstanceOf(Update.class);
    generation = 2;
    assertThat(read("{Timeout: 3, RevisionId: r5}")).isInstanceOf(Update.class);
  }

  @Test
  void anUpdateOfAnEarlierSpecIsNotHeldAgainstThisOne() {
    history = history(open());
    generation = 2;
    read("{Timeout: 3, RevisionId: r3}");
    assertThat(history.records())
        .extracting(UpdateRecord::outcome)
        .containsExactly(UpdateHistory.SUCCEEDED);
  }

  @Test
  void ourFailedUpdateIsResentWhenDueThoughItReadsAsDesired() {
    history = history(open());
    String failed =
        "{Timeout: 9, RevisionId: r3, LastUpdateStatus: Failed,"
            + " LastUpdateStatusReasonCode: EFSMountTimeoutException}";
    Decision first = read(failed);
    assertThat(first).isInstanceOf(Retry.class);
    Duration delay = ((Retry) first).requeueAfter();

    now = NOW.plus(delay).minusMillis(1);
    assertThat(read(failed))
        .isInstanceOfSatisfying(
            Retry.class, retry -> assertThat(retry.requeueAfter()).isEqualTo(Duration.ofMillis(1)));
    now = NOW.plus(delay);
    assertThat(read(failed))
        .isInstanceOfSatisfying(
            Update.class,
            update -> {
              assertThat(update.plan().request()).containsOnlyKeys("Timeout");
              assertThat(update.cause()).isEqualTo(Cause.Retried);
              assertThat(update.revisionId()).isEqualTo("r3");
            });
  }

  @Test
  void ourFailedUpdateIsHeldLikeAnyOtherOnceAwsRefusesToTakeItAgain() {
    history = history(open());
    String failed =
        "{Timeout: 9, RevisionId: r1, LastUpdateStatus: Failed,"
            + " LastUpdateStatusReasonCode: EniLimitExceeded}";
    read(failed.replace("r1", "r3"));
    refuse(new Failure("AccessDeniedException", null, 403, null));

    // The same every time: a status that flips between two reasons is written with every pass.
    for (int pass = 0; pass < 3; pass++) {
      assertThat(read(failed))
          .isInstanceOfSatisfying(
              Stalled.class,
              stalled -> assertThat(stalled.reason()).isEqualTo("AccessDeniedException"));
      now = now.plusSeconds(60);
    }
    now = NOW.plus(Duration.ofMinutes(5));
    assertThat(read(failed)).isInstanceOf(Retry.class);
    now = now.plusSeconds(60);
    assertThat(read(failed)).isInstanceOf(Update.class);
  }

  @Test
  void ourFailedUpdateIsNotResentUnguarded() {
    history = history(open());
    String failed =
        "{Timeout: 9, RevisionId: null, LastUpdateStatus: Failed,"
            + " LastUpdateStatusReasonCode: EniLimitExceeded}";
    read(failed);
    now = NOW.plusSeconds(60);
    assertThat(read(failed).toString()).contains(Decider.NO_REVISION_ID);
  }

  @Test
  void somebodyElsesFailedUpdateIsStalledUnlessThereIsSomethingToSend() {
    String failed = ", LastUpdateStatus: Failed, LastUpdateStatusReasonCode: EniLimitExceeded}";
    assertThat(read("{Timeout: 9" + failed))
        .isInstanceOfSatisfying(
            Stalled.class, stalled -> assertThat(stalled.reason()).isEqualTo("EniLimitExceeded"));
    assertThat(read("{Timeout: 3" + failed)).isInstanceOf(Update.class);
  }

  @Test
  void aRefusedPlanIsHeldForTheSameSpecAndRevision() {
    refuse(new Failure("ValidationException", "no", 400, null));

    now = NOW.plus(Duration.ofMinutes(29));
    assertThat(read("{Timeout: 3}"))
        .isInstanceOfSatisfying(
            Stalled.class,
            stalled -> assertThat(stalled.reason()).isEqualTo("ValidationException"));
    assertThat(read("{Timeout: 3, RevisionId: r2}")).isInstanceOf(Update.class);
    generation = 2;
    assertThat(read("{Timeout: 3}")).isInstanceOf(Update.class);
    generation = 1;
    now = NOW.plus(Duration.ofMinutes(30));
    assertThat(read("{Timeout: 3}")).isInstanceOf(Update.class);
  }

  @Test
  void withoutARevisionNothingIsSentUnlessAllowed() {
    assertThat(read("{Timeout: 3, RevisionId: null}").toString())
        .contains(Decider.NO_REVISION_ID, "--allow-unguarded-updates");
    assertThat(read("{Timeout: 9, RevisionId: null}")).isInstanceOf(InSync.class);
    allowUnguarded = true;
    assertThat(read("{Timeout: 3, RevisionId: null}"))
        .isInstanceOfSatisfying(Update.class, update -> assertThat(update.revisionId()).isNull());
  }

  @Test
  void anUnreadableEnvironmentIsStalledAndNotOverwritten() {
    desired = TestSpecs.desired("{environment: {variables: {AA: x}}}");
    assertThat(read("{Environment: {Error: {ErrorCode: KMSDisabledException, Message: off}}}"))
        .isInstanceOfSatisfying(
            Stalled.class,
            stalled -> {
              assertThat(stalled.reason()).isEqualTo("KMSDisabledException");
              assertThat(stalled.message()).contains("environment", "off");
            });
  }

  @Test
  void unreadableButUnmanagedIsNobodysBusiness() {
    assertThat(read("{Timeout: 9, Environment: {Error: {ErrorCode: KMSDisabledException}}}"))
        .isInstanceOf(InSync.class);
  }

  @Test
  void throttlingHonoursRetryAfterWithinReason() {
    assertThat(refuse(throttled(Duration.ofSeconds(40))))
        .isInstanceOfSatisfying(
            Retry.class,
            retry -> assertThat(retry.requeueAfter()).isEqualTo(Duration.ofSeconds(40)));
    assertThat(readFails(throttled(Duration.ofSeconds(Long.MAX_VALUE))))
        .isInstanceOfSatisfying(
            Retry.class, retry -> assertThat(retry.requeueAfter()).isEqualTo(Duration.ofHours(1)));
    assertThat(readFails(throttled(Duration.ZERO)))
        .isInstanceOfSatisfying(
            Retry.class,
            retry -> assertThat(retry.requeueAfter()).isGreaterThan(Duration.ofSeconds(1)));
  }

  @Test
  void pollsGrowFromOneSecondToFifteen() {
    assertThat(RequeuePolicy.poll(0, 0.5)).isEqualTo(Duration.ofSeconds(1));
    assertThat(RequeuePolicy.poll(1, 0.5)).isEqualTo(Duration.ofMillis(1500));
    assertThat(RequeuePolicy.poll(Integer.MAX_VALUE, 0.5)).isEqualTo(Duration.ofSeconds(15));
    assertThat(RequeuePolicy.poll(-1, 0)).isEqualTo(Duration.ofMillis(900));
  }

  @Test
  void retriesGrowFromTwoSecondsToFiveMinutes() {
    assertThat(RequeuePolicy.retry(0, 1)).isEqualTo(Duration.ofSeconds(2));
    assertThat(RequeuePolicy.retry(0, 0)).isEqualTo(Duration.ofSeconds(1));
    assertThat(RequeuePolicy.retry(3, 1)).isEqualTo(Duration.ofSeconds(16));
    assertThat(RequeuePolicy.retry(Integer.MAX_VALUE, 1)).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void rechecksAreNeverLaterThanTheInterval() {
    assertThat(RequeuePolicy.recheck(Duration.ofMinutes(1), 1)).isEqualTo(Duration.ofMinutes(1));
    assertThat(RequeuePolicy.recheck(Duration.ofMinutes(1), 0)).isEqualTo(Duration.ofSeconds(48));
  }

  @Test
  void theHistoryKeepsTenAndFoldsTheSameInVain() {
    Failure denied = new Failure("AccessDeniedException", null, 403, null);
    for (int i = 0; i < 15; i++) {
      refuse(denied);
    }
    assertThat(history.records()).hasSize(1);
    for (int i = 0; i < 15; i++) {
      generation++;
      refuse(denied);
    }
    assertThat(history.records()).hasSize(10);
  }

  @Test
  void messagesOfAwsAreCleaned() {
    desired = TestSpecs.desired("{environment: {variables: {AA: hunter22}}}");
    assertThat(refuse(new Failure("ValidationException", "bad: hunter22", 400, null)).toString())
        .contains(Redaction.WITHHELD);
    assertThat(
            read("{State: Failed, StateReason: live3333, Environment: {Variables: {B1: live3333}}}")
                .toString())
        .contains(Redaction.WITHHELD);
  }

  private static Failure throttled(Duration retryAfter) {
    return new Failure("TooManyRequestsException", "slow down", 429, retryAfter);
  }

  private static Update update() {
    return new Update(
        Diff.between(DESIRED, TestSpecs.function("{Timeout: 3}")), "r1", Cause.SpecChanged);
  }

  private static UpdateRecord open() {
    return new UpdateRecord(
        NOW.toString(),
        List.of("timeout"),
        "SpecChanged",
        1L,
        "r1",
        UpdateHistory.IN_PROGRESS,
        null);
  }

  private static UpdateHistory history(UpdateRecord... records) {
    return new UpdateHistory(List.of(records));
  }

  private UpdateHistory opened() {
    return history.opened(List.of("timeout"), Cause.SpecChanged, generation, "r1", now);
  }

  private Decision read(String members) {
    ObservedFunction function = TestSpecs.function(members);
    return took(Decider.afterRead(input(), new Answer.Described(function)));
  }

  private Decision readFails(Failure failure) {
    return took(Decider.afterRead(input(), new Answer.Failed(failure)));
  }

  private Decision refuse(Failure failure) {
    history = opened();
    return took(
        Decider.afterUpdate(
            input(), update(), TestSpecs.function("{Timeout: 3}"), new Answer.Failed(failure)));
  }

  private Decision took(Judgement step) {
    history = step.history();
    retryState = step.retryState();
    return step.decision();
  }

  private DecisionInput input() {
    return DecisionInput.of(
            desired,
            generation,
            new DecisionInput.Options(Duration.ofHours(1), allowUnguarded),
            now,
            0.5)
        .with(new DecisionInput.Before(null, pinned, false, null))
        .with(history, retryState);
  }
}
