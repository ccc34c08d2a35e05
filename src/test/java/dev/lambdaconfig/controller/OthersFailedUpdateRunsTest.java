package dev.lambdaconfig.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.decision.Decision.InSync;
import dev.lambdaconfig.decision.Decision.Stalled;
import dev.lambdaconfig.decision.history.UpdateHistory;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An update of another writer, such as a deployment of code, that fails is no failure of the
 * operator's update. A failure of a random run prints its seed; {@code -Dseed=} runs that one
 * alone.
 */
final class OthersFailedUpdateRunsTest {

  private static final Duration HOURS = Duration.ofHours(3);
  private static final int RUNS = 100;
  private static final int EVENTS = 60;

  /** The codes of others' failures: a transient one, and one that needs a person. */
  private static final String[] THEIRS = {"InternalError", "InvalidImage"};

  @ParameterizedTest
  @ValueSource(strings = {"InternalError", "InvalidImage"})
  void oneThatFailsAfterOursSucceededIsNeitherRecordedNorAnswered(String code) {
    SimulatedRuns life = SimulatedRuns.ofOneDifference();
    life.aws.updateTime = Duration.ofMillis(1);
    life.reconcileAndWait();
    assertThat(life.aws.applied).isEqualTo(1);

    life.aws.failUpdateOfAnotherWriter(code);
    life.runFor(HOURS);

    assertThat(life.aws.sent).isEqualTo(1);
    assertThat(life.history().records())
        .extracting("outcome")
        .containsExactly(UpdateHistory.SUCCEEDED);
    assertThat(life.decision)
        .isInstanceOfSatisfying(Stalled.class, s -> assertThat(s.reason()).isEqualTo(code));
  }

  @ParameterizedTest
  @ValueSource(strings = {"InternalError", "InvalidImage"})
  void oneThatFailsWhileOursIsAnnouncedDoesNotKeepItFromBeingSent(String code) {
    SimulatedRuns life = SimulatedRuns.ofOneDifference();
    AtomicInteger tries = new AtomicInteger();
    life.dies = () -> tries.getAndIncrement() == 0;
    life.reconcileAndWait();
    assertThat(life.history().isOpen()).isTrue();
    assertThat(life.aws.sent).isZero();

    life.aws.failUpdateOfAnotherWriter(code);
    life.runFor(HOURS);

    assertThat(life.aws.sent).isEqualTo(1);
    assertThat(life.history().records())
        .extracting("outcome")
        .containsExactly(UpdateHistory.SUCCEEDED);
    assertThat(life.decision).isInstanceOf(InSync.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"EniLimitExceeded", "InvalidSubnet"})
  void oneThatFailsLikeAnEarlierOneOfOursThatIsOverIsNotAnswered(String code) {
    // Given: ours fails, AWS shows its values, and another writer's update succeeds after it
    SimulatedRuns life = SimulatedRuns.ofOneDifference();
    life.aws.endsWith = code;
    while (life.history().isOpen() || life.history().newest() == null) {
      life.reconcileAndWait();
    }
    life.aws.succeedUpdateOfAnotherWriter();
    life.runFor(Duration.ofMinutes(3));
    assertThat(life.decision).isInstanceOf(InSync.class);
    int sent = life.aws.sent;

    // When
    life.aws.failUpdateOfAnotherWriter(code);
    life.runFor(HOURS);

    // Then
    assertThat(life.aws.sent).isEqualTo(sent);
    assertThat(life.decision)
        .isInstanceOfSatisfying(Stalled.class, s -> assertThat(s.reason()).isEqualTo(code));
  }

  /** A resource, its function, and another writer. */
  private static final class Run {
    private final Random random;
    private final SimulatedRuns life = SimulatedRuns.ofOneDifference();

    /** Whether answers get lost, so that nobody can tell whose update has failed. */
    private final boolean forgets;

    /** The number of events after which the function can differ from the spec. */
    private int changes = 1;

    private int timeout = 9;
    private boolean faulty = true;

    Run(long seed, boolean forgets) {
      random = new Random(seed);
      this.forgets = forgets;
      life.dies = () -> faulty && random.nextInt(8) == 0;
      life.mustWait = () -> faulty && random.nextInt(8) == 0;
      life.aws.losesReplies = () -> faulty && forgets && random.nextInt(8) == 0;
      life.aws.showsFailedValues = random.nextBoolean();
    }

    void event() {
      switch (random.nextInt(8)) {
        case 0, 1, 2 -> {
          life.aws.failUpdateOfAnotherWriter(THEIRS[random.nextInt(THEIRS.length)]);
          life.noticeChange();
        }
        case 3 -> {
          life.aws.change("Timeout", 10_000 + ++changes);
          life.noticeChange();
        }
        case 4 -> declare();
        case 5 -> {
          if (forgets) {
            life.restart();
          }
        }
        case 6 -> life.aws.endsWith = forgets ? "EniLimitExceeded" : null;
        default -> life.aws.endsWith = null;
      }
    }

    void declare() {
      timeout = 100 + ++changes;
      life.declare("{timeout: " + timeout + "}");
    }

    void reconcile() {
      // What a reconcile leaves if it ends undecided.
      life.decision = new Decision.ReadAgain();
      life.reconcileAndWait();
      if (life.decision instanceof Stalled stalled && List.of(THEIRS).contains(stalled.reason())) {
        assertThat(life.aws.members.path("Timeout").asInt())
            .as("what others' failures keep from being sent")
            .isEqualTo(timeout);
      }
      if (!forgets) {
        assertThat(life.history().records())
            .extracting("outcome")
            .doesNotContain((Object[]) THEIRS);
      }
    }

    void recover() {
      faulty = false;
      life.aws.recover();
      declare();
      life.runFor(Duration.ofHours(1));
    }
  }

  @Test
  void whereverTheyFailOursAreSentOnce() {
    forAll(false, run -> assertThat(run.life.aws.applied).isLessThanOrEqualTo(run.changes));
  }

  @Test
  void whereverTheyFailAndAnswersAreLostNothingIsHeldBack() {
    forAll(true, run -> {});
  }

  private static void forAll(boolean forgets, Consumer<Run> atTheEnd) {
    String given = System.getProperty("seed");
    long first = given == null ? 1 : Long.parseLong(given);
    for (long seed = first; seed < first + (given == null ? RUNS : 1); seed++) {
      try {
        Run run = new Run(seed, forgets);
        for (int i = 0; i < EVENTS; i++) {
          run.event();
          run.reconcile();
        }
        run.recover();
        assertThat(run.life.decision).isInstanceOf(InSync.class);
        assertThat(run.life.history().isOpen()).isFalse();
        assertThat(run.life.aws.members.path("Timeout").asInt()).isEqualTo(run.timeout);
        atTheEnd.accept(run);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }
}
