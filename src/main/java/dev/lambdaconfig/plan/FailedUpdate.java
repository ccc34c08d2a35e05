package dev.lambdaconfig.plan;

import dev.lambdaconfig.api.UpdateRecord;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.plan.Decision.ReadAgain;
import dev.lambdaconfig.plan.Decision.Retry;
import dev.lambdaconfig.plan.Decision.Stalled;
import dev.lambdaconfig.plan.Decision.Update;
import dev.lambdaconfig.plan.Decision.Wait;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** Decides on an update that AWS refused, or did not answer. */
final class FailedUpdate {

  /** For so long IAM and KMS may not know what was just made. */
  private static final Duration POLICY = Duration.ofMinutes(15);

  /** For so long EC2 may throttle Lambda, or a file system may not be mountable. */
  private static final Duration NETWORK = Duration.ofMinutes(10);

  /** For so long EC2 may not know an id that was just made. */
  private static final Duration ID = Duration.ofMinutes(2);

  private final Situation situation;
  private final Update update;
  private final Failure failure;
  private final String message;
  private final Memory memory;
  private final String state;

  FailedUpdate(Situation situation, Update update, ObservedFunction before, Failure failure) {
    this.situation = situation;
    this.update = update;
    this.failure = failure;
    this.message = Redaction.of(situation.desired(), before).clean(failure.message());
    this.state = Objects.requireNonNullElse(update.revisionId(), before.identity());
    this.memory =
        situation.memory().failed(situation.generation(), failure.code(), situation.now());
  }

  Step decide() {
    // What may have been applied stays open in the history: the next read tells.
    List<UpdateRecord> unsent =
        failure.mayHaveBeenApplied()
            ? situation.history()
            : Records.withoutOpen(situation.history());
    return switch (FailureKind.of(failure)) {
      case STALE_REVISION -> new Step(new ReadAgain(), update.plan(), unsent, situation.memory());
      case CONFLICT -> conflict();
      case THROTTLED, TRANSIENT ->
          new Step(
              Decider.retry(failure, message, memory.failures(), situation),
              update.plan(),
              unsent,
              memory);
      case SETTLING_POLICY -> patient(POLICY);
      case SETTLING_NETWORK -> patient(NETWORK);
      case SETTLING_ID -> patient(ID);
      case DENIED -> refused(failure.code(), Delays.DENIED);
      // The function was there a moment ago: what is missing is something that the update names.
      case NOT_FOUND, REFUSED -> refused(failure.code(), Delays.REFUSED);
    };
  }

  /**
   * Normally somebody's update that began after the read. Where the reads keep saying that nothing
   * runs, AWS takes no update in this State, and its message names it.
   */
  private Step conflict() {
    if (memory.failingFor(situation.now()).compareTo(Delays.CONFLICTING) >= 0) {
      return refused(failure.code(), Delays.DENIED);
    }
    return new Step(
        new Wait(
            Decider.UPDATE_IN_PROGRESS, message, Delays.poll(memory.polls(), situation.random())),
        update.plan(),
        Records.withoutOpen(situation.history()),
        memory.polled());
  }

  /** Refuses by the book, but often passes: what it speaks of was made a moment ago. */
  private Step patient(Duration patience) {
    if (memory.failingFor(situation.now()).compareTo(patience) >= 0) {
      return refused(failure.code(), Delays.REFUSED);
    }
    String meanwhile =
        "; what was made a moment ago can take AWS some minutes to know, so this is tried again for"
            + " "
            + patience.toMinutes()
            + " minutes";
    return new Step(
        new Retry(
            failure.code(),
            message + meanwhile,
            Delays.retry(memory.failures() - 1, situation.random())),
        update.plan(),
        Records.ended(situation.history(), failure.code(), update.revisionId()),
        memory);
  }

  private Step refused(String code, Duration pause) {
    // A resource that is being deleted waits for nobody for half an hour.
    Duration delay =
        situation.wish().restore()
            ? Delays.retry(memory.failures() - 1, situation.random())
            : pause;
    Memory.Held held =
        new Memory.Held(
            situation.generation(), state, code, message, new Pause(situation.now(), delay));
    return new Step(
        new Stalled(code, message, Decider.shorter(delay, situation.recheck())),
        update.plan(),
        Records.ended(situation.history(), code, update.revisionId()),
        memory.held(held).judged(state));
  }
}
