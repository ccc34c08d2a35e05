package dev.lambdaconfig.controller;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.decision.history.UpdateHistory;
import dev.lambdaconfig.plan.TestSpecs;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * A Secret that is rotated, rewritten, missing and forbidden in any order, while others write to
 * the function, updates fail and processes die. A failure prints its seed; {@code -Dseed=} runs
 * that one alone.
 */
final class ChangedValuesRunsTest {

  private static final int RUNS = 300;
  private static final int EVENTS = 60;

  private static final String CANARY = "cAnArY";

  private static final String REPLACE =
      "{timeout: %d, environment: {valuesFrom: [{name: PASSWORD, secretKeyRef: {name: db, key:"
          + " password}}]}}";

  private static final String MERGE = REPLACE.replace("{valuesFrom", "{policy: Merge, valuesFrom");

  /** One run, with what may have caused an update. */
  private static final class Run {
    private final Random random;
    private final String spec;
    private final SimulatedRuns life;

    /** The number of events after which the function can differ from the spec. */
    private int changes = 1;

    private int number;
    private boolean faulty = true;

    Run(long seed, boolean merges) {
      random = new Random(seed);
      spec = merges ? MERGE : REPLACE;
      life = SimulatedRuns.of(spec.formatted(9), "{Timeout: 3}");
      life.values.write(value());
      life.dies = () -> faulty && random.nextInt(8) == 0;
      life.mustWait = () -> faulty && random.nextInt(8) == 0;
      life.aws.losesReplies = () -> faulty && random.nextInt(8) == 0;
    }

    private String value() {
      return CANARY + ++number;
    }

    void event() {
      switch (random.nextInt(12)) {
        case 0, 1, 2 -> rotate();
        case 3 -> rewrite();
        case 4 -> life.values.delete();
        case 5 -> life.values.forbid();
        case 6 -> somebodySets("PASSWORD");
        case 7 -> somebodySets("THEIRS");
        case 8 -> declare();
        case 9 -> life.restart();
        default -> {}
      }
    }

    private void rotate() {
      life.values.write(value());
      changes++;
    }

    private void rewrite() {
      if (life.values.password != null) {
        life.values.write(life.values.password);
      }
    }

    private void declare() {
      life.declare(spec.formatted(10 + random.nextInt(100)));
      changes++;
    }

    private void somebodySets(String variable) {
      ObjectNode variables = variables().deepCopy();
      variables.put(variable, value());
      life.aws.members.set("Environment", TestSpecs.object().set("Variables", variables));
      life.aws.change("Changed", number);
      life.noticeChange();
      changes++;
    }

    ObjectNode variables() {
      return life.aws.members.path("Environment").path("Variables") instanceof ObjectNode variables
          ? variables
          : TestSpecs.object();
    }

    void reconcile() {
      int sent = life.aws.sent;
      // What a reconcile leaves if it ends undecided.
      life.decision = new Decision.ReadAgain();
      life.reconcileAndWait();
      if (life.values.password == null) {
        assertThat(life.aws.sent).as("an update without its values").isEqualTo(sent);
        assertThat(life.decision).isInstanceOf(Decision.Stalled.class);
      }
      if (life.decision instanceof Decision.InSync) {
        assertThat(variables().path("PASSWORD").asText()).isEqualTo(life.values.password);
      }
      assertThat(Serialization.asJson(life.status())).doesNotContain(CANARY);
    }

    void recover() {
      faulty = false;
      life.aws.recover();
      if (life.values.password == null) {
        rotate();
      }
      life.runFor(Duration.ofHours(1));
    }
  }

  @Test
  void whateverHappensTheFunctionGetsTheLastValueByNoMoreUpdatesThanNeeded() {
    forAll(
        false,
        run -> {
          assertThat(run.variables().properties()).hasSize(1);
          assertThat(run.life.aws.applied).isLessThanOrEqualTo(run.changes);
        });
  }

  @Test
  void whateverHappensAVariableOfAnotherWriterStays() {
    forAll(
        true,
        run -> {
          ObjectNode before = run.variables();
          run.life.declare("{environment: {policy: Merge, variables: {}}}");
          run.life.runFor(Duration.ofHours(1));
          assertThat(run.variables()).isEqualTo(before.without("PASSWORD"));
        });
  }

  private static void forAll(boolean merges, Consumer<Run> atTheEnd) {
    String given = System.getProperty("seed");
    long first = given == null ? 1 : Long.parseLong(given);
    for (long seed = first; seed < first + (given == null ? RUNS : 1); seed++) {
      try {
        Run run = new Run(seed, merges);
        for (int i = 0; i < EVENTS; i++) {
          run.event();
          run.reconcile();
        }
        run.recover();
        assertThat(run.life.decision).isInstanceOf(Decision.InSync.class);
        assertThat(run.variables().path("PASSWORD").asText()).isEqualTo(run.life.values.password);
        assertThat(run.life.history().open()).isNull();
        assertThat(run.life.history().records())
            .extracting("outcome")
            .doesNotContain(UpdateHistory.IN_PROGRESS);
        atTheEnd.accept(run);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }
}
