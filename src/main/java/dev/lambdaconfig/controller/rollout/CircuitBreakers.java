package dev.lambdaconfig.controller.rollout;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.UpdateRecord;
import dev.lambdaconfig.controller.report.ChangeReporter;
import dev.lambdaconfig.controller.rollout.breaker.Admission;
import dev.lambdaconfig.controller.rollout.breaker.BreakerLevel;
import dev.lambdaconfig.controller.rollout.breaker.CircuitBreaker;
import dev.lambdaconfig.controller.rollout.breaker.Effects;
import dev.lambdaconfig.controller.rollout.breaker.FailureSignature;
import dev.lambdaconfig.controller.rollout.breaker.RegionBreakers;
import dev.lambdaconfig.controller.state.Reconciliation;
import dev.lambdaconfig.controller.state.ResourceState;
import dev.lambdaconfig.controller.state.Step;
import dev.lambdaconfig.controller.state.Verdict;
import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.decision.Requeue;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Stops a bad change before it has reached the whole fleet: the {@link RegionBreakers} of each
 * account and Region, and the reports about them.
 *
 * <p>The account is the one that AWS returned to a read of this process: neither a spec nor a
 * status can choose another tenant's breaker.
 */
public final class CircuitBreakers implements StateSizes.Source {

  private final LongSupplier nanos;
  private final Consumer<String> trigger;
  private final ChangeReporter changes;
  private final Map<QuotaScope, RegionBreakers> scopes = new ConcurrentHashMap<>();

  /**
   * Creates closed breakers.
   *
   * @param nanos a steady clock, in nanoseconds
   * @param trigger called with the UID of each resource that was held back, when it may go on
   */
  public CircuitBreakers(LongSupplier nanos, Consumer<String> trigger, ChangeReporter changes) {
    this.nanos = nanos;
    this.trigger = trigger;
    this.changes = changes;
  }

  /** Whether the update of a resource is paused, so that it need not queue. */
  boolean isPaused(Reconciliation reconciliation, Step step) {
    return breakers(join(reconciliation, step), reconciliation.state())
        .isPaused(reconciliation.namespace());
  }

  /**
   * Decides whether an update may be sent, immediately before it is: then a place is taken for it.
   */
  Verdict tryAcquire(Reconciliation reconciliation, Step step) {
    QuotaScope scope = join(reconciliation, step);
    return switch (breakers(scope, reconciliation.state())
        .mayUpdate(reconciliation.namespace(), reconciliation.uid(), reconciliation.requested())) {
      case Admission.Go go -> Verdict.pass(step);
      case Admission.Wait(Duration delay) ->
          Verdict.lookAgain(step, new Requeue.WhenGranted(delay));
      case Admission.Paused(BreakerLevel level, CircuitBreaker.Trip pause, Duration delay) ->
          paused(
              reconciliation,
              step,
              new Decision.Paused(
                  PauseMessage.of(level, pause, reconciliation.resource(), scope.text()), delay));
    };
  }

  /** Holds an update back that may be announced: it was not sent, and its plan stays good. */
  private static Verdict paused(Reconciliation reconciliation, Step step, Decision pause) {
    reconciliation.state().observe(seen -> seen.queued(reconciliation.requested(), true));
    return Verdict.decide(step.with(step.history().withoutOpen()), pause);
  }

  /** Records that an update was sent. One that AWS refused frees its place. */
  public void sent(Reconciliation reconciliation, Step step, Answer answer) {
    RegionBreakers breakers = breakers(join(reconciliation, step), reconciliation.state());
    switch (answer) {
      case Answer.Described described ->
          breakers.sent(reconciliation.namespace(), reconciliation.uid());
      case Answer.Failed(Failure failure) -> {
        if (!failure.mayHaveBeenApplied()) {
          breakers.over(reconciliation.uid()).wake().forEach(trigger);
        }
      }
    }
  }

  /** Records that an admitted update was not sent: its place is free. */
  public void notSent(Reconciliation reconciliation, Step step) {
    breakers(join(reconciliation, step), reconciliation.state())
        .over(reconciliation.uid())
        .wake()
        .forEach(trigger);
  }

