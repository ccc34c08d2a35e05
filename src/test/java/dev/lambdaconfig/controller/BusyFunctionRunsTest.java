package dev.lambdaconfig.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.decision.Decider;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.decision.Decision.InSync;
import dev.lambdaconfig.plan.TestSpecs;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A function that AWS is working on, or that others change. */
final class BusyFunctionRunsTest {

  private static final Duration HOURS = Duration.ofHours(3);

  @Test
  void whatSomebodyElseChangesIsPutBackOnce() {
    SimulatedRuns life = SimulatedRuns.ofOneDifference().runFor(HOURS);

    life.aws.members.put("Timeout", 60);
    life.aws.moveRevision();
    life.runFor(HOURS);

    assertThat(life.aws.sent).isEqualTo(2);
    assertThat(life.history().records())
        .extracting("cause")
        .containsExactly("DriftCorrected", "SpecChanged");
  }

  @Test
  void aFunctionThatChangesUnderEveryWriteIsReadAgainAFewTimes() {
    SimulatedRuns life = SimulatedRuns.ofOneDifference();
    life.aws.updateFault =
        l -> {
          l.moveRevision();
          return null;
        };

    life.runFor(Duration.ofSeconds(1));

    assertThat(life.aws.sent).isEqualTo(3);
    assertThat(life.aws.applied).isZero();
    assertThat(life.history().records()).isEmpty();
  }

  @Test
  void readsThatAreOlderThanTheUpdateAreNoReasonForAnotherOne() {
    SimulatedRuns life = laggingBy(Duration.ofMinutes(1));

    life.runFor(Duration.ofSeconds(50));
    assertThat(life.decision)
        .isInstanceOfSatisfying(
            Decision.InProgress.class,
            wait -> assertThat(wait.message()).isEqualTo("AWS is applying an update"));
    life.runFor(Duration.ofMinutes(2));

    assertThat(life.decision).isInstanceOf(InSync.class);
    assertThat(life.aws.sent).isEqualTo(2);
    assertThat(life.history().records())
        .extracting("outcome")
        .containsExactly("Succeeded", "Succeeded");
  }

  @Test
  void readsThatStayOlderAreWaitedForForThreeMinutes() {
    SimulatedRuns life = laggingBy(HOURS);

    life.runFor(Duration.ofSeconds(165));
    assertThat(life.aws.sent).isEqualTo(2);
    life.runFor(Duration.ofMinutes(1));

    assertThat(life.aws.sent).isGreaterThan(2);
    assertThat(life.aws.applied).isEqualTo(2);
  }

  @Test
  void aFailedUpdateThatAwsPutsBackToAnEarlierTimeIsNotWaitedFor() {
    SimulatedRuns life = laggingBy(Duration.ZERO);
    life.aws.endsWith = "InvalidSubnet";
    life.aws.showsFailedValues = false;
    life.aws.change("Timeout", 60);

    life.runFor(Duration.ofMinutes(1));

    assertThat(life.decision)
        .isInstanceOfSatisfying(
            Decision.Stalled.class,
            stalled -> assertThat(stalled.reason()).isEqualTo("InvalidSubnet"));
  }

  /** A function in sync whose next update reads show late. */
  private static SimulatedRuns laggingBy(Duration lag) {
    SimulatedRuns life = SimulatedRuns.ofOneDifference().runFor(Duration.ofMinutes(2));
    life.aws.change("Timeout", 60);
    life.aws.lag = lag;
    return life;
  }

  @Test
  void anUpdateThatRunsForHoursIsReportedAsStuckAndPolledSlowly() {
    SimulatedRuns life = SimulatedRuns.ofOneDifference();
    life.aws.updateTime = Duration.ofHours(2);

    life.runFor(Duration.ofHours(1));

    assertThat(life.aws.sent).isEqualTo(1);
    assertThat(life.decision)
        .isInstanceOfSatisfying(
            Decision.InProgress.class,
            wait -> {
              assertThat(wait.reason()).isEqualTo(Decider.UPDATE_STUCK);
              assertThat(wait.requeueAfter()).isEqualTo(Duration.ofMinutes(1));
            });
    assertThat(life.aws.reads).isLessThan(120);
    life.runFor(HOURS);
    assertThat(life.decision).isInstanceOf(InSync.class);
    assertThat(life.aws.sent).isEqualTo(1);
  }

