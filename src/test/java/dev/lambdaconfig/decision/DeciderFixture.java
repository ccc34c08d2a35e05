package dev.lambdaconfig.decision;

import dev.lambdaconfig.api.UpdateRecord;
import dev.lambdaconfig.decision.Decision.Update;
import dev.lambdaconfig.decision.history.Cause;
import dev.lambdaconfig.decision.history.DesiredVersion;
import dev.lambdaconfig.decision.history.RetryState;
import dev.lambdaconfig.decision.history.UpdateHistory;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.Target;
import dev.lambdaconfig.plan.Desired;
import dev.lambdaconfig.plan.Diff;
import dev.lambdaconfig.plan.TestSpecs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A resource of one field about which one decision after the other is made. */
final class DeciderFixture {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Desired TIMEOUT_9 = TestSpecs.desired("{timeout: 9}");

  private UpdateHistory history = UpdateHistory.NONE;
  private RetryState retryState = RetryState.NONE;
  private Instant now = START;
  private long generation = 1;
  private @Nullable String pinned;
  private @Nullable Target target;
  private boolean allowUnguarded;
  private Desired desired = TIMEOUT_9;

  /** An update of the timeout whose outcome is not known. */
  static UpdateRecord open() {
    return new UpdateRecord(
        START.toString(),
        List.of("timeout"),
        "SpecChanged",
        1L,
        "r1",
        UpdateHistory.IN_PROGRESS,
        null);
  }

  /** An update of a field that succeeded. */
  static UpdateRecord succeeded(String field) {
    return new UpdateRecord(
        START.toString(), List.of(field), "SpecChanged", 1L, "r0", UpdateHistory.SUCCEEDED, "r1");
  }

  void desires(String spec) {
    desired = TestSpecs.desired(spec);
  }

  void isPinnedTo(@Nullable String arn) {
    pinned = arn;
  }

  void isAbout(Target function) {
    target = function;
  }

  void hasGeneration(long newGeneration) {
    generation = newGeneration;
  }

  void allowsUnguardedUpdates() {
    allowUnguarded = true;
  }

  void hasHistory(UpdateRecord... records) {
    history = new UpdateHistory(List.of(records));
  }

  /** Records an update that is sent now. */
  void opensUpdate() {
    history =
        history.opened(
            List.of("timeout"), Cause.SpecChanged, DesiredVersion.of(generation), "r1", now);
  }

  /** AWS accepted the update of that record, or an update of no record. */
  void acceptedUpdate(@Nullable UpdateRecord record) {
    retryState = RetryState.NONE.accepted(null, now, record);
  }

  /** Sets the clock to that time after the start. */
  void hasWaited(Duration elapsed) {
    now = START.plus(elapsed);
  }

  Decision reads(String members) {
    return decided(Decider.afterRead(input(), new Answer.Described(TestSpecs.function(members))));
  }

  Decision failsToRead(Failure failure) {
    return decided(Decider.afterRead(input(), new Answer.Failed(failure)));
  }

  /** Sends an update that fails. */
  Decision failsToUpdate(Failure failure) {
    opensUpdate();
    Update update =
        new Update(
            Diff.between(TIMEOUT_9, TestSpecs.function("{Timeout: 3}")), "r1", Cause.SpecChanged);
    return decided(
        Decider.afterUpdate(
            input(), update, TestSpecs.function("{Timeout: 3}"), new Answer.Failed(failure)));
  }

  UpdateHistory history() {
    return history;
  }

  /** The outcomes of the updates so far, newest first. */
  List<@Nullable String> outcomes() {
    return history.records().stream().<@Nullable String>map(UpdateRecord::outcome).toList();
  }

  RetryState retryState() {
    return retryState;
  }

  private Decision decided(Judgement judgement) {
    history = judgement.history();
    retryState = judgement.retryState();
    return judgement.decision();
  }

  private DecisionInput input() {
    return DecisionInput.of(
            desired,
            generation,
            new DecisionInput.Options(Duration.ofHours(1), allowUnguarded),
            now,
            0.5)
        .with(new DecisionInput.Before(null, pinned, null, null, null))
        .with(target)
        .with(history, retryState);
  }
}