  /** Records the decision of a reconcile, and the update whose end it has seen. */
  public void ended(Reconciliation reconciliation, Step step) {
    UpdateRecord record = step.endedUpdate(reconciliation);
    if (record == null) {
      if (wantsNoUpdate(step.decisionMade()) || reconciliation.onlyObserves()) {
        boolean stalled = step.decisionMade() instanceof Decision.Stalled;
        withdraw(reconciliation.state(), stalled && reconciliation.wantsFailed(step.history()));
      }
      return;
    }
    QuotaScope scope = join(reconciliation, step);
    List<String> fields = Objects.requireNonNullElse(record.fields(), List.of());
    String outcome = Objects.requireNonNullElse(record.outcome(), UpdateHistory.SUCCEEDED);
    FailureSignature failure =
        outcome.equals(UpdateHistory.SUCCEEDED)
            ? null
            : FailureSignature.of(
                outcome,
                fields,
                message(step.decisionMade()),
                reconciliation.function().key().name(),
                reconciliation.function().session());
    Effects effects =
        breakers(scope, reconciliation.state())
            .ended(
                reconciliation.namespace(),
                reconciliation.uid(),
                fields,
                failure,
                Cause.Retried.name().equals(record.cause()));
    LambdaFunctionConfig resource = reconciliation.resource();
    effects
        .opened()
        .forEach(
            (level, pause) ->
                changes.paused(resource, PauseMessage.of(level, pause, resource, scope.text())));
    effects.wake().forEach(trigger);
  }

  /** Whether a resource has no update under way, and none to send. */
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
   * Resumes the updates of the resource's own namespace, if a person has just requested it: those
   * that were paused, and those that failed, because the person has repaired the cause.
   */
  public void releaseIfRequested(LambdaFunctionConfig resource, ResourceState state) {
    if (!state.takeReleaseRequest()) {
      return;
    }
    String namespace = state.namespace();
    QuotaScope known = state.updateScope();
    scopes.forEach(
        (scope, breakers) -> {
          // Where a function was never read, only the tenant's own words say where it is.
          boolean own = known == null || scope.equals(known);
          Effects effects = own ? breakers.release(namespace) : null;
          if (effects != null) {
            changes.resumed(resource, "namespace " + namespace + " in " + scope.text());
            effects.wake().forEach(trigger);
          }
        });
  }

  /** Whether the resource's update is to be tried again although it failed. */
  public boolean isTriedAgain(ResourceState state) {
    RegionBreakers breakers = existing(state);
    return breakers != null && breakers.isTriedAgain(state.namespace(), state.uid());
  }

  /** Frees the place of a resource that wants no update for now. */
  public void withdraw(ResourceState state) {
    withdraw(state, /* failing= */ false);
  }

  private void withdraw(ResourceState state, boolean failing) {
    RegionBreakers breakers = existing(state);
    if (breakers != null) {
      breakers.withdraw(state.namespace(), state.uid(), failing).wake().forEach(trigger);
    }
  }

  private @Nullable RegionBreakers existing(ResourceState state) {
    QuotaScope scope = state.updateScope();
    return scope == null ? null : scopes.get(scope);
  }

  /**
   * Forgets a resource that is gone, and with the last resource of a namespace or scope what was
   * kept for it. The state keeps its scope: a reconcile that runs meanwhile may still record an
   * update in it, and the resource is forgotten once more when that reconcile has ended.
   */
  public void forget(ResourceState state) {
    QuotaScope scope = state.updateScope();
    if (scope != null) {
      leave(state, scope);
    }
  }

  private void leave(ResourceState state, QuotaScope left) {
    List<String> others = new ArrayList<>();
    scopes.computeIfPresent(
        left,
        (scope, breakers) -> {
          others.addAll(breakers.forget(state.namespace(), state.uid()).wake());
          return breakers.isEmpty() ? null : breakers;
        });
    others.forEach(trigger);
  }

  /** The scope of the resource's update, from AWS's answers in this process. */
  private QuotaScope join(Reconciliation reconciliation, Step step) {
    ResourceState state = reconciliation.state();
    QuotaScope before = state.updateScope();
    String account = FunctionReference.accountIn(step.arn());
    if (account == null && before != null) {
      return before;
    }
    QuotaScope scope = new QuotaScope(account, reconciliation.function().region());
    if (!scope.equals(before)) {
      if (before != null) {
        leave(state, before);
      }
      state.updateScope(scope);
    }
    return scope;
  }

  /** The breakers of a scope, which count the resource from now on. */
  private RegionBreakers breakers(QuotaScope joined, ResourceState state) {
    return scopes.compute(
        joined,
        (scope, before) -> {
          RegionBreakers breakers = before == null ? new RegionBreakers(nanos) : before;
          breakers.join(state.namespace(), state.uid());
          return breakers;
        });
  }

  /** Shows the pauses by Region; accounts and namespaces are never labels. */
  public void show(PauseView view) {
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

  @Override
  public void sizes(StateSizes sizes) {
    sizes.add("CircuitBreakers.scopes", scopes.size());
    scopes.values().forEach(breakers -> breakers.sizes(sizes));
  }
}
