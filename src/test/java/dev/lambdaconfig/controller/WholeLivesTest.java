package dev.lambdaconfig.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.decision.Decider;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.decision.Decision.InSync;
import dev.lambdaconfig.decision.Decision.Stalled;
import dev.lambdaconfig.decision.history.UpdateHistory;
import dev.lambdaconfig.model.Failure;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hours of passes against a function with one fault: how many updates, and how it ends. */
public final class WholeLivesTest {

  private static final Duration HOURS = Duration.ofHours(3);

  private static SimulatedRuns life() {
    return new SimulatedRuns("{timeout: 9}", "{Timeout: 3}");
  }

  @Test
  void oneDifferenceIsOneUpdate() {
    SimulatedRuns life = life().runFor(HOURS);

    assertThat(life.decision).isInstanceOf(InSync.class);
    assertThat(life.sent).isEqualTo(1);
    assertThat(life.history().records())
        .extracting("outcome")
        .containsExactly(UpdateHistory.SUCCEEDED);
    assertThat(life.decisions).containsExactly("Update", "InProgress", "InSync");
  }

  /** At most so many updates in three hours of the fault; then it is gone. */
  static Stream<Arguments> faults() {
    return Stream.of(
        refused("throttled", 60, "TooManyRequestsException", "Rate exceeded", 429),
        refused("throttled at the front", 60, "ThrottlingException", "Rate exceeded", 400),
        refused("service down", 60, "ServiceException", "oops", 500),
        refused("no endpoint", 60, Failure.ENDPOINT_UNREACHABLE, "refused", 0),
        refused("no credentials", 60, Failure.CREDENTIALS_UNAVAILABLE, "none", 0),
        refused("conflict without end", 240, "ResourceConflictException", "busy", 409),
        refused("denied", 40, "AccessDeniedException", null, 403),
        refused("invalid", 7, "InvalidParameterValueException", "bad", 400),
        refused("validation", 7, "ValidationException", "1 validation error", 400),
        refused("code signing", 7, "CodeSigningConfigNotFoundException", "gone", 404),
        refused("not found for updates only", 7, "ResourceNotFoundException", "gone", 404),
        refused(
            "role never assumable",
            30,
            "InvalidParameterValueException",
            "The role defined for the" + " function cannot be assumed by Lambda.",
            400),
        refused(
            "subnet never there",
            20,
            "InvalidParameterValueException",
            "EC2 Error Code: InvalidSubnetID.NotFound. EC2",
            400),
        fault("update fails, new values shown", 60, life -> life.endsWith = "EniLimitExceeded"),
        fault(
            "update fails, old values shown",
            60,
            life -> {
              life.endsWith = "EniLimitExceeded";
              life.showsFailedValues = false;
            }),
        fault(
            "slow update fails",
            60,
            life -> {
              life.endsWith = "SubnetOutOfIPAddresses";
              life.updateTime = Duration.ofMinutes(3);
            }),
        fault("update fails for good", 1, life -> life.endsWith = "InvalidSubnet"),
        fault(
            "update fails for good, old values shown",
            1,
            life -> {
              life.endsWith = "InvalidSubnet";
              life.showsFailedValues = false;
            }),
        fault("fields dropped", 2, life -> life.dropsFields = true),
        fault(
            "fields dropped, revision stands still",
            2,
            life -> {
              life.dropsFields = true;
              life.revisionStandsStill = true;
            }),
        fault(
            "fields dropped, no revision",
            2,
            life -> {
              life.dropsFields = true;
              life.function.remove("RevisionId");
              life.allowUnguarded();
            }),
        fault("reply lost", 2, life -> life.losesReplies = () -> true),
        fault(
            "reads throttled every other time, updates refused in turn",
            60,
            life -> {
              AtomicInteger reads = new AtomicInteger();
              AtomicInteger updates = new AtomicInteger();
              life.readFault =
                  l ->
                      reads.getAndIncrement() % 2 == 0
                          ? failure("TooManyRequestsException", "slow", 429)
                          : null;
              life.updateFault =
                  l ->
                      updates.getAndIncrement() % 2 == 0
                          ? failure("ServiceException", "oops", 500)
                          : failure(
                              "InvalidParameterValueException",
                              "KMS key is invalid for CreateGrant",
                              400);
            }),
        fault(
            "update fails, and is throttled when sent again",
            60,
            life -> {
              life.endsWith = "EniLimitExceeded";
              life.updateFault =
                  l -> l.sent % 2 == 0 ? failure("TooManyRequestsException", "slow", 429) : null;
            }),
        fault(
            "update fails, and is denied when sent again",
            60,
            life -> {
              life.endsWith = "EniLimitExceeded";
              life.updateFault =
                  l -> l.sent % 2 == 0 ? failure("AccessDeniedException", null, 403) : null;
            }),
        fault("pending for ever", 0, life -> life.function.put("State", "Pending")),
        fault("dead", 0, life -> life.function.put("State", "Failed")),
        fault("no revision", 0, life -> life.function.remove("RevisionId")),
        fault(
            "not readable",
            0,
            life -> life.readFault = l -> failure("AccessDeniedException", "no", 403)),
        fault(
            "not there",
            0,
            life -> life.readFault = l -> failure("ResourceNotFoundException", "no", 404)));
  }

