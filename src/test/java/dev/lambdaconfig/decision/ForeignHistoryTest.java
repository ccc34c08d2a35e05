package dev.lambdaconfig.decision;

import static dev.lambdaconfig.decision.DecisionAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.api.UpdateRecord;
import dev.lambdaconfig.decision.history.Cause;
import dev.lambdaconfig.decision.history.DesiredVersion;
import dev.lambdaconfig.decision.history.RetryState;
import dev.lambdaconfig.decision.history.UpdateHistory;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.plan.TestSpecs;
import dev.lambdaconfig.status.NextStatus;
import dev.lambdaconfig.status.Notices;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A history can have been written by anybody, and lack whatever it likes. */
final class ForeignHistoryTest {

  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  private static final String[] TIMES = {
    "2026-11-23T11:59:00Z", "2026-11-23T11:00:00Z", "2030-01-01T00:00:00Z", "yesterday", ""
  };
  private static final String[] CAUSES = {
    "SpecChanged", "DriftCorrected", "Retried", "Restored", "Somebody"
  };
  private static final String[] OUTCOMES = {
    "InProgress", "Succeeded", "NotApplied", "EniLimitExceeded", "ValidationException", ""
  };
  private static final String[] FUNCTIONS = {
    "{Timeout: 3}",
    "{Timeout: 9}",
    "{Timeout: 3, RevisionId: null}",
    "{Timeout: 9, KMSKeyArn: null}",
    "{Timeout: 3, LastUpdateStatus: InProgress}",
    "{Timeout: 9, LastUpdateStatus: Failed, LastUpdateStatusReasonCode: EniLimitExceeded}",
    "{Timeout: 3, LastUpdateStatus: Failed, LastUpdateStatusReasonCode: InvalidSubnet}",
    "{Timeout: 3, State: Failed}"
  };

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void whateverAHistoryLacksEachReconcileDecides(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 1000; round++) {
      List<@Nullable UpdateRecord> history = history(random);
      RetryState retryState =
          random.nextBoolean()
              ? RetryState.NONE
              : RetryState.NONE.accepted(null, NOW, random.nextBoolean() ? null : record(random));
      for (String members : FUNCTIONS) {
        pass(history, retryState, TestSpecs.function(members), random);
      }
      told(history, history(random));
    }
  }

  @Test
  void anEntryWithoutOutcomeIsNeitherOpenNorASuccess() {
    // Given: a spec of this one field
    UpdateRecord without =
        new UpdateRecord(NOW.toString(), List.of("timeout"), "SpecChanged", 1L, "r0", null, null);

    // When
    Judgement step =
        Decider.afterRead(
            input(List.of(without), RetryState.NONE),
            new Answer.Described(TestSpecs.function("{Timeout: 3}")));

    // Then
    assertThat(new UpdateHistory(List.of(without)).open()).isNull();
    assertThat(step.history().records()).containsExactly(without);
    assertThat(step.decision()).isUpdate().withCause(Cause.Retried);
  }

  @Test
  void aHistoryOfNothingIsNone() {
    // When
    Judgement step =
        Decider.afterRead(
            input(Arrays.asList(null, null), RetryState.NONE),
            new Answer.Described(
                TestSpecs.function(
                    "{Timeout: 9, KMSKeyArn: 'arn:aws:kms:eu-west-1:123456789012:key/1'}")));

    // Then
    assertThat(step.decision()).isInSync();
    assertThat(step.history().records()).isEmpty();
  }

  private static void pass(
      List<@Nullable UpdateRecord> history,
      RetryState retryState,
      ObservedFunction function,
      Random random) {
    Judgement step = Decider.afterRead(input(history, retryState), new Answer.Described(function));
    assertThat(step.history().records()).doesNotContainNull();
    if (!(step.decision() instanceof Decision.Update update)) {
      return;
    }
    UpdateHistory opened =
        step.history()
            .opened(
                update.plan().fields(),
                update.cause(),
                DesiredVersion.of(1),
                update.revisionId(),
                NOW);
    Failure failure =
        new Failure(
            pick(random, "ValidationException", "ServiceException", "ResourceConflictException"),
            "no",
            random.nextBoolean() ? 400 : 500,
            null);
    Judgement after =
        Decider.afterUpdate(
            input(opened.records(), step.retryState()),
            update,
            function,
            new Answer.Failed(failure));
    assertThat(after.history().records()).doesNotContainNull();
    Decider.everChanging(input(opened.records(), step.retryState()));
  }

  private static void told(
      List<@Nullable UpdateRecord> before, List<@Nullable UpdateRecord> after) {
    new UpdateHistory(after).endedSince(new UpdateHistory(before));
    RetryState.afterRestart(new UpdateHistory(before), "ValidationException", "no", NOW);
    LambdaFunctionConfigStatus was = new LambdaFunctionConfigStatus();
    was.history = before;
    LambdaFunctionConfigStatus is = new LambdaFunctionConfigStatus();
    is.history = after;
    Notices.between(was, is);
    NextStatus.after(was, 1, NOW).decided(new Decision.InSync(Duration.ofMinutes(1)), null);
  }

  private static List<@Nullable UpdateRecord> history(Random random) {
    List<@Nullable UpdateRecord> history = new ArrayList<>();
    int size = random.nextInt(11);
    for (int i = 0; i < size; i++) {
      history.add(random.nextInt(8) == 0 ? null : record(random));
    }
    return history;
  }

  private static UpdateRecord record(Random random) {
    return new UpdateRecord(
        maybe(random, pick(random, TIMES)),
        random.nextInt(3) == 0
            ? null
            : random.nextInt(5) == 0
                ? Arrays.asList("timeout", null)
                : List.of(pick(random, "timeout", "kmsKeyArn", "memorySize")),
        maybe(random, pick(random, CAUSES)),
        random.nextInt(3) == 0 ? null : (Long) (long) random.nextInt(3),
        maybe(random, pick(random, "r0", "r1")),
        maybe(random, pick(random, OUTCOMES)),
        maybe(random, pick(random, "r0", "r1")));
  }

  private static @Nullable String maybe(Random random, String value) {
    return random.nextInt(3) == 0 ? null : value;
  }

  private static String pick(Random random, String... from) {
    return from[random.nextInt(from.length)];
  }

  private static DecisionInput input(List<@Nullable UpdateRecord> history, RetryState retryState) {
    return DecisionInput.of(
            TestSpecs.desired(
                "{timeout: 9, kmsKeyArn: 'arn:aws:kms:eu-west-1:123456789012:key/1'}"),
            1,
            new DecisionInput.Options(Duration.ofHours(1), true),
            NOW,
            0.5)
        .with(new UpdateHistory(history), retryState);
  }
}
