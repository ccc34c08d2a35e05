package dev.lambdaconfig.decision;

import dev.lambdaconfig.decision.Decision.InProgress;
import dev.lambdaconfig.decision.Decision.InSync;
import dev.lambdaconfig.decision.Decision.ReadAgain;
import dev.lambdaconfig.decision.Decision.Retry;
import dev.lambdaconfig.decision.Decision.Stalled;
import dev.lambdaconfig.decision.Decision.Update;
import dev.lambdaconfig.decision.history.Cause;
import java.time.Duration;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

/** Assertions on a decision: first its kind, then what a decision of that kind says. */
final class DecisionAssert extends AbstractAssert<DecisionAssert, Decision> {

  private DecisionAssert(Decision actual) {
    super(actual, DecisionAssert.class);
  }

  static DecisionAssert assertThat(Decision actual) {
    return new DecisionAssert(actual);
  }

  DecisionAssert isInSync() {
    return isInstanceOf(InSync.class);
  }

  DecisionAssert isUpdate() {
    return isInstanceOf(Update.class);
  }

  DecisionAssert isReadAgain() {
    return isInstanceOf(ReadAgain.class);
  }

  DecisionAssert isInProgress() {
    return isInstanceOf(InProgress.class);
  }

  DecisionAssert isRetry() {
    return isInstanceOf(Retry.class);
  }

  DecisionAssert isStalled() {
    return isInstanceOf(Stalled.class);
  }

  DecisionAssert withReason(String reason) {
    Assertions.assertThat(reason()).as("reason of %s", actual).isEqualTo(reason);
    return this;
  }

  DecisionAssert withMessageContaining(CharSequence... parts) {
    Assertions.assertThat(message()).as("message of %s", actual).contains(parts);
    return this;
  }

  DecisionAssert withRequeueAfter(Duration delay) {
    Assertions.assertThat(requeueAfter()).as("delay of %s", actual).isEqualTo(delay);
    return this;
  }

  DecisionAssert withRequeueLaterThan(Duration delay) {
    Assertions.assertThat(requeueAfter()).as("delay of %s", actual).isGreaterThan(delay);
    return this;
  }

  DecisionAssert withCause(Cause cause) {
    Assertions.assertThat(update().cause()).as("cause of %s", actual).isEqualTo(cause);
    return this;
  }

  DecisionAssert withRevision(@Nullable String revisionId) {
    Assertions.assertThat(update().revisionId()).as("revision of %s", actual).isEqualTo(revisionId);
    return this;
  }

  DecisionAssert withFields(String... paths) {
    Assertions.assertThat(update().plan().fields())
        .as("fields of %s", actual)
        .containsExactly(paths);
    return this;
  }

  DecisionAssert withOnlyMembers(String... names) {
    Assertions.assertThat(update().plan().request())
        .as("request of %s", actual)
        .containsOnlyKeys(names);
    return this;
  }

  private String reason() {
    return switch (actual) {
      case InProgress inProgress -> inProgress.reason();
      case Retry retry -> retry.reason();
      case Stalled stalled -> stalled.reason();
      default -> throw failure("%s has no reason", actual);
    };
  }

  private String message() {
    return switch (actual) {
      case InProgress inProgress -> inProgress.message();
      case Retry retry -> retry.message();
      case Stalled stalled -> stalled.message();
      default -> throw failure("%s has no message", actual);
    };
  }

  private Duration requeueAfter() {
    if (actual instanceof Decision.Terminal terminal) {
      return terminal.requeueAfter();
    }
    throw failure("%s does not end the reconcile", actual);
  }

  private Update update() {
    if (actual instanceof Update update) {
      return update;
    }
    throw failure("%s is no update", actual);
  }
}
