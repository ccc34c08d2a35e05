package dev.lambdaconfig.controller.update;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.aws.limit.queue.Priority;
import dev.lambdaconfig.controller.ownership.Claims;
import dev.lambdaconfig.controller.state.ManagedResource;
import dev.lambdaconfig.controller.state.Step;
import dev.lambdaconfig.controller.state.Verdict;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.decision.Requeue;
import dev.lambdaconfig.decision.history.DesiredVersion;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a function is read, and what is decided without a read. */
final class FunctionObserverTest {

  private static final Failure THROTTLED =
      new Failure("TooManyRequestsException", "Rate exceeded", 429, Duration.ofSeconds(40));

  private final UpdateSetup setup = new UpdateSetup();
  private final FunctionObserver observer = setup.observer(setup.lambda);
  private final ManagedResource resource = new ManagedResource("{timeout: 9}");

  @AfterEach
  void close() {
    setup.close();
  }

  @Test
  void aDifferenceIsDecidedFromOneRead() {
    // Given
    setup.aws.create("fn", "{Timeout: 3}");

    // When
    Verdict verdict = observe(observer);

    // Then
    assertThat(verdict).isInstanceOf(Verdict.Pass.class);
    assertThat(verdict.step().update().plan().fields()).containsExactly("timeout");
    assertThat(verdict.step().update().revisionId()).isEqualTo("r1");
    assertThat(verdict.step().fresh()).isTrue();
    assertThat(setup.aws.reads).containsExactly("fn");
  }

  @Test
  void aChangedSpecIsPlannedFromTheLastRead() {
    // Given
    bringInSync();

    // When
    resource.declare("{timeout: 10}");
    Verdict verdict = observe(observer);

    // Then
    assertThat(verdict.step().update().revisionId()).isEqualTo("r1");
    assertThat(verdict.step().fresh()).isFalse();
    assertThat(setup.aws.reads).hasSize(1);
  }

