package dev.lambdaconfig.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.decision.Decision.InSync;
import dev.lambdaconfig.decision.history.UpdateHistory;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An update that is announced in the status and not sent yet. */
final class AnnouncedUpdateRunsTest {

  private static final Duration HOURS = Duration.ofHours(3);

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anUpdateThatWaitsForItsGrantIsSentOnceAndJudgedAfterThat(boolean guarded) {
    SimulatedRuns life = ofOneDifference(guarded);
    AtomicInteger reconciles = new AtomicInteger();
    life.mustWait = () -> reconciles.incrementAndGet() < 100;

    life.runFor(HOURS);

    assertSentOnce(life);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatSomebodyElseDoesMeanwhileIsNoSuccessOfAnUpdateThatWaits(boolean guarded) {
    SimulatedRuns life = ofOneDifference(guarded);
    life.mustWait = () -> true;
    life.runFor(Duration.ofMinutes(1));

    life.aws.members.put("Timeout", 9);
    life.aws.moveRevision();
    life.noticeChange();
    life.runFor(HOURS);

    assertThat(life.decision).isInstanceOf(InSync.class);
    assertThat(life.aws.sent).isZero();
    assertThat(life.history().records()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aProcessThatDiesBeforeItSendsSendsLaterAndIsNotGivenUp(boolean guarded) {
    SimulatedRuns life = ofOneDifference(guarded);
    AtomicInteger tries = new AtomicInteger();
    life.dies = () -> tries.incrementAndGet() < 6;

    life.runFor(HOURS);

    assertSentOnce(life);
  }

  private static SimulatedRuns ofOneDifference(boolean guarded) {
    return guarded ? SimulatedRuns.ofOneDifference() : SimulatedRuns.ofOneUnguardedDifference();
  }

  private static void assertSentOnce(SimulatedRuns life) {
    assertThat(life.decision).isInstanceOf(InSync.class);
    assertThat(life.aws.sent).isEqualTo(1);
    assertThat(life.history().records())
        .extracting("outcome")
        .containsExactly(UpdateHistory.SUCCEEDED);
  }
}
