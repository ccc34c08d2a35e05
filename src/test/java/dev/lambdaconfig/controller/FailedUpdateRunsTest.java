package dev.lambdaconfig.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.decision.Decision.InSync;
import dev.lambdaconfig.decision.Decision.Stalled;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** An update that failed is sent again for a reason, and more and more slowly. */
final class FailedUpdateRunsTest {

  private static final Duration HOURS = Duration.ofHours(3);

  @Test
  void aFailingUpdateIsSentAgainMoreAndMoreSlowly() {
    SimulatedRuns life = SimulatedRuns.ofOneDifference();
    life.aws.endsWith = "EniLimitExceeded";

    life.runFor(HOURS);

    assertGrowing(life, Duration.ofMinutes(3));
  }

  @Test
  void aThrottledUpdateIsSentAgainMoreAndMoreSlowly() {
    SimulatedRuns life = SimulatedRuns.ofOneDifference();
    life.aws.updateFault = l -> FaultyFunction.failure("TooManyRequestsException", "slow", 429);

    life.runFor(HOURS);

    assertGrowing(life, Duration.ofMinutes(3));
  }

  @Test
  void anotherSpecIsTriedAtOnceAndWithNewPatience() {
    SimulatedRuns life = SimulatedRuns.ofOneDifference();
    life.aws.updateFault =
        l ->
            FaultyFunction.failure(
                "InvalidParameterValueException", "InvalidSubnetID.NotFound", 400);
    life.runFor(Duration.ofMinutes(20));
    assertThat(life.decision).isInstanceOf(Stalled.class);
    int before = life.aws.sent;

    life.declare("{timeout: 10}");
    life.reconcile();

    assertThat(life.aws.sent).isEqualTo(before + 1);
    assertThat(life.decision).isInstanceOf(Decision.Retry.class);
  }

  @Test
  void aTerminalFailureIsSentOnceMoreForAnotherSpecEvenIfTheValuesReadAsDesired() {
    SimulatedRuns life = SimulatedRuns.ofOneDifference();
    life.aws.endsWith = "InvalidSubnet";
    life.runFor(HOURS);
    assertThat(life.aws.sent).isEqualTo(1);

    life.generation++;
    life.runFor(HOURS);
    assertThat(life.aws.sent).isEqualTo(2);

    life.aws.moveRevision();
    life.runFor(HOURS);
    assertThat(life.aws.sent).isEqualTo(2);

    life.aws.change("MemorySize", 512);
    life.runFor(HOURS);
    assertThat(life.aws.sent).isEqualTo(3);
    assertThat(life.decision)
        .isInstanceOfSatisfying(
            Stalled.class, s -> assertThat(s.reason()).isEqualTo("InvalidSubnet"));
  }

  @Test
  void aTerminalFailureAfterWhichAwsPutsEverythingBackIsSentOnce() {
    SimulatedRuns life = SimulatedRuns.ofOneDifference();
    life.aws.endsWith = "InvalidSubnet";
    life.aws.showsFailedValues = false;

    life.runFor(HOURS);

    assertThat(life.aws.sent).isEqualTo(1);
    assertThat(life.history().records()).extracting("outcome").containsExactly("InvalidSubnet");
  }

  @Test
  void aFailedUpdateOfAReleasedFieldIsNotSentAgain() {
    SimulatedRuns life = SimulatedRuns.ofOneDifference();
    life.aws.endsWith = "EniLimitExceeded";
    life.runFor(Duration.ofMinutes(1));
    int before = life.aws.sent;

    life.declare("{memorySize: 128}");
    life.runFor(HOURS);

    assertThat(life.aws.sent).isEqualTo(before);
    assertThat(life.decision)
        .isInstanceOfSatisfying(
            Stalled.class, s -> assertThat(s.reason()).isEqualTo("EniLimitExceeded"));
  }

  @Test
  void withoutARevisionWhatWasNotAppliedIsTriedAgainWhenTheFunctionHasChanged() {
    SimulatedRuns life = SimulatedRuns.ofOneUnguardedDifference();
    life.aws.dropsFields = true;
    life.runFor(HOURS);
    assertThat(life.aws.sent).isEqualTo(2);
    assertThat(life.decision).isInstanceOf(Stalled.class);

    life.aws.members.put("MemorySize", 512);
    life.runFor(HOURS);
    assertThat(life.aws.sent).isEqualTo(3);

    life.aws.members.put("CodeSha256", "another");
    life.aws.dropsFields = false;
    life.runFor(HOURS);
    assertThat(life.aws.sent).isEqualTo(4);
    assertThat(life.decision).isInstanceOf(InSync.class);
  }

  private static void assertGrowing(SimulatedRuns life, Duration last) {
    Duration between = Duration.ZERO;
    for (int i = 1; i < life.aws.sentAt.size(); i++) {
      Duration gap = Duration.between(life.aws.sentAt.get(i - 1), life.aws.sentAt.get(i));
      assertThat(gap).as("gap %s", i).isGreaterThanOrEqualTo(between.minusSeconds(20));
      between = gap;
    }
    assertThat(between).isGreaterThan(last);
  }
}
