package dev.lambdaconfig.controller.update;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.aws.FunctionLists.ListedFunction;
import dev.lambdaconfig.controller.state.ManagedResource;
import dev.lambdaconfig.controller.state.Verdict;
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
  void aResourceThatIsReportedInOrderWaitsForTheFirstRoundAndIsWatched() {
    // When
    Verdict verdict = check(resource);

    // Then
    Duration round = setup.sweeper.firstRound(resource.uid());
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.LookAgain.class,
            again ->
                assertThat(again.requeue())
                    .isEqualTo(new Requeue.After(round.plus(round.dividedBy(2)))));
    assertThat(setup.sweeper.mayBeListed(resource.uid())).isTrue();
  }

  @Test
  void itIsReadWhereTheFirstRoundHasNotShownItsFunction() {
    // Given
    check(resource);

    // When
    setup.nanos += setup.sweeper.firstRound(resource.uid()).toNanos();

    // Then
    assertThat(check(resource)).isInstanceOf(Verdict.Pass.class);
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
    Duration round = setup.sweeper.firstRound(resource.uid());
    setup.nanos += round.toNanos();

    // Then
    assertThat(again(resource)).isEqualTo(new Requeue.After(round.plus(round.dividedBy(2))));

    // When
    setup.nanos += round.multipliedBy(2).toNanos();

    // Then: it waits as long again as it has waited, and up to twice as long
    Duration waited = round.multipliedBy(3);
    assertThat(again(resource)).isEqualTo(new Requeue.After(waited.plus(waited.dividedBy(2))));

    // When no round has answered for it for long
    setup.nanos += Duration.ofMinutes(2).toNanos();

    // Then
    assertThat(check(resource)).isInstanceOf(Verdict.Pass.class);
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
    Duration round = setup.sweeper.firstRound(foreign.uid());
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

  /** The time of the next look at a resource that is not read yet. */
  private Requeue again(ManagedResource checked) {
    return ((Verdict.LookAgain) check(checked)).requeue();
  }

  private Verdict check(ManagedResource checked) {
    return gate.check(checked.reconciliation(), checked.start());
  }
}
