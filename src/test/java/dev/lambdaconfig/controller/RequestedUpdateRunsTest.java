package dev.lambdaconfig.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.decision.Decision.InSync;
import dev.lambdaconfig.decision.Decision.Stalled;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/**
 * An update that failed for good, and a person who requests it again once the cause is repaired. A
 * failure of a random run prints its seed; {@code -Dseed=} runs that one alone.
 */
final class RequestedUpdateRunsTest {

  private static final Map<String, String> REQUEST =
      Map.of("lambdaconfig.dev/reconcile-requested-at", "now");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int RUNS = 50;

  private final SimulatedRuns life = failedForGood();

  @Test
  void isSentAgainAndTheRequestAnswered() {
    life.aws.recover();
    life.annotations = REQUEST;
    life.runFor(HOUR);

    assertThat(life.aws.sent).isEqualTo(2);
    assertThat(life.decision).isInstanceOf(InSync.class);
    assertThat(life.status().lastHandledReconcileAt).isEqualTo("now");
  }

  @Test
  void isSentOnceForEachRequestHoweverOftenItFails() {
    life.annotations = REQUEST;
    life.runFor(HOUR);

    assertThat(life.aws.sent).isEqualTo(2);
    assertThat(life.decision).isInstanceOf(Stalled.class);
    assertThat(life.status().lastHandledReconcileAt).isEqualTo("now");
  }

  @Test
  void isAnsweredAsSoonAsItIsSent() {
    life.annotations = REQUEST;
    life.reconcileAndWait();

    assertThat(life.aws.sent).isEqualTo(2);
    assertThat(life.decision).isInstanceOf(Decision.InProgress.class);
    assertThat(life.status().lastHandledReconcileAt).isEqualTo("now");
  }

  @Test
  void isNotAnsweredWhileItWaits() {
    life.annotations = REQUEST;
    life.mustWait = () -> true;
    life.runFor(Duration.ofMinutes(1));

    assertThat(life.history().isOpen()).isTrue();
    assertThat(life.aws.sent).isEqualTo(1);
    assertThat(life.status().lastHandledReconcileAt).isNull();
  }

  @Test
  void isSentAlsoIfTheProcessDiesWhileItWaits() {
    life.aws.recover();
    life.annotations = REQUEST;
    AtomicBoolean died = new AtomicBoolean();
    life.dies = () -> !died.getAndSet(true);
    life.runFor(HOUR);

    assertThat(died).isTrue();
    assertThat(life.aws.sent).isEqualTo(2);
    assertThat(life.decision).isInstanceOf(InSync.class);
    assertThat(life.status().lastHandledReconcileAt).isEqualTo("now");
  }

  @Test
  void isSentAlsoIfAwsThrottlesItAndTheProcessEnds() {
    life.aws.recover();
    life.annotations = REQUEST;
    life.aws.updateFault = l -> FaultyFunction.failure("TooManyRequestsException", "slow", 429);
    life.reconcileAndWait();
    life.restart();
    life.aws.recover();
    life.runFor(HOUR);

    assertThat(life.aws.applied).isEqualTo(2);
    assertThat(life.decision).isInstanceOf(InSync.class);
  }

  @Test
  void isSentAlsoIfTheFunctionCannotBeReadAtFirst() {
    life.aws.recover();
    life.annotations = REQUEST;
    life.aws.readFault = l -> FaultyFunction.failure("TooManyRequestsException", "slow", 429);
    life.reconcileAndWait();
    assertThat(life.status().lastHandledReconcileAt).isNull();
    life.aws.recover();
    life.runFor(HOUR);

    assertThat(life.aws.applied).isEqualTo(2);
    assertThat(life.decision).isInstanceOf(InSync.class);
    assertThat(life.status().lastHandledReconcileAt).isEqualTo("now");
  }

  @Test
  void isSentWhateverHappensBeforeThat() {
    String given = System.getProperty("seed");
    long first = given == null ? 1 : Long.parseLong(given);
    for (long seed = first; seed < first + (given == null ? RUNS : 1); seed++) {
      try {
        run(new Random(seed));
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  private static void run(Random random) {
    SimulatedRuns life = failedForGood();
    life.aws.recover();
    life.annotations = REQUEST;
    life.dies = () -> random.nextInt(3) == 0;
    life.mustWait = () -> random.nextInt(3) == 0;
    life.aws.losesReplies = () -> random.nextInt(3) == 0;
    life.aws.readFault =
        l ->
            random.nextInt(3) == 0
                ? FaultyFunction.failure("ServiceException", "try again", 500)
                : null;
    life.aws.updateFault =
        l ->
            random.nextInt(3) == 0
                ? FaultyFunction.failure("TooManyRequestsException", "slow", 429)
                : null;
    for (int i = 0; i < 20; i++) {
      if (random.nextInt(4) == 0) {
        life.restart();
      }
      life.reconcileAndWait();
      assertThat(life.status().lastHandledReconcileAt == null || life.aws.applied == 2)
          .as("no answer before the update was sent")
          .isTrue();
    }
    life.aws.readFault = l -> null;
    life.runFor(HOUR);
    assertThat(life.aws.applied).isEqualTo(2);
    assertThat(life.decision).isInstanceOf(InSync.class);
    assertThat(life.status().lastHandledReconcileAt).isEqualTo("now");
  }

  private static SimulatedRuns failedForGood() {
    SimulatedRuns life = SimulatedRuns.ofOneDifference();
    life.aws.endsWith = "InvalidSubnet";
    life.runFor(HOUR);
    assertThat(life.aws.sent).isEqualTo(1);
    assertThat(life.decision).isInstanceOf(Stalled.class);
    return life;
  }
}
