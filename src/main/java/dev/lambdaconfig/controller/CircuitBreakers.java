package dev.lambdaconfig.controller;

import dev.lambdaconfig.api.UpdateRecord;
import dev.lambdaconfig.controller.CircuitBreaker.Pause;
import dev.lambdaconfig.controller.RegionBreakers.Effects;
import dev.lambdaconfig.controller.RegionBreakers.Level;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.decision.history.Cause;
import dev.lambdaconfig.decision.history.UpdateHistory;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.FunctionReference;
import dev.lambdaconfig.model.QuotaScope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Stops a bad change before it has reached the whole fleet: the {@link RegionBreakers} of each
 * account and Region, and what is reported of them.
 *
 * <p>The account is the one that AWS answered to a read of this process: what a spec or a status
 * says of it chooses nobody's breaker.
 */
final class CircuitBreakers {

  /** Whether an update may be sent. */
  sealed interface Verdict {}

  /** It may. */
  record Go() implements Verdict {}

  /** Not before some of those that run have shown that they succeed. */
  record NotYet(Duration delay) implements Verdict {}

  /** Not until the pause is over. */
  record Paused(Decision.Paused decision) implements Verdict {}

  /** What a resource takes part in. */
  private record Member(QuotaScope scope, String namespace) {}

  private static final Verdict GO = new Go();

  private final LongSupplier nanos;
  private final Consumer<String> wake;
  private final Map<QuotaScope, RegionBreakers> scopes = new ConcurrentHashMap<>();
  private final Map<String, Member> members = new ConcurrentHashMap<>();

  /** The resources at which a person has just asked that updates go on. */
  private final Set<String> wishes = ConcurrentHashMap.newKeySet();

  /**
   * Holds nobody back yet.
   *
   * @param wake called with each resource that was held back, when it may go on
   */
  CircuitBreakers(LongSupplier nanos, Consumer<String> wake) {
    this.nanos = nanos;
    this.wake = wake;
  }

  /** The pause that the resource's update falls into, or null; no such update need queue. */
  Decision.@Nullable Paused pause(Pass pass) {
    Member member = join(pass);
    return breakers(member, pass.uid()).isPaused(member.namespace())
            && mayUpdate(pass) instanceof Paused(var decision)
        ? decision
        : null;
  }

  /** Asks whether an update may be sent now; right before it is. */
  Verdict mayUpdate(Pass pass) {
    Member member = join(pass);
    return switch (breakers(member, pass.uid())
        .mayUpdate(member.namespace(), pass.uid(), pass.isRequested())) {
      case RegionBreakers.Verdict.Go go -> GO;
      case RegionBreakers.Verdict.Wait(Duration delay) -> new NotYet(delay);
      case RegionBreakers.Verdict.Paused(Level level, Pause pause, Duration delay) ->
          new Paused(
              new Decision.Paused(
                  PauseMessage.of(level, pause, pass.resource(), member.scope().text()), delay));
    };
  }

  /** An update was sent; what AWS did not take is not waited for. */
  void sent(Pass pass, Answer outcome) {
    Member member = join(pass);
    switch (outcome) {
      case Answer.Described described ->
          breakers(member, pass.uid()).sent(member.namespace(), pass.uid());
      case Answer.Failed(Failure failure) -> {
        if (!failure.mayHaveBeenApplied()) {
          breakers(member, pass.uid()).over(pass.uid());
        }
      }
    }
  }

  /** An update that was let go was not sent: its place is free. */
  void notSent(Pass pass) {
    breakers(join(pass), pass.uid()).over(pass.uid());
  }

  /** Takes note of what a pass has come to, and of the update that it has seen the end of. */
  void ended(Pass pass) {
    UpdateRecord record = pass.endedUpdate();
    if (record == null) {
      if (wantsNoUpdate(pass.decision()) || pass.onlyObserves()) {
        withdraw(pass.uid());
      }
      return;
    }
    Member member = join(pass);
    List<String> fields = Objects.requireNonNullElse(record.fields(), List.of());
    String outcome = Objects.requireNonNullElse(record.outcome(), UpdateHistory.SUCCEEDED);
    FailureSignature failure =
        outcome.equals(UpdateHistory.SUCCEEDED)
            ? null
            : FailureSignature.of(outcome, fields, message(pass.decision()), functionName(pass));
    Effects effects =
        breakers(member, pass.uid())
            .ended(
                member.namespace(),
                pass.uid(),
                fields,
                failure,
                Cause.Retried.name().equals(record.cause()));
    effects
        .opened()
        .forEach(
            (level, pause) ->
                pass.reporter()
                    .paused(PauseMessage.of(level, pause, pass.resource(), member.scope().text())));
    effects.wake().forEach(wake);
  }

