package dev.lambdaconfig.controller;

import static org.assertj.core.api.Assertions.assertThat;

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

/** Hours of reconciles of a function with one fault: the number of updates, and how they end. */
public final class WholeLivesTest {

  private static final Duration HOURS = Duration.ofHours(3);

  @Test
  void oneDifferenceIsOneUpdate() {
    SimulatedRuns life = SimulatedRuns.ofOneDifference().runFor(HOURS);

    assertThat(life.decision).isInstanceOf(InSync.class);
    assertThat(life.aws.sent).isEqualTo(1);
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
        fault("update fails, new values shown", 60, life -> life.aws.endsWith = "EniLimitExceeded"),
        fault(
            "update fails, old values shown",
            60,
            life -> {
              life.aws.endsWith = "EniLimitExceeded";
              life.aws.showsFailedValues = false;
            }),
        fault(
            "slow update fails",
            60,
            life -> {
              life.aws.endsWith = "SubnetOutOfIPAddresses";
              life.aws.updateTime = Duration.ofMinutes(3);
            }),
        fault("update fails for good", 1, life -> life.aws.endsWith = "InvalidSubnet"),
        fault(
            "update fails for good, old values shown",
            1,
            life -> {
              life.aws.endsWith = "InvalidSubnet";
              life.aws.showsFailedValues = false;
            }),
        fault("fields dropped", 2, life -> life.aws.dropsFields = true),
        fault(
            "fields dropped, revision stands still",
            2,
            life -> {
              life.aws.dropsFields = true;
              life.aws.revisionStandsStill = true;
            }),
        fault(
            "fields dropped, no revision",
            2,
            life -> {
              life.aws.dropsFields = true;
              life.aws.members.remove("RevisionId");
              life.allowUnguarded();
            }),
        fault("reply lost", 2, life -> life.aws.losesReplies = () -> true),
        fault(
            "reads throttled every other time, updates refused in turn",
            60,
            life -> {
              AtomicInteger reads = new AtomicInteger();
              AtomicInteger updates = new AtomicInteger();
              life.aws.readFault =
                  l ->
                      reads.getAndIncrement() % 2 == 0
                          ? FaultyFunction.failure("TooManyRequestsException", "slow", 429)
                          : null;
              life.aws.updateFault =
                  l ->
                      updates.getAndIncrement() % 2 == 0
                          ? FaultyFunction.failure("ServiceException", "oops", 500)
                          : FaultyFunction.failure(
                              "InvalidParameterValueException",
                              "KMS key is invalid for CreateGrant",
                              400);
            }),
        fault(
            "update fails, and is throttled when sent again",
            60,
            life -> {
              life.aws.endsWith = "EniLimitExceeded";
              life.aws.updateFault =
                  l ->
                      l.sent % 2 == 0
                          ? FaultyFunction.failure("TooManyRequestsException", "slow", 429)
                          : null;
            }),
        fault(
            "update fails, and is denied when sent again",
            60,
            life -> {
              life.aws.endsWith = "EniLimitExceeded";
              life.aws.updateFault =
                  l ->
                      l.sent % 2 == 0
                          ? FaultyFunction.failure("AccessDeniedException", null, 403)
                          : null;
            }),
        fault("pending for ever", 0, life -> life.aws.members.put("State", "Pending")),
        fault("dead", 0, life -> life.aws.members.put("State", "Failed")),
        fault("no revision", 0, life -> life.aws.members.remove("RevisionId")),
        fault(
            "not readable",
            0,
            life ->
                life.aws.readFault =
                    l -> FaultyFunction.failure("AccessDeniedException", "no", 403)),
        fault(
            "not there",
            0,
            life ->
                life.aws.readFault =
                    l -> FaultyFunction.failure("ResourceNotFoundException", "no", 404)));
  }

  @ParameterizedTest(name = "{0}: at most {1} updates")
  @MethodSource("faults")
  void noFaultMakesALoopAndAllEndsInSyncOnceItIsGone(
      String name, int atMost, Consumer<SimulatedRuns> fault) {
    SimulatedRuns life = SimulatedRuns.ofOneDifference();
    fault.accept(life);

    life.runFor(HOURS);

    assertThat(life.aws.sent).isLessThanOrEqualTo(atMost);
    assertThat(life.aws.reads).as("reads").isLessThan(1500);
    assertThat(life.history().records().size()).isLessThanOrEqualTo(10);

    // When the fault goes away, and the endpoint shows it.
    life.aws.recover();
    life.allowUnguarded();
    life.aws.members.put("State", "Active");
    if (life.decision instanceof Stalled stalled
        && (stalled.reason().equals("NotApplied") || stalled.reason().equals("InvalidSubnet"))) {
      if (life.aws.members.has("RevisionId")) {
        life.aws.change("MemorySize", 512);
      } else {
        life.generation++;
      }
    }
    life.runFor(HOURS);

    assertThat(life.decision).isInstanceOf(InSync.class);
    assertThat(life.aws.members.path("Timeout").asInt()).isEqualTo(9);
    assertThat(life.aws.members.path("LastUpdateStatus").asText()).isEqualTo("Successful");
    assertThat(life.retryState()).isEqualTo(life.retryState().atRest());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void aRestartAddsAtMostOneUpdate(String name, int atMost, Consumer<SimulatedRuns> fault) {
    SimulatedRuns life = SimulatedRuns.ofOneDifference();
    fault.accept(life);
    life.runFor(HOURS);
    int before = life.aws.sent;

    for (int restarts = 0; restarts < 5; restarts++) {
      life.restart();
      life.runFor(Duration.ofSeconds(1));
    }

    assertThat(life.aws.sent - before).isLessThanOrEqualTo(5);
  }

  private static Arguments refused(
      String name, int atMost, String code, @Nullable String message, int status) {
    return fault(
        name,
        atMost,
        life -> life.aws.updateFault = l -> FaultyFunction.failure(code, message, status));
  }

  private static Arguments fault(String name, int atMost, Consumer<SimulatedRuns> fault) {
    return Arguments.of(name, atMost, fault);
  }
}
