package dev.lambdaconfig.controller;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.decision.history.UpdateHistory;
import dev.lambdaconfig.plan.Baseline;
import dev.lambdaconfig.plan.TestSpecs;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * A Secret that is rotated, rewritten, missing and forbidden in any order, while others write to
 * the function, its key is out of reach, updates fail or are refused and processes die. A failure
 * prints its seed; {@code -Dseed=} runs that one alone.
 */
final class ChangedValuesRunsTest {

  private static final int RUNS = 200;
  private static final int EVENTS = 60;

  private static final String CANARY = "cAnArY";
  private static final String ORIGINAL = "Environment: {Variables: {ORIGINAL: of-the-function}}";

  private static final String REPLACE =
      "{timeout: %d, environment: {variables: %s, valuesFrom: [{name: PASSWORD,"
          + " secretKeyRef: {name: db, key: password}}]}}";

  private static final String MERGE = REPLACE.replace("{variables", "{policy: Merge, variables");

  private static final String RESTORE =
      REPLACE.replace("environment", "deletionPolicy: Restore, environment");

  /** One run, with what may have caused an update. */
  private static final class Run {
    private final Random random;
    private final String spec;
    private final SimulatedRuns life;

    /** The number of events after which the function can differ from the spec. */
    private int changes = 1;

    private int number;

    /** Whether the spec has a variable of its own besides that of the Secret. */
    private boolean hasLevel = true;

    private boolean faulty = true;

    /** The environments that the function had before the first update of it. */
    private final Set<JsonNode> before = new HashSet<>();

    Run(long seed, String spec) {
      random = new Random(seed);
      this.spec = spec;
      life = SimulatedRuns.of(declared(9), "{Timeout: 3, " + ORIGINAL + "}");
      before.add(variables());
      life.values.write(value());
      life.dies = () -> faulty && random.nextInt(8) == 0;
      life.mustWait = () -> faulty && random.nextInt(8) == 0;
      life.aws.losesReplies = () -> faulty && random.nextInt(8) == 0;
    }

    private String declared(int timeout) {
      return spec.formatted(timeout, hasLevel ? "{LEVEL: info}" : "{}");
    }

    private String value() {
      return CANARY + ++number;
    }

    void event() {
      switch (random.nextInt(15)) {
        case 0, 1, 2 -> rotate();
        case 3 -> rewrite();
        case 4 -> life.values.delete();
        case 5 -> life.values.forbid();
        case 6 -> somebodySets("PASSWORD");
        case 7 -> somebodySets("THEIRS");
        case 12 -> somebodySets("LEVEL");
        case 13 -> turnKey();
        case 8 -> declare();
        case 9 -> life.restart();
        case 10 -> refuseForMinutes();
        default -> {}
      }
    }

    private void rotate() {
      life.values.write(value());
      changes++;
    }

    private void turnKey() {
      life.aws.isUnreadable = !life.aws.isUnreadable;
      life.noticeChange();
      changes++;
    }

    /** AWS takes no update, although reads show that none runs. */
    private void refuseForMinutes() {
      life.aws.updateFault = l -> FaultyFunction.failure("ResourceConflictException", "busy", 409);
      life.runFor(Duration.ofMinutes(3));
      life.aws.updateFault = l -> null;
    }

    private void rewrite() {
      if (life.values.password != null) {
        life.values.write(life.values.password);
      }
    }

    private void declare() {
      hasLevel = random.nextBoolean();
      life.declare(declared(10 + random.nextInt(100)));
      changes++;
    }

    private void somebodySets(String variable) {
      ObjectNode variables = variables().deepCopy();
      variables.put(variable, value());
      life.aws.members.set("Environment", TestSpecs.object().set("Variables", variables));
      life.aws.change("Changed", number);
      life.noticeChange();
      changes++;
      if (life.aws.replaced.isEmpty()) {
        before.add(variables);
      }
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
      if (spec.equals(RESTORE) && !life.aws.replaced.isEmpty()) {
        assertThat(before).contains(TestSpecs.object().setAll(kept()));
      }
    }

    /** What a deletion would restore. */
    private Map<String, JsonNode> kept() {
      assertThat(Baseline.of(life.status().baseline).secretName()).isNotNull();
      Map<String, JsonNode> variables = new TreeMap<>();
      Objects.requireNonNull(life.restore.kept(), "nothing is kept")
          .forEach((name, value) -> variables.put(name, TextNode.valueOf(value)));
      return variables;
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
        REPLACE,
        run -> {
          assertThat(run.variables().properties()).hasSize(run.hasLevel ? 2 : 1);
          assertThat(run.life.aws.applied).isLessThanOrEqualTo(run.changes);
        });
  }

  @Test
  void whateverHappensAVariableOfAnotherWriterStays() {
    forAll(
        MERGE,
        run -> {
          ObjectNode before = run.variables();
          run.life.declare("{environment: {policy: Merge, variables: {}}}");
          run.life.runFor(Duration.ofHours(1));
          ObjectNode theirs = before.without("PASSWORD");
          assertThat(run.variables()).isEqualTo(run.hasLevel ? theirs.without("LEVEL") : theirs);
        });
  }

  @Test
  void whateverHappensADeletionCanRestoreWhatWasThereBeforeTheFirstUpdate() {
    forAll(
        RESTORE,
        run -> {
          assertThat(run.life.aws.replaced).isNotEmpty();
          assertThat(Baseline.of(run.life.status().baseline).isProvisional()).isFalse();
        });
  }

  private static void forAll(String spec, Consumer<Run> atTheEnd) {
    String given = System.getProperty("seed");
    long first = given == null ? 1 : Long.parseLong(given);
    for (long seed = first; seed < first + (given == null ? RUNS : 1); seed++) {
      try {
        Run run = new Run(seed, spec);
        for (int i = 0; i < EVENTS; i++) {
          run.event();
          run.reconcile();
        }
        run.recover();
        assertThat(run.life.decision).isInstanceOf(Decision.InSync.class);
        assertThat(run.variables().path("PASSWORD").asText()).isEqualTo(run.life.values.password);
        assertThat(run.variables().path("LEVEL").asText().equals("info")).isEqualTo(run.hasLevel);
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