  private static String functionName(Pass pass) {
    return FunctionReference.parse(pass.target().functionName()).name();
  }

  /** Nothing of the resource is under way, and nothing is to be sent. */
  private static boolean wantsNoUpdate(Decision decision) {
    return switch (decision) {
      case Decision.InSync inSync -> true;
      case Decision.Observed observed -> true;
      case Decision.Stalled stalled -> true;
      case Decision.Update update -> false;
      case Decision.ReadAgain readAgain -> false;
      case Decision.InProgress inProgress -> false;
      case Decision.Retry retry -> false;
      case Decision.Paused paused -> false;
    };
  }

  private static String message(Decision decision) {
    return switch (decision) {
      case Decision.Stalled stalled -> stalled.message();
      case Decision.Retry retry -> retry.message();
      case Decision.InProgress inProgress -> inProgress.message();
      case Decision.InSync inSync -> "";
      case Decision.Observed observed -> "";
      case Decision.Update update -> "";
      case Decision.ReadAgain readAgain -> "";
      case Decision.Paused paused -> "";
    };
  }

  /**
   * A person asks at this resource that updates go on. Only such a change counts: an annotation
   * that was there before, or that came with the resource, is no news after a restart.
   */
  void wish(String uid) {
    wishes.add(uid);
  }

  /**
   * Lets the updates of the resource's own namespace go on, if a person has just asked for it:
   * those that were paused, and those that failed, for what made them fail is repaired.
   */
  void releaseIfWished(Pass pass) {
    if (!wishes.remove(pass.uid())) {
      return;
    }
    String namespace = pass.namespace();
    Member known = members.get(pass.uid());
    scopes.forEach(
        (scope, breakers) -> {
          // Where a function was never read, nobody but the tenant says where it is.
          boolean own = known == null || scope.equals(known.scope());
          Effects effects = own ? breakers.release(namespace) : null;
          if (effects != null) {
            pass.reporter().resumed("namespace " + namespace + " in " + scope.text());
            effects.wake().forEach(wake);
          }
        });
  }

  /** Whether the resource's update is to be tried again although it failed. */
  boolean isTriedAgain(Pass pass) {
    Member member = members.get(pass.uid());
    if (member == null) {
      return false;
    }
    RegionBreakers breakers = scopes.get(member.scope());
    return breakers != null && breakers.isTriedAgain(member.namespace(), pass.uid());
  }

  /** The resource wants no update for now: whatever it holds is free. */
  void withdraw(String uid) {
    Member member = members.get(uid);
    if (member == null) {
      return;
    }
    RegionBreakers breakers = scopes.get(member.scope());
    if (breakers != null) {
      breakers.withdraw(member.namespace(), uid).wake().forEach(wake);
    }
  }

  /** Forgets a resource that is gone, and with the last one all that was kept for its likes. */
  void forget(String uid) {
    wishes.remove(uid);
    Member member = members.remove(uid);
    if (member != null) {
      leave(uid, member);
    }
  }

  private void leave(String uid, Member member) {
    List<String> others = new ArrayList<>();
    scopes.computeIfPresent(
        member.scope(),
        (scope, breakers) -> {
          others.addAll(breakers.forget(member.namespace(), uid).wake());
          return breakers.isEmpty() ? null : breakers;
        });
    others.forEach(wake);
  }

  /** Where the resource's update belongs, by what AWS has answered in this process. */
  private Member join(Pass pass) {
    Member before = members.get(pass.uid());
    String account = FunctionReference.accountIn(pass.arn());
    if (account == null && before != null) {
      return before;
    }
    Member member = new Member(new QuotaScope(account, pass.target().region()), pass.namespace());
    if (!member.equals(before)) {
      if (before != null) {
        leave(pass.uid(), before);
      }
      members.put(pass.uid(), member);
    }
    return member;
  }

  /** The breakers of a member, which keeps them. */
  private RegionBreakers breakers(Member member, String uid) {
    return scopes.compute(
        member.scope(),
        (scope, before) -> {
          RegionBreakers breakers = before == null ? new RegionBreakers(nanos) : before;
          breakers.join(member.namespace(), uid);
          return breakers;
        });
  }

  /** Shows, by Region, what is paused; the account and the namespaces are never labels. */
  void show(PauseView view) {
    Map<String, Integer> namespaces = new HashMap<>();
    Map<String, Boolean> all = new HashMap<>();
    scopes.forEach(
        (scope, breakers) -> {
          namespaces.merge(scope.region(), breakers.pausedNamespaces(), Integer::sum);
          all.merge(scope.region(), breakers.isPausedForAll(), Boolean::logicalOr);
        });
    all.forEach(
        (region, paused) ->
            view.show(region, paused, Objects.requireNonNull(namespaces.get(region))));
  }
}
