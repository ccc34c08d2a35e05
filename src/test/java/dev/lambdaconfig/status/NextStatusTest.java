package dev.lambdaconfig.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lambdaconfig.api.DriftedField;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.api.StatusCondition;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.decision.history.Cause;
import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.plan.Desired;
import dev.lambdaconfig.plan.Diff;
import dev.lambdaconfig.plan.Plan;
import dev.lambdaconfig.plan.TestSpecs;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NextStatusTest {

  private static final Instant T0 = Instant.parse("2026-01-01T00:00:00.5Z");
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Desired DESIRED = TestSpecs.desired("{timeout: 9}");
  private static final ObservedFunction SAME = TestSpecs.function("{Timeout: 9}");
  private static final ObservedFunction OTHER = TestSpecs.function("{Timeout: 3}");
  private static final Plan NONE = Diff.between(DESIRED, SAME);
  private static final Plan DIFFERS = Diff.between(DESIRED, OTHER);

  static final Decision IN_SYNC = new Decision.InSync(SOON);
  static final Decision UPDATE = new Decision.Update(DIFFERS, "r1", Cause.SpecChanged);
  static final Decision WAIT = new Decision.InProgress("UpdateInProgress", "busy", SOON);
  static final Decision RETRY = new Decision.Retry("EniLimitExceeded", "later", SOON);
  static final Decision STALLED = new Decision.Stalled("InvalidSubnet", "mend it", SOON);
  static final Decision READ_AGAIN = new Decision.ReadAgain();

  /** What kstatus computes of an object: the rules that Flux, Argo CD and kubectl follow. */
  private static String kstatus(long generation, LambdaFunctionConfigStatus status) {
    if (!Objects.equals(status.observedGeneration, generation)) {
      return "InProgress";
    }
    if (is(status, "Reconciling", "True")) {
      return "InProgress";
    }
    if (is(status, "Stalled", "True")) {
      return "Failed";
    }
    // The library has rules for these alone: whatever else is there counts for nothing.
    if (is(status, "Ready", "False") || is(status, "Ready", "Unknown")) {
      return "InProgress";
    }
    return "Current";
  }

  private static boolean is(LambdaFunctionConfigStatus status, String type, String value) {
    StatusCondition condition = Conditions.find(status.conditions, type);
    return condition != null && condition.status().equals(value);
  }

  static Stream<Arguments> decisions() {
    return Stream.of(
        Arguments.of(IN_SYNC, NONE, "Current"),
        Arguments.of(UPDATE, DIFFERS, "InProgress"),
        Arguments.of(READ_AGAIN, DIFFERS, "InProgress"),
        Arguments.of(WAIT, NONE, "InProgress"),
        Arguments.of(RETRY, NONE, "InProgress"),
        Arguments.of(STALLED, NONE, "Failed"));
  }

  @ParameterizedTest
  @MethodSource("decisions")
  void looksToKstatusAsItIs(Decision decision, Plan plan, String expected) {
    for (Arguments before : decisions().toList()) {
      LambdaFunctionConfigStatus previous =
          after(null, 1, T0, (Decision) before.get()[0], (Plan) before.get()[1]);

      LambdaFunctionConfigStatus next = after(previous, 2, T0.plusSeconds(9), decision, plan);

      assertThat(kstatus(2, next)).isEqualTo(expected);
      assertThat(is(next, "Ready", "True")).isEqualTo(decision.equals(IN_SYNC));
      // A spec that was not tried yet is never current, whatever the last one came to.
      assertThat(kstatus(2, previous)).isEqualTo("InProgress");
      assertThat(next.conditions)
          .isNotNull()
          .allSatisfy(condition -> assertThat(condition.observedGeneration()).isEqualTo(2L));
      assertThat(next.conditions).extracting(StatusCondition::type).doesNotHaveDuplicates();
    }
  }

  @ParameterizedTest
  @MethodSource("decisions")
  void suspendedItIsCurrentAndNotReadyWhateverItWas(Decision decision, Plan plan, String unused) {
    LambdaFunctionConfigStatus previous = after(null, 1, T0, decision, plan);

    LambdaFunctionConfigStatus suspended =
        NextStatus.after(previous, 2, T0.plusSeconds(9)).suspended();

    assertThat(kstatus(2, suspended)).isEqualTo("Current");
    assertThat(suspended.conditions)
        .extracting(StatusCondition::type, StatusCondition::status)
        .containsExactly(tuple("Suspended", "True"));
    assertThat(suspended.drift).isNull();
    assertThat(NextStatus.after(suspended, 2, T0.plusSeconds(99)).suspended()).isEqualTo(suspended);
    // Nor is the next spec current before it was looked at, suspended or not.
    assertThat(kstatus(3, suspended)).isEqualTo("InProgress");
  }

  @ParameterizedTest
  @MethodSource("decisions")
  void resumedItIsAtWorkAndThenWhatItIs(Decision decision, Plan plan, String expected) {
    LambdaFunctionConfigStatus suspended = NextStatus.after(null, 1, T0).suspended();

    LambdaFunctionConfigStatus resumed =
        NextStatus.after(suspended, 2, T0).managing(DESIRED, "eu-west-1").resumed();
    LambdaFunctionConfigStatus next = after(resumed, 2, T0, decision, plan);

    assertThat(kstatus(2, resumed)).isEqualTo("InProgress");
    assertThat(is(resumed, "Reconciling", "True")).isTrue();
    assertThat(Conditions.find(resumed.conditions, "Suspended")).isNull();
    assertThat(kstatus(2, next)).isEqualTo(expected);
    assertThat(Conditions.find(next.conditions, "Suspended")).isNull();
  }

  @ParameterizedTest
  @MethodSource("decisions")
  void saysTheSameTwiceWithoutAChange(Decision decision, Plan plan, String expected) {
    LambdaFunctionConfigStatus first = after(null, 1, T0, decision, plan);
    LambdaFunctionConfigStatus second = after(first, 1, T0.plusSeconds(3600), decision, plan);
    LambdaFunctionConfigStatus reread =
        Serialization.unmarshal(Serialization.asJson(first), LambdaFunctionConfigStatus.class);

    assertThat(second).isEqualTo(first).hasSameHashCodeAs(first);
    assertThat(after(reread, 1, T0.plusSeconds(7200), decision, plan)).isEqualTo(first);
  }

  @Test
  void transitionTimesMoveOnTransitionsOnly() {
    LambdaFunctionConfigStatus first = after(null, 1, T0, WAIT, NONE);
    LambdaFunctionConfigStatus retry = after(first, 1, T0.plusSeconds(10), RETRY, NONE);
    LambdaFunctionConfigStatus ready = after(retry, 1, T0.plusSeconds(20), IN_SYNC, NONE);

    assertThat(since(retry, "Ready")).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(since(retry, "Reconciling")).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(since(ready, "Ready")).isEqualTo("2026-01-01T00:00:20Z");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"FunctionError.InitTimeout", "", "4xx", "_x", "a b", "ü", "É", "HTTP503", "x:"})
  void everyReasonFitsKubernetes(String reason) {
    Decision odd = new Decision.Stalled(reason, "m".repeat(50_000), SOON);

    LambdaFunctionConfigStatus status = after(null, 1, T0, odd, NONE);

    assertThat(status.conditions)
        .isNotNull()
        .allSatisfy(
            condition -> {
              assertThat(condition.reason()).matches("^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$");
              assertThat(condition.message().length()).isLessThanOrEqualTo(32768);
            });
  }

  @Test
  void everythingIsBounded() {
    Decision odd = new Decision.Stalled("R".repeat(5000), "x".repeat(32767) + "😀", SOON);
    Desired desired = TestSpecs.desired("{imageConfig: {command: [" + "y".repeat(9000) + "]}}");
    Plan plan = Diff.between(desired, OTHER);

    LambdaFunctionConfigStatus status = after(null, 1, T0, odd, plan);

    StatusCondition ready = Objects.requireNonNull(Conditions.find(status.conditions, "Ready"));
    assertThat(ready.reason()).hasSize(1024);
    assertThat(ready.message()).isEqualTo("x".repeat(32767));
    DriftedField drift = Objects.requireNonNull(status.drift).getFirst();
    assertThat(drift.desired()).isNotNull().hasSize(1025);
  }

  @Test
  void driftSaysWhatDiffersUntilTheUpdateHasSettled() {
    LambdaFunctionConfigStatus update = after(null, 1, T0, UPDATE, DIFFERS);
    LambdaFunctionConfigStatus wait = after(update, 1, T0, WAIT, NONE);
    LambdaFunctionConfigStatus ready = after(wait, 1, T0, IN_SYNC, NONE);

    assertThat(is(update, "Drifted", "True")).isTrue();
    assertThat(update.drift).containsExactly(new DriftedField("timeout", "9", "3"));
    assertThat(is(wait, "Drifted", "True")).isTrue();
    assertThat(wait.drift).isEqualTo(update.drift);
    assertThat(is(ready, "Drifted", "False")).isTrue();
    assertThat(ready.drift).isNull();
  }

  @Test
  void driftOfAnotherSpecIsNotTakenOver() {
    LambdaFunctionConfigStatus ready = after(null, 1, T0, IN_SYNC, NONE);
    LambdaFunctionConfigStatus same = after(ready, 1, T0, RETRY, null);
    LambdaFunctionConfigStatus other = after(ready, 2, T0, RETRY, null);
    LambdaFunctionConfigStatus busy = after(ready, 2, T0, WAIT, NONE);

    assertThat(is(same, "Drifted", "False")).isTrue();
    assertThat(is(other, "Drifted", "Unknown")).isTrue();
    assertThat(is(busy, "Drifted", "Unknown")).isTrue();
  }

  @Test
  void whatAwsCannotReadIsUnknown() {
    Plan unknown =
        Diff.between(
            TestSpecs.desired("{environment: {variables: {AA: x}}}"),
            TestSpecs.function("{Environment: {Error: {ErrorCode: KMSAccessDeniedException}}}"));

    LambdaFunctionConfigStatus status = after(null, 1, T0, STALLED, unknown);

    StatusCondition drifted = Objects.requireNonNull(Conditions.find(status.conditions, "Drifted"));
    assertThat(drifted.status()).isEqualTo("Unknown");
    assertThat(drifted.reason()).isEqualTo("KMSAccessDeniedException");
  }

  private static @Nullable String since(LambdaFunctionConfigStatus status, String type) {
    StatusCondition condition = Conditions.find(status.conditions, type);
    return condition == null ? null : condition.lastTransitionTime();
  }

  private static LambdaFunctionConfigStatus after(
      @Nullable LambdaFunctionConfigStatus previous,
      long generation,
      Instant now,
      Decision decision,
      @Nullable Plan plan) {
    return NextStatus.after(previous, generation, now)
        .managing(DESIRED, "eu-west-1")
        .decided(decision, plan);
  }
}
