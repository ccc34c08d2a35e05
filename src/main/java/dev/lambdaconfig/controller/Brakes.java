package dev.lambdaconfig.controller;

import dev.lambdaconfig.api.UpdateRecord;
import dev.lambdaconfig.plan.Cause;
import dev.lambdaconfig.plan.Decision;
import dev.lambdaconfig.plan.Records;
import dev.lambdaconfig.settings.Answer;
import dev.lambdaconfig.settings.Failure;
import dev.lambdaconfig.settings.FunctionReference;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Stops a bad change before it has reached the whole fleet: one {@link UpdateBreaker} for each
 * account and Region, and what people are told of it.
 */
final class Brakes {

  /** Whether an update may be sent. */
  sealed interface Verdict {}

  /** It may. */
  record Go() implements Verdict {}

  /** Not before some of those that run have shown that they succeed. */
  record NotYet(Duration delay) implements Verdict {}

  /** Not until the pause is over. */
  record Paused(Decision.Paused decision) implements Verdict {}

  private static final Verdict GO = new Go();

  private final LongSupplier nanos;
  private final Consumer<String> wake;
  private final Map<String, UpdateBreaker> breakers = new ConcurrentHashMap<>();

  /** The resources whose last update failed, with the key of their breaker. */
  private final Map<String, String> failed = new ConcurrentHashMap<>();

  /** Those of them that a person wishes to have tried again. */
  private final Set<String> again = ConcurrentHashMap.newKeySet();

  /** The newest wish for release that was seen of each resource. */
  private final Map<String, String> handled = new ConcurrentHashMap<>();

  /** The resources that were told of a pause, by the key of their breaker. */
  private final Map<String, Set<String>> paused = new ConcurrentHashMap<>();

  /**
   * Holds nobody back yet.
   *
   * @param wake called with each resource that was paused, when its pause is over
   */
  Brakes(LongSupplier nanos, Consumer<String> wake) {
    this.nanos = nanos;
    this.wake = wake;
  }

  /** The pause that the resource's update falls into, or null; who is paused need not queue. */
  Decision.@Nullable Paused pause(Pass pass) {
    return breaker(pass).pause().isPresent() && mayUpdate(pass) instanceof Paused(var decision)
        ? decision
        : null;
  }

  /** Asks whether an update may be sent now; right before it is. */
  Verdict mayUpdate(Pass pass) {
    return switch (breaker(pass).mayUpdate(pass.uid(), pass.isRequested())) {
      case UpdateBreaker.Verdict.Go go -> GO;
      case UpdateBreaker.Verdict.Wait(Duration delay) -> new NotYet(delay);
      case UpdateBreaker.Verdict.Paused(UpdateBreaker.Pause pause, Duration delay) -> {
        waits(pass);
        yield new Paused(new Decision.Paused(message(pass, pause), delay));
      }
    };
  }

  private void waits(Pass pass) {
    paused.compute(
        key(pass),
        (key, before) -> {
          Set<String> waiting = before == null ? ConcurrentHashMap.newKeySet() : before;
          waiting.add(pass.uid());
          return waiting;
        });
    // The pause may have ended before there was anybody to wake.
    wakeIfOver(pass);
  }

  /** An update was sent; what AWS did not take is not waited for. */
  void sent(Pass pass, Answer outcome) {
    switch (outcome) {
      case Answer.Described described -> breaker(pass).sent(pass.uid());
      case Answer.Failed(Failure failure) -> {
        if (!failure.mayHaveBeenApplied()) {
          breaker(pass).over(pass.uid());
        }
      }
    }
  }

  /** Notes the update that this pass has seen the end of, if there is one. */
  void ended(Pass pass) {
    again.remove(pass.uid());
    UpdateRecord record = pass.endedUpdate();
    if (record == null) {
      return;
    }
    String outcome = Objects.requireNonNullElse(record.outcome(), Records.SUCCEEDED);
    boolean succeeded = outcome.equals(Records.SUCCEEDED);
    if (succeeded) {
      failed.remove(pass.uid());
    } else {
      failed.put(pass.uid(), key(pass));
    }
    // The same update tried again in vain says nothing new: a handful of resources that somebody
    // has to repair must not stop all others every half an hour.
    if (!succeeded
        && Cause.Retried.name().equals(record.cause())
        && breaker(pass).pause().isEmpty()) {
      breaker(pass).over(pass.uid());
      return;
    }
    Optional<UpdateBreaker.Pause> tripped =
        breaker(pass).ended(pass.uid(), succeeded ? null : outcome);
    tripped.ifPresent(pause -> pass.journal().paused(message(pass, pause)));
    wakeIfOver(pass);
  }

  private void wakeIfOver(Pass pass) {
    if (breaker(pass).pause().isEmpty()) {
      Set<String> waiting = paused.remove(key(pass));
      if (waiting != null) {
        waiting.forEach(wake);
      }
    }
  }

  /**
   * Releases the updates of the resource's account and Region, if somebody wishes so who has not
   * been heard yet: those that were paused, and those that failed, for what made them fail is
   * repaired.
   */
  void releaseIfWished(Pass pass) {
    String wish = ReconcileRequest.release(pass.resource());
    if (wish != null && !wish.equals(handled.put(pass.uid(), wish)) && breaker(pass).release()) {
      pass.journal().resumed(place(pass));
      wakeIfOver(pass);
      String released = key(pass);
      failed.forEach(
          (uid, key) -> {
            if (key.equals(released)) {
              again.add(uid);
              wake.accept(uid);
            }
          });
    }
  }

  /** Whether the resource's update is to be tried again although it failed. */
  boolean isTriedAgain(Pass pass) {
    return again.contains(pass.uid());
  }

  void forget(String uid) {
    handled.remove(uid);
    failed.remove(uid);
    again.remove(uid);
    paused.values().forEach(waiting -> waiting.remove(uid));
  }

  /** Shows, by Region, whether updates are paused; the account is never a label. */
  void forEach(BiConsumer<String, Boolean> action) {
    breakers.forEach(
        (place, breaker) ->
            action.accept(place.substring(place.indexOf('/') + 1), breaker.pause().isPresent()));
  }

  private UpdateBreaker breaker(Pass pass) {
    return breakers.computeIfAbsent(key(pass), any -> new UpdateBreaker(nanos));
  }

  /** The account of bare names is the operator's own. */
  private static String key(Pass pass) {
    return Objects.requireNonNullElse(account(pass), "") + "/" + pass.target().region();
  }

  private static @Nullable String account(Pass pass) {
    return FunctionReference.accountIn(pass.knownArn());
  }

  private static String place(Pass pass) {
    String account = account(pass);
    return pass.target().region() + (account == null ? "" : " of account " + account);
  }

  private static String message(Pass pass, UpdateBreaker.Pause pause) {
    return "updates in "
        + place(pass)
        + " are paused: "
        + pause.failed()
        + " of the last "
        + pause.of()
        + " ended with "
        + pause.reason()
        + "; one is tried again every "
        + pause.length().toMinutes()
        + " minutes. Correct what they have in common; to go on at once, kubectl annotate lfc "
        + pass.resource().getMetadata().getName()
        + " "
        + ReconcileRequest.RELEASE
        + "=\"$(date +%s)\" --overwrite";
  }
}