  @ParameterizedTest(name = "{0}: at most {1} updates")
  @MethodSource("faults")
  void noFaultMakesALoopAndAllEndsInSyncOnceItIsGone(
      String name, int atMost, Consumer<SimulatedRuns> fault) {
    SimulatedRuns life = life();
    fault.accept(life);

    life.runFor(HOURS);

    assertThat(life.sent).isLessThanOrEqualTo(atMost);
    assertThat(life.reads).as("reads").isLessThan(1500);
    assertThat(life.history().records().size()).isLessThanOrEqualTo(10);

    // When the fault goes away, and the endpoint shows it.
    life.endsWith = null;
    life.dropsFields = false;
    life.revisionStandsStill = false;
    life.losesReplies = () -> false;
    life.updateFault = l -> null;
    life.readFault = l -> null;
    life.allowUnguarded();
    life.function.put("State", "Active");
    if (life.decision instanceof Stalled stalled
        && (stalled.reason().equals("NotApplied") || stalled.reason().equals("InvalidSubnet"))) {
      if (life.function.has("RevisionId")) {
        life.moveRevision();
      } else {
        life.generation++;
      }
    }
    life.runFor(HOURS);

    assertThat(life.decision).isInstanceOf(InSync.class);
    assertThat(life.function.path("Timeout").asInt()).isEqualTo(9);
    assertThat(life.function.path("LastUpdateStatus").asText()).isEqualTo("Successful");
    assertThat(life.retryState()).isEqualTo(life.retryState().atRest());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void aRestartAddsAtMostOneUpdate(String name, int atMost, Consumer<SimulatedRuns> fault) {
    SimulatedRuns life = life();
    fault.accept(life);
    life.runFor(HOURS);
    int before = life.sent;

    for (int restarts = 0; restarts < 5; restarts++) {
      life.restart();
      life.runFor(Duration.ofSeconds(1));
    }

    assertThat(life.sent - before).isLessThanOrEqualTo(5);
  }

  @Test
  void aFailingUpdateIsSentAgainMoreAndMoreSlowly() {
    SimulatedRuns life = life();
    life.endsWith = "EniLimitExceeded";

    life.runFor(HOURS);

    assertGrowing(life, Duration.ofMinutes(3));
  }

  @Test
  void aThrottledUpdateIsSentAgainMoreAndMoreSlowly() {
    SimulatedRuns life = life();
    life.updateFault = l -> failure("TooManyRequestsException", "slow", 429);

    life.runFor(HOURS);

    assertGrowing(life, Duration.ofMinutes(3));
  }

  @Test
  void anotherSpecIsTriedAtOnceAndWithNewPatience() {
    SimulatedRuns life = life();
    life.updateFault =
        l -> failure("InvalidParameterValueException", "InvalidSubnetID.NotFound", 400);
    life.runFor(Duration.ofMinutes(20));
    assertThat(life.decision).isInstanceOf(Stalled.class);
    int before = life.sent;

    life.declare("{timeout: 10}");
    life.pass();

    assertThat(life.sent).isEqualTo(before + 1);
    assertThat(life.decision).isInstanceOf(Decision.Retry.class);
  }

  @Test
  void aTerminalFailureIsSentOnceMoreForAnotherSpecEvenIfTheValuesReadAsDesired() {
    SimulatedRuns life = life();
    life.endsWith = "InvalidSubnet";
    life.runFor(HOURS);
    assertThat(life.sent).isEqualTo(1);

    life.generation++;
    life.runFor(HOURS);
    assertThat(life.sent).isEqualTo(2);

    life.moveRevision();
    life.runFor(HOURS);
    assertThat(life.sent).isEqualTo(3);
    assertThat(life.decision)
        .isInstanceOfSatisfying(
            Stalled.class, s -> assertThat(s.reason()).isEqualTo("InvalidSubnet"));
  }

  @Test
  void aFailedUpdateOfAReleasedFieldIsNotSentAgain() {
    SimulatedRuns life = life();
    life.endsWith = "EniLimitExceeded";
    life.runFor(Duration.ofMinutes(1));
    int before = life.sent;

    life.declare("{memorySize: 128}");
    life.runFor(HOURS);

    assertThat(life.sent).isEqualTo(before);
    assertThat(life.decision)
        .isInstanceOfSatisfying(
            Stalled.class, s -> assertThat(s.reason()).isEqualTo("EniLimitExceeded"));
  }

  @Test
  void aFunctionThatChangesUnderEveryWriteIsReadAgainAFewTimes() {
    SimulatedRuns life = life();
    life.updateFault =
        l -> {
          l.moveRevision();
          return null;
        };

    life.runFor(Duration.ofSeconds(1));

    assertThat(life.sent).isEqualTo(3);
    assertThat(life.applied).isZero();
    assertThat(life.history().records()).isEmpty();
  }

  @Test
  void anUpdateThatRunsForHoursIsToldAsStuckAndPolledSlowly() {
    SimulatedRuns life = life();
    life.updateTime = Duration.ofHours(2);

    life.runFor(Duration.ofHours(1));

    assertThat(life.sent).isEqualTo(1);
    assertThat(life.decision)
        .isInstanceOfSatisfying(
            Decision.InProgress.class,
            wait -> {
              assertThat(wait.reason()).isEqualTo(Decider.UPDATE_STUCK);
              assertThat(wait.requeueAfter()).isEqualTo(Duration.ofMinutes(1));
            });
    assertThat(life.reads).isLessThan(120);
    life.runFor(HOURS);
    assertThat(life.decision).isInstanceOf(InSync.class);
    assertThat(life.sent).isEqualTo(1);
  }

  @Test
  void aReadThatFailsInBetweenDoesNotMakeAStuckUpdateYoung() {
    SimulatedRuns life = life();
    life.updateTime = Duration.ofHours(2);
    AtomicInteger reads = new AtomicInteger();
    life.readFault =
        l -> reads.incrementAndGet() % 3 == 0 ? failure("ServiceException", "oops", 500) : null;

    life.runFor(Duration.ofMinutes(20));

    assertThat(life.decision.toString()).containsAnyOf(Decider.UPDATE_STUCK, "ServiceException");
    assertThat(life.retryState().busySince()).isEqualTo(SimulatedRuns.START);
  }

  @Test
  void whatSomebodyElseChangesIsPutBackOnce() {
    SimulatedRuns life = life().runFor(HOURS);

    life.function.put("Timeout", 60);
    life.moveRevision();
    life.runFor(HOURS);

    assertThat(life.sent).isEqualTo(2);
    assertThat(life.history().records())
        .extracting("cause")
        .containsExactly("DriftCorrected", "SpecChanged");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anUpdateThatWaitsForItsTurnIsSentOnceAndJudgedAfterThat(boolean guarded) {
    SimulatedRuns life = guarded ? life() : unguarded();
    AtomicInteger passes = new AtomicInteger();
    life.mustWait = () -> passes.incrementAndGet() < 100;

    life.runFor(HOURS);

    assertThat(life.decision).isInstanceOf(InSync.class);
    assertThat(life.sent).isEqualTo(1);
    assertThat(life.history().records())
        .extracting("outcome")
        .containsExactly(UpdateHistory.SUCCEEDED);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatSomebodyElseDoesMeanwhileIsNoSuccessOfAnUpdateThatWaits(boolean guarded) {
    SimulatedRuns life = guarded ? life() : unguarded();
    life.mustWait = () -> true;
    life.runFor(Duration.ofMinutes(1));

    life.function.put("Timeout", 9);
    life.moveRevision();
    life.noticeChange();
    life.runFor(HOURS);

    assertThat(life.decision).isInstanceOf(InSync.class);
    assertThat(life.sent).isZero();
    assertThat(life.history().records()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aProcessThatDiesBeforeItSendsSendsLaterAndIsNotGivenUp(boolean guarded) {
    SimulatedRuns life = guarded ? life() : unguarded();
    AtomicInteger tries = new AtomicInteger();
    life.dies = () -> tries.incrementAndGet() < 6;

    life.runFor(HOURS);

    assertThat(life.decision).isInstanceOf(InSync.class);
    assertThat(life.sent).isEqualTo(1);
    assertThat(life.history().records())
        .extracting("outcome")
        .containsExactly(UpdateHistory.SUCCEEDED);
  }

  @Test
  void withoutARevisionWhatWasNotAppliedIsTriedAgainWhenTheFunctionHasChanged() {
    SimulatedRuns life = unguarded();
    life.dropsFields = true;
    life.runFor(HOURS);
    assertThat(life.sent).isEqualTo(2);
    assertThat(life.decision).isInstanceOf(Stalled.class);

    life.function.put("MemorySize", 512);
    life.runFor(HOURS);
    assertThat(life.sent).isEqualTo(3);

    life.function.put("CodeSha256", "another");
    life.dropsFields = false;
    life.runFor(HOURS);
    assertThat(life.sent).isEqualTo(4);
    assertThat(life.decision).isInstanceOf(InSync.class);
  }

  @Test
  void aFunctionThatOthersUpdateWithoutEndIsPolledMoreAndMoreSlowly() {
    SimulatedRuns life = life();
    AtomicInteger deployments = new AtomicInteger();
    life.function.put("LastUpdateStatus", "InProgress");
    life.readFault =
        l -> {
          l.function.put("LastModified", "deployment " + deployments.incrementAndGet());
          return null;
        };

    life.runFor(Duration.ofMinutes(9));
    assertThat(life.reads).isLessThan(60);
    life.runFor(HOURS);

    assertThat(life.retryState().busySince()).isEqualTo(SimulatedRuns.START);
    assertThat(life.decision)
        .isInstanceOfSatisfying(
            Decision.InProgress.class,
            wait -> {
              assertThat(wait.reason()).isEqualTo(Decider.UPDATE_IN_PROGRESS);
              assertThat(wait.message()).contains("each look has found another one");
              assertThat(wait.requeueAfter()).isGreaterThan(Duration.ofSeconds(13));
            });
  }

  @Test
  void aRestBetweenTwoUpdatesOfOthersDoesNotMakeThePollsQuickAgain() {
    SimulatedRuns life = life();
    AtomicInteger looks = new AtomicInteger();
    life.readFault =
        l -> {
          boolean rest = looks.incrementAndGet() % 3 == 0;
          l.function.put("LastUpdateStatus", rest ? "Successful" : "InProgress");
          l.function.put("LastModified", "deployment " + looks);
          return null;
        };
    life.updateFault = l -> failure("ResourceConflictException", "busy", 409);

    life.runFor(Duration.ofHours(1));

    assertThat(life.reads).isLessThan(300);
    assertThat(life.decision.toString()).contains(Decider.UPDATE_IN_PROGRESS);
  }

  private static SimulatedRuns unguarded() {
    SimulatedRuns life = life();
    life.function.remove("RevisionId");
    life.allowUnguarded();
    return life;
  }

  private static void assertGrowing(SimulatedRuns life, Duration last) {
    Duration between = Duration.ZERO;
    for (int i = 1; i < life.sentAt.size(); i++) {
      Duration gap = Duration.between(life.sentAt.get(i - 1), life.sentAt.get(i));
      assertThat(gap).as("gap %s", i).isGreaterThanOrEqualTo(between.minusSeconds(20));
      between = gap;
    }
    assertThat(between).isGreaterThan(last);
  }

  private static Failure failure(String code, @Nullable String message, int status) {
    return new Failure(code, message, status, null);
  }

  private static Arguments refused(
      String name, int atMost, String code, @Nullable String message, int status) {
    return fault(name, atMost, life -> life.updateFault = l -> failure(code, message, status));
  }

  private static Arguments fault(String name, int atMost, Consumer<SimulatedRuns> fault) {
    return Arguments.of(name, atMost, fault);
  }
}
