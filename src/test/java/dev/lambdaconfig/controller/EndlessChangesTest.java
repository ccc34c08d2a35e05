package dev.lambdaconfig.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.decision.Decision.InSync;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A function that never stays as the operator has set it: updates are bounded all the same. */
final class EndlessChangesTest {

  /** The update for the spec. */
  private static final int FIRST = 1;

  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void anotherValueOfAnotherFieldAfterEachUpdateCostsADozenUpdatesAnHour() {
    SimulatedRuns life = inSync();
    answerEachUpdate(life, false);

    life.runFor(HOUR);

    assertThat(life.aws.applied - FIRST).isBetween(7, 12);
    assertStalled(life, "Contended");
    int firstHour = life.aws.applied;
    life.runFor(HOUR.multipliedBy(10));
    assertThat(life.aws.applied - firstHour).isLessThanOrEqualTo(100);
  }

  @Test
  void otherCodeWithEachReadCostsNoMore() {
    SimulatedRuns life = inSync();
    answerEachUpdate(life, true);

    life.runFor(HOUR);

    assertThat(life.aws.applied - FIRST).isBetween(7, 12);
  }

  @Test
  void aRestartDoesNotForgetIt() {
    SimulatedRuns life = inSync();
    answerEachUpdate(life, false);
    life.runFor(Duration.ofMinutes(20));
    int before = life.aws.applied;

    for (int times = 0; times < 10; times++) {
      life.restart();
      life.runFor(Duration.ofSeconds(2));
    }

    assertThat(life.aws.applied).isEqualTo(before);
  }

  @Test
  void aPipelineThatResetsAFieldWithEachDeploymentIsCorrectedAtOnceManyTimes() {
    SimulatedRuns life = inSync();

    for (int deployment = 1; deployment <= 8; deployment++) {
      life.aws.members.put("CodeSha256", "code " + deployment);
      life.aws.change("Timeout", 3);
      life.runFor(Duration.ofSeconds(10));
      assertThat(life.decision).as("after deployment %s", deployment).isInstanceOf(InSync.class);
      life.runFor(Duration.ofMinutes(5));
    }

    assertThat(life.aws.applied).isEqualTo(9);
  }

  @Test
  void anUpdateThatChangesNothingIsSentTwiceThoughEachReadHasAnotherRevision() {
    SimulatedRuns life = SimulatedRuns.ofOneDifference();
    life.aws.dropsFields = true;
    moveRevisionWithEachRead(life);

    life.runFor(HOUR);

    assertThat(life.aws.applied).isEqualTo(2);
    assertStalled(life, "NotApplied");
    life.aws.dropsFields = false;
    life.aws.change("MemorySize", 512);
    life.runFor(HOUR);
    assertThat(life.decision).isInstanceOf(InSync.class);
  }

  @Test
  void soIsOneThatFailsForGood() {
    SimulatedRuns life = SimulatedRuns.ofOneDifference();
    life.aws.endsWith = "InvalidSubnet";
    moveRevisionWithEachRead(life);

    life.runFor(HOUR);

    assertThat(life.aws.applied).isLessThanOrEqualTo(2);
    assertStalled(life, "InvalidSubnet");
  }

  @Test
  void oneThatAwsRefusesIsSentEveryHalfHourThoughEachReadHasAnotherRevision() {
    SimulatedRuns life = SimulatedRuns.ofOneDifference();
    life.aws.updateFault = l -> FaultyFunction.failure("ValidationException", "no", 400);
    moveRevisionWithEachRead(life);

    life.runFor(HOUR);

    assertThat(life.aws.sent).isEqualTo(2);
  }

  @Test
  void anotherValueThanTheOneSentIsCorrectedADozenTimesAnHourThoughItDiffersWithEachRead() {
    SimulatedRuns life = SimulatedRuns.ofOneDifference();
    life.aws.dropsFields = true;
    life.aws.readFault =
        function -> {
          function.members.put("Timeout", 100 + function.reads);
          function.moveRevision();
          return null;
        };

    life.runFor(HOUR);

    assertThat(life.aws.applied - FIRST).isBetween(7, 12);
    assertStalled(life, "Contended");
  }

  private static void moveRevisionWithEachRead(SimulatedRuns life) {
    life.aws.readFault =
        function -> {
          function.moveRevision();
          return null;
        };
  }

  private static void assertStalled(SimulatedRuns life, String reason) {
    assertThat(life.decision)
        .isInstanceOfSatisfying(
            Decision.Stalled.class, stalled -> assertThat(stalled.reason()).isEqualTo(reason));
  }

  private static SimulatedRuns inSync() {
    SimulatedRuns life =
        SimulatedRuns.of("{timeout: 9, memorySize: 256}", "{Timeout: 3, CodeSha256: code}");
    return life.runFor(Duration.ofMinutes(2));
  }

  /** The other field is set to another value after each update, or the same one with other code. */
  private static void answerEachUpdate(SimulatedRuns life, boolean withCode) {
    int first = life.aws.applied - 1;
    int[] answered = {first};
    life.aws.readFault =
        function -> {
          if (withCode) {
            function.members.put("CodeSha256", "code of read " + function.reads);
          }
          if (function.applied > answered[0]) {
            answered[0] = function.applied;
            if (withCode) {
              function.change("Timeout", 60);
            } else {
              function.change(answered[0] % 2 == 0 ? "Timeout" : "MemorySize", 300 + answered[0]);
            }
          }
          return null;
        };
  }
}
