package dev.lambdaconfig.decision;

import static dev.lambdaconfig.decision.DecisionAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.UpdateRecord;
import dev.lambdaconfig.decision.history.Cause;
import dev.lambdaconfig.decision.history.UpdateHistory;
import dev.lambdaconfig.model.Failure;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The outcome that an answer or a later read gives to the record of an update. */
final class UpdateOutcomeTest {

  private final DeciderFixture resource = new DeciderFixture();

  @Nested
  final class OfAnUpdateThatFailed {

    @Test
    void isNoneForAStaleRevision() {
      resource.failsToUpdate(new Failure("PreconditionFailedException", "stale", 412, null));

      assertThat(resource.history().records()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
      "EndpointUnreachable, 0, true",
      "ServiceException, 500, true",
      "CredentialsUnavailable, 0, false",
      "TooManyRequestsException, 429, false",
      "ResourceConflictException, 409, false"
    })
    void staysOpenWhereItMayHaveBeenApplied(String code, int status, boolean open) {
      resource.failsToUpdate(new Failure(code, "x", status, null));

      assertThat(resource.history().records()).hasSize(open ? 1 : 0);
      assertThat(resource.history().isOpen()).isEqualTo(open);
    }

    @Test
    void isRecordedOnceWhereItIsTheSameAndTenTimesAtMost() {
      Failure denied = new Failure("AccessDeniedException", null, 403, null);
      for (int i = 0; i < 15; i++) {
        resource.failsToUpdate(denied);
      }
      assertThat(resource.history().records()).hasSize(1);
      for (int generation = 2; generation <= 16; generation++) {
        resource.hasGeneration(generation);
        resource.failsToUpdate(denied);
      }
      assertThat(resource.history().records()).hasSize(10);
    }
  }

  @Nested
  final class OfALostReply {

    @Test
    void isSuccessWhereTheFunctionIsAsDesired() {
      resource.hasHistory(DeciderFixture.open());

      assertThat(resource.reads("{Timeout: 9, RevisionId: r3}")).isInSync();

      assertThat(resource.outcomes()).containsExactly(UpdateHistory.SUCCEEDED);
      assertThat(resource.history().records())
          .extracting(UpdateRecord::settledRevision)
          .containsExactly("r3");
    }

    @Test
    void isNoneWhereTheRevisionNeverMovedAndTheUpdateIsSentAgain() {
      resource.hasHistory(DeciderFixture.open());

      assertThat(resource.reads("{Timeout: 3}")).isUpdate();

      assertThat(resource.history().records()).isEmpty();
    }
  }

  @Nested
  final class OfAnAcceptedUpdate {

    @Test
    void isNotAppliedWhereItDoesNotShowAndGivenUpTheSecondTime() {
      resource.hasHistory(DeciderFixture.open());
      resource.acceptedUpdate(null);
      assertThat(resource.reads("{Timeout: 3, RevisionId: r3}"))
          .isUpdate()
          .withCause(Cause.Retried);
      assertThat(resource.outcomes()).containsExactly(UpdateHistory.NOT_APPLIED);

      resource.opensUpdate();
      resource.acceptedUpdate(null);
      assertThat(resource.reads("{Timeout: 3, RevisionId: r5}"))
          .isStalled()
          .withReason(UpdateHistory.NOT_APPLIED)
          .withMessageContaining("timeout");
      assertThat(resource.reads("{Timeout: 3, RevisionId: r6}"))
          .isStalled()
          .withReason(UpdateHistory.NOT_APPLIED);
      assertThat(resource.reads("{Timeout: 3, MemorySize: 512, RevisionId: r7}")).isUpdate();
      resource.hasGeneration(2);
      assertThat(resource.reads("{Timeout: 3, RevisionId: r5}")).isUpdate();
    }

    @Test
    void isSuccessForAnEarlierSpecThatNoLongerShows() {
      resource.hasHistory(DeciderFixture.open());
      resource.hasGeneration(2);

      resource.reads("{Timeout: 3, RevisionId: r3}");

      assertThat(resource.outcomes()).containsExactly(UpdateHistory.SUCCEEDED);
    }
  }

  @Nested
  final class OfTwoOperators {

    @Test
    void isRecordedThoughTheOtherDroppedTheRecord() {
      // Given
      resource.hasHistory();
      resource.acceptedUpdate(DeciderFixture.open());

      // When
      resource.reads("{Timeout: 9, RevisionId: r3}");

      // Then
      assertThat(resource.outcomes()).containsExactly(UpdateHistory.SUCCEEDED);
    }

    @Test
    void isNoSecondSuccessWhereBothRecordedTheUpdateThatOneCouldSend() {
      // Given
      resource.hasHistory(DeciderFixture.open());
      resource.reads("{Timeout: 9, RevisionId: r3}");
      resource.hasHistory(DeciderFixture.open(), resource.history().records().getFirst());

      // When
      resource.reads("{Timeout: 9, RevisionId: r3}");

      // Then
      assertThat(resource.outcomes()).containsExactly(UpdateHistory.SUCCEEDED);
    }
  }
}