  @Test
  void onlyAReadMaySayThatAChangedSpecIsInSync() {
    // Given
    bringInSync();

    // When
    resource.declare("{timeout: 9, description: ''}");
    Verdict verdict = observe(observer);

    // Then
    assertThat(verdict.step().decision()).isInstanceOf(Decision.InSync.class);
    assertThat(verdict.step().fresh()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{timeout: 10, mode: Observe}", "{timeout: 10, deletionPolicy: Restore}"})
  void neitherAnObservedResourceNorOneToRestoreIsPlannedWithoutARead(String spec) {
    // Given
    bringInSync();

    // When
    resource.declare(spec);
    Verdict verdict = observe(observer);

    // Then
    assertThat(verdict.step().fresh()).isTrue();
  }

  @Test
  void afterAChangeOfTheFunctionTheLastReadIsNotPlannedFrom() {
    // Given
    bringInSync();
    resource.state.observe(seen -> seen.stale());

    // When
    resource.declare("{timeout: 10}");
    Verdict verdict = observe(observer);

    // Then
    assertThat(verdict.step().fresh()).isTrue();
  }

  @Test
  void whatAwsHasDeniedToItsIdentitySinceIsNotPlannedFrom() {
    // Given: another resource of the same identity has found out
    ManagedResource sibling = new ManagedResource("team-a", "sibling", "{timeout: 9}");
    Claims claims = setup.claims(resource.resource, sibling.resource);
    FunctionObserver both = setup.observer(setup.lambda, claims);
    bringInSync(both);
    claims.answered(
        sibling.resource,
        null,
        new Answer.Failed(new Failure("AccessDeniedException", "no", 403, null)));

    // When
    resource.declare("{timeout: 10}");
    Verdict verdict = observe(both);

    // Then
    assertThat(verdict.step().fresh()).isTrue();
  }

  @Test
  void anUpdateThatAwsRefusedIsNotDecidedOnAgain() {
    // Given
    setup.aws.create("fn", "{Timeout: 3}");
    setup.aws.refusal = UpdateSetup.REFUSAL;
    Step planned = observe(observer).step().with(UpdateSetup.announced("r1"));
    Step refused =
        setup.sender().send(resource.reconciliation(), planned, setup.granted(resource)).step();

    // When
    resource.state.remember(refused.retryState());
    Verdict verdict = observe(observer);

    // Then
    assertThat(verdict.step().decision())
        .isInstanceOfSatisfying(
            Decision.Stalled.class,
            stalled -> assertThat(stalled.reason()).isEqualTo(UpdateSetup.REFUSAL.code()));
  }

  @Test
  void aReadThatHasToWaitLooksAgainWhenItIsGranted() {
    // Given
    FunctionObserver waiting = setup.observer(setup.readsUsedUp());

    // When
    Verdict verdict = observe(waiting);

    // Then
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.LookAgain.class,
            again -> assertThat(again.requeue()).isInstanceOf(Requeue.WhenGranted.class));
    assertThat(setup.aws.reads).isEmpty();
  }

  @Test
  void aThrottledReadFromTimeToTimeIsMadeAgainAndNotReported() {
    // Given
    bringInSync();
    setup.aws.readRefusal = THROTTLED;

    // When
    Verdict first = observe(observer);
    setup.nanos += Duration.ofSeconds(40).toNanos();
    Verdict second = observe(observer);

    // Then
    assertThat(List.of(first, second))
        .allSatisfy(
            verdict ->
                assertThat(verdict)
                    .isInstanceOfSatisfying(
                        Verdict.LookAgain.class,
                        again ->
                            assertThat(again.requeue())
                                .isEqualTo(new Requeue.After(Duration.ofSeconds(40)))));
  }

  @Test
  void aThrottledReadOfAFunctionThatHasChangedIsReported() {
    // Given
    bringInSync();
    setup.aws.readRefusal = THROTTLED;

    // When
    resource.state.observe(seen -> seen.stale());
    Verdict verdict = observe(observer);

    // Then
    assertThat(verdict.step().decision()).isInstanceOf(Decision.Retry.class);
  }

  @Test
  void anEndpointThatIsAwayIsReportedOnce() {
    // Given
    FunctionObserver away = setup.observer(setup.away());
    int before = setup.aws.reads.size();

    // When
    Verdict first = observe(away);
    resource.with("Ready", "False", Failure.ENDPOINT_UNREACHABLE);
    Verdict second = observe(away);

    // Then
    assertThat(first).isInstanceOf(Verdict.Decide.class);
    assertThat(first.step().decision())
        .isInstanceOfSatisfying(
            Decision.Retry.class,
            retry -> {
              assertThat(retry.reason()).isEqualTo(Failure.ENDPOINT_UNREACHABLE);
              assertThat(retry.message()).contains("eu-west-1");
            });
    assertThat(second).isInstanceOf(Verdict.LookAgain.class);
    assertThat(setup.aws.reads).hasSize(before);
  }

  @Test
  void aDeletionIsToldAlsoWhereTheStatusSaidSoBefore() {
    // Given
    resource.deleted().with("Ready", "False", Failure.ENDPOINT_UNREACHABLE);

    // Then
    assertThat(observe(setup.observer(setup.away()))).isInstanceOf(Verdict.Decide.class);
  }

  @Test
  void readsOfAFunctionThatIsDeniedForGoodWaitBehindAllElse() {
    // Given
    List<Priority> priorities = new ArrayList<>();
    FunctionObserver listened =
        setup.observer(setup.lambda((bucket, priority, waited) -> priorities.add(priority)));
    setup.aws.create("fn", "{Timeout: 9}");
    setup.aws.readRefusal = new Failure("AccessDeniedException", "no", 403, null);

    // When
    for (int i = 0; i < 6; i++) {
      Step denied = observe(listened).step();
      listened.judge(resource.reconciliation(), denied);
      resource.state.remember(denied.retryState());
      setup.nanos += Duration.ofMinutes(5).toNanos();
    }
    resource.declare("{timeout: 10}");
    observe(listened);

    // Then
    assertThat(priorities.subList(0, 4)).containsOnly(Priority.READ);
    assertThat(priorities.subList(4, priorities.size() - 1)).containsOnly(Priority.SWEEP);
    assertThat(priorities.getLast()).isEqualTo(Priority.READ);
  }

  @Test
  void anUpdatePassesTheJudgementAndJudgesNoGeneration() {
    // Given
    setup.aws.create("fn", "{Timeout: 3}");
    Step update = observe(observer).step();

    // Then
    assertThat(observer.judge(resource.reconciliation(), update)).isInstanceOf(Verdict.Pass.class);
    assertThat(resource.state.observation().isJudged(DesiredVersion.of(1))).isFalse();
  }

  @Test
  void anyOtherDecisionEndsTheReconcileAndJudgesTheGeneration() {
    // Given
    setup.aws.create("fn", "{Timeout: 9}");
    Step inSync = observe(observer).step();

    // Then
    assertThat(observer.judge(resource.reconciliation(), inSync))
        .isInstanceOf(Verdict.Decide.class);
    assertThat(resource.state.observation().isJudged(DesiredVersion.of(1))).isTrue();
  }

  private void bringInSync() {
    bringInSync(observer);
  }

  private void bringInSync(FunctionObserver by) {
    setup.aws.create("fn", "{Timeout: 9}");
    Step read = observe(by).step();
    assertThat(read.decision()).isInstanceOf(Decision.InSync.class);
    by.judge(resource.reconciliation(), read);
  }

  private Verdict observe(FunctionObserver by) {
    return by.observe(resource.reconciliation(), resource.start());
  }
}
