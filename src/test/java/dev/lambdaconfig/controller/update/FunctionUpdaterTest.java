package dev.lambdaconfig.controller.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lambdaconfig.aws.RateLimitedLambda;
import dev.lambdaconfig.controller.report.Reporters;
import dev.lambdaconfig.controller.state.Gate;
import dev.lambdaconfig.controller.state.ManagedResource;
import dev.lambdaconfig.controller.state.Step;
import dev.lambdaconfig.controller.state.Verdict;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.decision.Requeue;
import dev.lambdaconfig.decision.history.DesiredVersion;
import dev.lambdaconfig.decision.history.UpdateHistory;
import dev.lambdaconfig.kube.status.InMemoryStatusStore;
import dev.lambdaconfig.kube.status.StatusStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When an update that was decided on is sent, and what becomes of one that has to wait. */
final class FunctionUpdaterTest {

  private static final Gate OPEN = (reconciliation, step) -> Verdict.pass(step);

  private final UpdateSetup setup = new UpdateSetup();
  private final InMemoryStatusStore statuses = new InMemoryStatusStore();
  private final ManagedResource resource = new ManagedResource("{timeout: 9}");
  private final Step guarded = resource.planned("{Timeout: 3}");
  private final Step unguarded = resource.planned("{Timeout: 3, RevisionId: null}");

  @BeforeEach
  void create() {
    setup.aws.create("fn", "{Timeout: 3}");
    resource.state.observe(seen -> seen.judged(DesiredVersion.of(1)));
  }

  @AfterEach
  void close() {
    setup.close();
  }

  @Test
  void aGrantedUpdateIsSentOnce() {
    // When
    Verdict verdict = send(setup.lambda, OPEN, guarded.with(UpdateSetup.announced("r1")));

    // Then
    assertThat(verdict).isInstanceOf(Verdict.Decide.class);
    assertThat(setup.aws.updates).containsExactly("fn");
    assertThat(statuses.written).as("the status announced it before").isEmpty();
  }

  @Test
  void anUpdateThatHasToWaitKeepsItsPlanAndLooksAgainWhenItIsGranted() {
    // When
    Verdict verdict = send(setup.usedUp(), OPEN, guarded);

    // Then
    assertThatItWaits(verdict);
    assertThat(statuses.written).isEmpty();
  }

  @Test
  void anUpdateWithoutAFreePlaceIsNotSent() {
    // Given
    Gate full =
        (reconciliation, step) ->
            Verdict.lookAgain(step, new Requeue.WhenGranted(Duration.ofSeconds(1)));

    // When
    Verdict verdict = send(setup.lambda, full, guarded);

    // Then
    assertThatItWaits(verdict);
  }

  @Test
  void anUpdateThatIsPausedAtTheLastMomentIsNotSent() {
    // Given
    Decision.Paused pause = new Decision.Paused("others fail", Duration.ofMinutes(5));

    // When
    Verdict verdict =
        send(setup.lambda, (reconciliation, step) -> Verdict.decide(step, pause), guarded);

    // Then
    assertThat(verdict.step().decision()).isEqualTo(pause);
    assertThat(setup.aws.updates).isEmpty();
  }

  @Test
  void anUnguardedUpdateIsAnnouncedAfterItsGrantAndBeforeItIsSent() {
    // Given
    List<Integer> writtenBefore = new ArrayList<>();
    setup.aws.duringUpdate = () -> writtenBefore.add(statuses.written.size());

    // When
    send(setup.lambda, OPEN, unguarded);

    // Then
    assertThat(writtenBefore).containsExactly(1);
    assertThat(UpdateHistory.of(statuses.written.getFirst()).isOpen()).isTrue();
  }

  @Test
  void anUnguardedUpdateThatCannotBeAnnouncedIsNotSent() {
    // Given
    statuses.answer = StatusStore.Written.STALE;

    // When
    Verdict verdict = send(setup.lambda, OPEN, unguarded);

    // Then
    assertThat(verdict).isInstanceOf(Verdict.LookAgain.class);
    assertThat(setup.aws.updates).isEmpty();
    assertThat(resource.state.observation().queued()).isNotNull();
  }

  @Test
  void anUnguardedUpdateThatHasToWaitIsReported() {
    // When
    Verdict verdict = send(setup.usedUp(), OPEN, unguarded);

    // Then
    assertThatItWaits(verdict);
    assertThat(statuses.written).hasSize(1);
    assertThat(UpdateHistory.of(statuses.written.getFirst()).isOpen())
        .as("an announcement would follow the grant")
        .isFalse();
  }

  @Test
  void aWithdrawnUpdateHasNoPlaceInTheQueue() {
    // Given
    RateLimitedLambda slow = setup.lambda(1);
    Verdict verdict = send(slow, OPEN, guarded);
    for (int i = 0; i < 10 && !(verdict instanceof Verdict.LookAgain); i++) {
      verdict = send(slow, OPEN, guarded);
    }
    assertThat(slow.isAwaited()).isTrue();

    // When
    updater(slow, OPEN).withdraw(resource.reconciliation());

    // Then
    assertThat(slow.isAwaited()).isFalse();
  }

  @Test
  void aGrantWhoseCallIsNeverMadeIsGivenBackWhateverHappens() {
    // Given
    Gate failing =
        (reconciliation, step) -> {
          throw new NoClassDefFoundError("of a gate");
        };

    // When: more often than calls can be under way
    for (int i = 0; i < 1000; i++) {
      assertThatThrownBy(() -> send(setup.lambda, failing, guarded))
          .isInstanceOf(NoClassDefFoundError.class);
    }

    // Then
    assertThat(send(setup.lambda, OPEN, guarded)).isInstanceOf(Verdict.Decide.class);
    assertThat(setup.aws.updates).containsExactly("fn");
  }

  private Verdict send(RateLimitedLambda lambda, Gate beforeSending, Step step) {
    return updater(lambda, beforeSending).send(resource.reconciliation(), step);
  }

  private FunctionUpdater updater(RateLimitedLambda lambda, Gate beforeSending) {
    return new FunctionUpdater(lambda, Reporters.of(statuses), beforeSending, setup.sender());
  }

  private void assertThatItWaits(Verdict verdict) {
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.LookAgain.class,
            again -> assertThat(again.requeue()).isInstanceOf(Requeue.WhenGranted.class));
    assertThat(setup.aws.updates).isEmpty();
    assertThat(resource.state.observation().queued()).isNotNull();
  }
}
