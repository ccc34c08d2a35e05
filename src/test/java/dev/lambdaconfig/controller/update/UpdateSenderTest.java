package dev.lambdaconfig.controller.update;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.controller.state.ManagedResource;
import dev.lambdaconfig.controller.state.Verdict;
import dev.lambdaconfig.decision.Decider;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.decision.Submission;
import dev.lambdaconfig.decision.history.DesiredVersion;
import dev.lambdaconfig.decision.history.UpdateHistory;
import dev.lambdaconfig.model.Failure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is decided on AWS's answer to one update. */
final class UpdateSenderTest {

  private final UpdateSetup setup = new UpdateSetup();
  private final UpdateSender sender = setup.sender();
  private final ManagedResource resource = new ManagedResource("{timeout: 9}");

  @BeforeEach
  void create() {
    setup.aws.create("fn", "{Timeout: 3}");
  }

  @AfterEach
  void close() {
    setup.close();
  }

  @Test
  void anAcceptedUpdateIsInProgressAndNoEventYet() {
    // When
    Verdict verdict = send("r1");

    // Then
    assertThat(decided(verdict, Decision.InProgress.class).reason())
        .isEqualTo(Decider.UPDATE_IN_PROGRESS);
    assertThat(verdict.step().submission()).isEqualTo(Submission.ACCEPTED);
    assertThat(verdict.step().appliedAt()).isEqualTo(ManagedResource.NOW);
    assertThat(verdict.step().history().isOpen()).isTrue();
    assertThat(setup.events.all).isEmpty();
  }

  @Test
  void aStaleRevisionIsReadAgainAtMostThreeTimes() {
    // When
    Verdict first = send("r0");
    Verdict second = send("r0");
    Verdict third = send("r0");

    // Then
    assertThat(first).isInstanceOf(Verdict.Pass.class);
    assertThat(second).isInstanceOf(Verdict.Pass.class);
    assertThat(decided(third, Decision.Retry.class).reason())
        .isEqualTo("PreconditionFailedException");
    assertThat(third.step().history()).isEqualTo(UpdateHistory.NONE);
    assertThat(setup.events.all).as("nothing was changed").isEmpty();
  }

  @Test
  void staleRevisionsCountInARow() {
    // Given
    send("r0");
    send("r0");
    send("r1");

    // Then
    assertThat(send("r0")).isInstanceOf(Verdict.Pass.class);
    assertThat(send("r0")).isInstanceOf(Verdict.Pass.class);
  }

  @Test
  void anUpdateOfSomebodyElseIsWaitedFor() {
    // Given
    setup.aws.refusal =
        new Failure("ResourceConflictException", "an update is in progress", 409, null);

    // When
    Verdict verdict = send("r1");

    // Then
    assertThat(decided(verdict, Decision.InProgress.class).reason())
        .isEqualTo(Decider.UPDATE_IN_PROGRESS);
    assertThat(verdict.step().submission()).isEqualTo(Submission.OVERTAKEN);
    assertThat(verdict.step().history().isOpen()).isFalse();
  }

  @Test
  void anUpdateWithoutAnAnswerStaysOpenAndIsSentOnce() {
    // Given
    setup.aws.refusal = UpdateSetup.UNREACHABLE;

    // When
    Verdict verdict = send("r1");

    // Then
    assertThat(decided(verdict, Decision.Retry.class).reason())
        .isEqualTo(Failure.ENDPOINT_UNREACHABLE);
    assertThat(verdict.step().submission()).isEqualTo(Submission.UNCERTAIN);
    assertThat(verdict.step().history().isOpen()).isTrue();
    assertThat(setup.aws.updates).containsExactly("fn");
  }

  @Test
  void aRefusedUpdateIsStalledWithAwsCodeAndEnds() {
    // Given
    setup.aws.refusal = UpdateSetup.REFUSAL;

    // When
    Verdict verdict = send("r1");

    // Then
    assertThat(decided(verdict, Decision.Stalled.class).reason())
        .isEqualTo("InvalidParameterValueException");
    assertThat(verdict.step().history().isOpen()).isFalse();
    assertThat(requireNonNull(verdict.step().history().newest()).outcome())
        .isEqualTo("InvalidParameterValueException");
  }

  @Test
  void aThrottledUpdateKeepsItsPlanForTheNextReconcile() {
    // Given
    resource.state.observe(seen -> seen.judged(DesiredVersion.of(1)));
    setup.aws.refusal = UpdateSetup.THROTTLED;

    // When
    Verdict verdict = send("r1");

    // Then
    assertThat(decided(verdict, Decision.Retry.class).reason())
        .isEqualTo("TooManyRequestsException");
    assertThat(resource.state.observation().isAnnounced()).isTrue();
    assertThat(setup.aws.reads).isEmpty();
  }

  private Verdict send(String revisionId) {
    return sender.send(
        resource.reconciliation(),
        resource
            .planned("{Timeout: 3, RevisionId: " + revisionId + "}")
            .with(UpdateSetup.announced(revisionId)),
        setup.granted(resource));
  }

  private static <T extends Decision> T decided(Verdict verdict, Class<T> type) {
    assertThat(verdict).isInstanceOf(Verdict.Decide.class);
    assertThat(verdict.step().decisionMade()).isInstanceOf(type);
    return type.cast(verdict.step().decisionMade());
  }
}
