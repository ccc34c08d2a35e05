package dev.lambdaconfig.decision;

import static dev.lambdaconfig.decision.DecisionAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.decision.history.Cause;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.plan.redaction.Redaction;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Decisions on a read by the state of the function. */
final class DeciderTest {

  private final DeciderFixture resource = new DeciderFixture();

  @Nested
  final class OfAFunctionAtRest {

    @Test
    void isInSyncWhereNothingDiffers() {
      assertThat(resource.reads("{Timeout: 9}")).isInSync();
    }

    @Test
    void sendsADifferenceWithTheRevisionThatItWasReadFrom() {
      assertThat(resource.reads("{Timeout: 3}"))
          .isUpdate()
          .withRevision("r1")
          .withFields("timeout")
          .withCause(Cause.SpecChanged);
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
    void isInSyncOrUpdatedWhateverTheWordForRest(String members) {
      assertThat(resource.reads("{Timeout: 9, " + members + "}")).isInSync();
      assertThat(resource.reads("{Timeout: 3, " + members + "}")).isUpdate();
    }
  }

  @Nested
  final class OfABusyFunction {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "State: Pending",
          "State: Pending, LastUpdateStatus: null",
          "LastUpdateStatus: InProgress",
          "State: Inactive, LastUpdateStatus: InProgress",
          "State: Failed, LastUpdateStatus: InProgress"
        })
    void waitsWhateverDiffers(String members) {
      for (int timeout : new int[] {3, 9}) {
        assertThat(resource.reads("{Timeout: " + timeout + ", " + members + "}"))
            .isInProgress()
            .withReason(Decider.UPDATE_IN_PROGRESS);
      }
    }

    @Test
    void isNeverInSyncWithAnUnknownUpdateStatusButUpdates() {
      assertThat(resource.reads("{Timeout: 9, LastUpdateStatus: Queued}"))
          .isInProgress()
          .withMessageContaining("Queued");
      assertThat(resource.reads("{Timeout: 3, LastUpdateStatus: Queued}")).isUpdate();
    }
  }

  @Nested
  final class OfADeadFunction {

    @ParameterizedTest
    @ValueSource(strings = {"Failed", "Deactivated", "Deactivating", "Deleting"})
    void isStalledWithTheReasonOfTheState(String state) {
      for (int timeout : new int[] {3, 9}) {
        String members = "{Timeout: " + timeout + ", State: " + state;
        assertThat(resource.reads(members + "}")).isStalled().withReason(state);
        assertThat(resource.reads(members + ", StateReasonCode: EniLimit}"))
            .isStalled()
            .withReason("EniLimit");
      }
    }

    @Test
    void withholdsAMessageThatRepeatsAValue() {
      assertThat(
              resource.reads(
                  "{State: Failed, StateReason: live3333, Environment: {Variables: {B1:"
                      + " live3333}}}"))
          .isStalled()
          .withMessageContaining(Redaction.WITHHELD);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 413, 502})
  void anAnswerWithNeitherCodeNorMessageIsNotTakenForOneOfAws(int status) {
    assertThat(resource.failsToRead(new Failure("HTTP" + status, null, status, null)))
        .withReason("HTTP" + status)
        .withMessageContaining("(HTTP " + status + ") has no code of AWS", "proxies");
    assertThat(resource.failsToRead(new Failure("AccessDenied", null, 403, null)))
        .withMessageContaining("AWS gives no reason");
    assertThat(
            resource.failsToRead(
                new Failure("UnrecognizedClientException", "not valid", 403, null)))
        .withMessageContaining("not valid; the credentials", "Region is not enabled");
    assertThat(resource.failsToRead(new Failure("HTTP403", "blocked by the gateway", 403, null)))
        .withMessageContaining("blocked by the gateway");
  }

  @Test
  void aStalledFunctionIsReadAgainWithinHalfAnHour() {
    Duration delay = Duration.ofMinutes(27);
    resource.isPinnedTo("arn:aws:lambda:eu-west-1:123456789012:function:fn");

    assertThat(resource.reads("{Timeout: 3, RevisionId: null}"))
        .isStalled()
        .withRequeueAfter(delay);
    assertThat(resource.reads("{FunctionArn: 'arn:aws:lambda:eu-west-1:210987654321:function:fn'}"))
        .isStalled()
        .withRequeueAfter(delay);
    assertThat(resource.failsToRead(new Failure("ResourceNotFoundException", "no", 404, null)))
        .isStalled()
        .withRequeueAfter(delay);
  }

  @Test
  void aMissingFunctionIsStalled() {
    assertThat(
            resource.failsToRead(
                new Failure("ResourceNotFoundException", "Function not found", 404, null)))
        .isStalled()
        .withReason(Decider.FUNCTION_NOT_FOUND)
        .withMessageContaining("does not create functions");
  }

  @Nested
  final class OfAPinnedFunction {

    @Test
    void neitherUpdatesNorWaitsForAnother() {
      resource.isPinnedTo("arn:aws:lambda:us-east-1:123456789012:function:fn");
      resource.hasHistory(DeciderFixture.open());
      for (String members : List.of("{Timeout: 3}", "{Timeout: 3, LastUpdateStatus: InProgress}")) {
        assertThat(resource.reads(members)).isStalled().withReason("TargetChanged");
        assertThat(resource.history().records()).containsExactly(DeciderFixture.open());
      }
    }

    @Test
    void takesAQualifiedArnForTheSame() {
      String pinned = "arn:aws:lambda:eu-west-1:123456789012:function:fn";
      resource.isPinnedTo(pinned);
      assertThat(resource.reads("{Timeout: 9, FunctionArn: '" + pinned + ":$LATEST'}")).isInSync();
    }
  }
}
