package dev.lambdaconfig.controller.update;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.aws.FunctionLists.ListedFunction;
import dev.lambdaconfig.aws.sweep.FleetSweeper;
import dev.lambdaconfig.controller.state.ManagedResource;
import dev.lambdaconfig.controller.state.Verdict;
import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.decision.Requeue;
import dev.lambdaconfig.decision.history.DesiredVersion;
import dev.lambdaconfig.model.Jitter;
import dev.lambdaconfig.model.Target;
import dev.lambdaconfig.status.NextStatus;
import dev.lambdaconfig.timing.Timing;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The resources that the first sweep answers for, before it has listed anything. */
final class WarmStartTest {

  private final UpdateSetup setup = new UpdateSetup();
  private final WarmStart gate =
      new WarmStart(
          setup.sweeper,
          setup.claims(),
          setup.context,
          new Timing(Clock.systemUTC(), () -> setup.nanos, () -> 0.5));
  private final ManagedResource resource = inOrder(new ManagedResource("{timeout: 9}"));

  private static ManagedResource inOrder(ManagedResource resource) {
    resource.status.region = "eu-west-1";
    resource.status.revisionId = "r1";
    resource.status.managedFields = List.of("timeout");
    return resource.with("Ready", "True", NextStatus.IN_SYNC);
  }

  @AfterEach
  void close() {
    setup.close();
  }

  @Test
  void aResourceThatIsReportedInOrderWaitsForTheFirstRoundWithoutLooksOfItsOwn() {
    // When
    Requeue next = again(resource);

    // Then
    assertThat(next).isEqualTo(new Requeue.After(hourly(resource)));
    assertThat(setup.sweeper.mayBeListed(resource.uid())).isTrue();
  }

  @Test
  void itIsReadWhereNoRoundIsToShowItsFunction() {
    // Given
    check(resource);
    assertThat(waiting()).isEqualTo(1);

    // When no page has come for long
    setup.nanos += FleetSweeper.LONGEST_WAIT.toNanos();

    // Then
    assertThat(check(resource)).isInstanceOf(Verdict.Pass.class);
    assertThat(waiting()).isZero();
  }

  @Test
  void aResourceThatIsReadForAnotherReasonWaitsNoLonger() {
    // Given
    check(resource);

    // When
    Verdict verdict = check(resource.requested());

    // Then
    assertThat(verdict).isInstanceOf(Verdict.Pass.class);
    assertThat(waiting()).isZero();
  }

  @Test
  void longAfterTheStartNoResourceWaits() {
    // Given
    check(resource);
    ManagedResource late =
        inOrder(new ManagedResource("team-b", "late", "{functionName: late, timeout: 9}"));

    // When
    setup.nanos += Duration.ofMinutes(10).toNanos();

    // Then
    assertThat(check(late)).isInstanceOf(Verdict.Pass.class);
  }

  @Test
  void itWaitsForTheNextRoundWhereTheFirstOneCameTooEarlyForIt() {
    // Given a round that ended before the resource was looked at
    for (String name : List.of("mails", "orders")) {
      setup.aws.listed.add(new ListedFunction(name, "123456789012", "r1", 0));
      setup.sweeper.watch("uid of " + name, new Target("eu-west-1", name), "r1");
    }
    Awaitility.await().until(() -> setup.sweeper.states().getFirst().functions() != null);
    setup.nanos++;
    check(resource);

    // When
    Duration minute = Duration.ofMinutes(1);
    setup.nanos += minute.toNanos();

    // Then
    assertThat(again(resource)).isEqualTo(new Requeue.After(hourly(resource).minus(minute)));

    // When that has not come either
    setup.nanos += FleetSweeper.LONGEST_WAIT.toNanos();

    // Then
    assertThat(check(resource)).isInstanceOf(Verdict.Pass.class);
  }

  /** The time of the first read of what no list shows. */
  private static Duration hourly(ManagedResource checked) {
    return Duration.ofNanos(
        (long) (Duration.ofHours(1).toNanos() * ((1 + 3 * Jitter.of(checked.uid())) / 4)));
  }

  @Test
  void aFunctionThatNoListShowsIsFirstReadAtATimeOfItsOwn() {
    // Given a function of another account than the operator's own
    setup.lambda.recordHome("123456789012");
    ManagedResource foreign =
        inOrder(new ManagedResource("{functionName: '210987654321:function:orders', timeout: 9}"));

    // When
    Verdict verdict = check(foreign);

    // Then
    Duration round = setup.sweeper.firstRead(foreign.uid());
    double share = Jitter.of(foreign.uid());
    assertThat(setup.sweeper.mayBeListed(foreign.uid())).isFalse();
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.LookAgain.class,
            again ->
                assertThat(again.requeue())
                    .isEqualTo(
                        new Requeue.After(Duration.ofNanos((long) (round.toNanos() * share)))));
    setup.nanos += round.toNanos();
    assertThat(check(foreign)).isInstanceOf(Verdict.Pass.class);
  }

  @Test
  void aRequestedReconcileIsNotPutOff() {
    assertThat(check(resource.requested())).isInstanceOf(Verdict.Pass.class);
  }

  @Test
  void theStatusOfAnEarlierSpecAnswersForNothing() {
    assertThat(check(resource.declare("{timeout: 9}"))).isInstanceOf(Verdict.Pass.class);
  }

  @Test
  void neitherDoesOneThatManagesOtherFields() {
    // Given
    resource.status.managedFields = List.of("timeout", "memorySize");

    // Then
    assertThat(check(resource)).isInstanceOf(Verdict.Pass.class);
  }

  @Test
  void aFunctionThatWasReadInThisProcessIsReadAgain() {
    // Given
    resource.state.observe(seen -> seen.judged(DesiredVersion.of(1)));

    // Then
    assertThat(check(resource)).isInstanceOf(Verdict.Pass.class);
  }

  private long waiting() {
    StateSizes sizes = new StateSizes();
    setup.sweeper.sizes(sizes);
    return sizes.byName().getOrDefault("RoundWaits.waiting", 0L);
  }

  /** The time of the next look at a resource that is not read yet. */
  private Requeue again(ManagedResource checked) {
    return ((Verdict.LookAgain) check(checked)).requeue();
  }

  private Verdict check(ManagedResource checked) {
    return gate.check(checked.reconciliation(), checked.start());
  }
}