  @Test
  void aReadThatFailsInBetweenDoesNotMakeAStuckUpdateYoung() {
    SimulatedRuns life = SimulatedRuns.ofOneDifference();
    life.aws.updateTime = Duration.ofHours(2);
    AtomicInteger reads = new AtomicInteger();
    life.aws.readFault =
        l ->
            reads.incrementAndGet() % 3 == 0
                ? FaultyFunction.failure("ServiceException", "oops", 500)
                : null;

    life.runFor(Duration.ofMinutes(20));

    assertThat(life.decision.toString()).containsAnyOf(Decider.UPDATE_STUCK, "ServiceException");
    assertThat(life.retryState().busySince()).isEqualTo(SimulatedRuns.START);
  }

  @Test
  void aFunctionThatOthersUpdateWithoutEndIsPolledMoreAndMoreSlowly() {
    SimulatedRuns life = SimulatedRuns.ofOneDifference();
    AtomicInteger deployments = new AtomicInteger();
    life.aws.members.put("LastUpdateStatus", "InProgress");
    life.aws.readFault =
        l -> {
          l.members.put("LastModified", "deployment " + deployments.incrementAndGet());
          return null;
        };

    life.runFor(Duration.ofMinutes(9));
    assertThat(life.aws.reads).isLessThan(60);
    life.runFor(HOURS);

    assertThat(life.retryState().busySince()).isEqualTo(SimulatedRuns.START);
    assertThat(life.decision)
        .isInstanceOfSatisfying(
            Decision.InProgress.class,
            wait -> {
              assertThat(wait.reason()).isEqualTo(Decider.UPDATE_IN_PROGRESS);
              assertThat(wait.message()).contains("each read has found another update");
              assertThat(wait.requeueAfter()).isGreaterThan(Duration.ofSeconds(13));
            });
  }

  @Test
  void aRestBetweenTwoUpdatesOfOthersDoesNotMakeThePollsQuickAgain() {
    SimulatedRuns life = SimulatedRuns.ofOneDifference();
    AtomicInteger reads = new AtomicInteger();
    life.aws.readFault =
        l -> {
          boolean rest = reads.incrementAndGet() % 3 == 0;
          l.members.put("LastUpdateStatus", rest ? "Successful" : "InProgress");
          l.members.put("LastModified", "deployment " + reads);
          return null;
        };
    life.aws.updateFault = l -> FaultyFunction.failure("ResourceConflictException", "busy", 409);

    life.runFor(Duration.ofHours(1));

    assertThat(life.aws.reads).isLessThan(300);
    assertThat(life.decision.toString()).contains(Decider.UPDATE_IN_PROGRESS);
  }

  @Test
  void aVariableThatAwsRefusedToSetForMinutesIsNotOwned() {
    // Given: another writer's variable that ours was to replace
    SimulatedRuns life =
        SimulatedRuns.of(
            "{environment: {policy: Merge, variables: {AA: ours, BB: ours}}}",
            "{Environment: {Variables: {BB: theirs}}}");
    life.aws.updateFault = l -> FaultyFunction.failure("ResourceConflictException", "busy", 409);
    life.runFor(Duration.ofMinutes(3));
    assertThat(life.decision)
        .isInstanceOfSatisfying(
            Decision.Stalled.class,
            stalled -> assertThat(stalled.reason()).isEqualTo("ResourceConflictException"));

    // When
    life.aws.recover();
    life.declare("{environment: {policy: Merge, variables: {AA: ours}}}");
    life.runFor(HOURS);

    // Then
    assertThat(life.decision).isInstanceOf(InSync.class);
    assertThat(life.aws.members.at("/Environment/Variables"))
        .isEqualTo(TestSpecs.tree("{AA: ours, BB: theirs}"));
  }
}
