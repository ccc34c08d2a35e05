package dev.lambdaconfig.controller.state;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.UpdateRecord;
import dev.lambdaconfig.decision.history.HistoryChange;
import dev.lambdaconfig.decision.history.RetryState;
import dev.lambdaconfig.model.QuotaScope;
import dev.lambdaconfig.plan.Desired;
import dev.lambdaconfig.plan.IgnoredDrift;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Instant;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The state that this process keeps of one resource, as long as it exists: all that only its own
 * reconcile needs. What is about many resources (watched functions, queues, breakers, claims, the
 * timer) keeps an index of its own.
 *
 * <p>A resource is never reconciled twice at a time, so that its reconcile is the only writer of
 * what is not atomic here.
 */
public final class ResourceState {

  private final ResourceID id;
  private final String uid;

  /** Also marked stale by sweeps, and read by whoever reports metrics. */
  private volatile Observation observation = Observation.NEVER;

  /** Also begun by sweeps. */
  private volatile @Nullable Drift drift;

  private boolean releaseRequested;

  /** The consecutive failures of each kind; null as long as nothing failed. */
  private int @Nullable [] failures;

  private volatile @Nullable RetryState retryState;
  private volatile @Nullable Unreported unreported;
  private volatile @Nullable Restoration restoration;
  private volatile @Nullable Instant formerSecretUnread;
  private volatile @Nullable QuotaScope updateScope;
  private volatile @Nullable String identity;

  /** Fingerprints of environment values that were applied, of variables whose drift is ignored. */
  private volatile Map<String, String> appliedVariables = Map.of();

  /** The update that was reported last because it took long, or null. */
  private volatile @Nullable UpdateRecord reported;

  /** Creates the state of a resource of which nothing is known yet. */
  public ResourceState(LambdaFunctionConfig resource) {
    this.id = ResourceID.fromResource(resource);
    this.uid = resource.getMetadata().getUid();
  }

  /** The UID of the resource. */
  public String uid() {
    return uid;
  }

  /** The namespace of the resource. */
  public String namespace() {
    return id.getNamespace().orElseThrow();
  }

  /** The name by which the framework knows the resource. */
  public ResourceID id() {
    return id;
  }

  /** The last read of the function. */
  public Observation observation() {
    return observation;
  }

  /**
   * Whether nothing was noticed of the function since: also an equal observation is another one.
   */
  @SuppressWarnings("ReferenceEquality")
  boolean isStill(Observation before) {
    return observation == before;
  }

  /** Changes what is known of the function. */
  public synchronized void observe(UnaryOperator<Observation> change) {
    observation = change.apply(observation);
  }

  /**
   * The retry state that the last reconcile left to the next one. A process that starts anew knows
   * what the status says.
   */
  public RetryState recall(PreviousStatus previous, Instant now) {
    RetryState kept = retryState;
    if (kept != null) {
      return kept;
    }
    return observation().isNever() ? previous.recalled(now) : RetryState.NONE;
  }

  /** Keeps what the next reconcile has to know. */
  public void remember(RetryState learned) {
    retryState = learned.equals(RetryState.NONE) ? null : learned;
  }

  /** Keeps what the next reconcile has to know of one that was reported. */
  public void reported(Reconciliation reconciliation, Step step) {
    remember(step.retryState());
    Desired desired = reconciliation.desired();
    if (desired != null && desired.unresolved() == null && !reconciliation.isRestoring()) {
      keepAppliedVariables(
          desired
              .ignored()
              .after(
                  step.plan(),
                  step.function(),
                  new HistoryChange(reconciliation.previous().history(), step.history())
                      .settledFields()));
    }
  }

  /** Keeps nothing for the next reconcile. */
  public void forgetRetries() {
    retryState = null;
  }

  /** Whether and since when the function has drifted, for the metric of the time to correct it. */
  public @Nullable Drift drift() {
    return drift;
  }

  /**
   * Records that the function is no longer what was read of it.
   *
   * @param now the time of the steady clock, in nanoseconds
   * @param certain whether a managed field is known to differ
   */
  public synchronized void drifted(long now, boolean certain) {
    Drift before = drift;
    if (before == null || certain) {
      drift = new Drift(before == null ? now : before.since(), certain);
    }
  }

  /** Ends the drift, if there is one, and returns it. */
  public synchronized @Nullable Drift endDrift() {
    Drift ended = drift;
    drift = null;
    return ended;
  }

  /** A person asked at this resource that paused updates go on. */
  public synchronized void requestRelease() {
    releaseRequested = true;
  }

  /** Whether a person has requested that since the last call. */
  public synchronized boolean takeReleaseRequest() {
    boolean requested = releaseRequested;
    releaseRequested = false;
    return requested;
  }

  /** Counts a failure, and returns how many of its kind there were in a row before it. */
  public synchronized int failed(Failures kind) {
    if (failures == null) {
      failures = new int[Failures.values().length];
    }
    return failures[kind.place]++;
  }

  /** Ends the row of failures of a kind. */
  public synchronized void succeeded(Failures kind) {
    if (failures != null) {
      failures[kind.place] = 0;
    }
  }

  /** Keeps a reconcile that could not be reported. */
  public void keepUnreported(Unreported reconcile) {
    unreported = reconcile;
  }

  /** Returns and forgets the reconcile that is still to be reported, or returns null. */
  public @Nullable Unreported takeUnreported() {
    Unreported kept = unreported;
    unreported = null;
    return kept;
  }

  /** The restore as this process knows it, or null before its first look at the deletion. */
  public @Nullable Restoration restoration() {
    return restoration;
  }

  /** Keeps what is known of the restore. */
  public void restoring(Restoration known) {
    restoration = known;
  }

  /** The time at which the former Secret of the baseline could last not be read, or null. */
  public @Nullable Instant formerSecretUnread() {
    return formerSecretUnread;
  }

  /** Records when the former Secret of the baseline could not be read; null where it could. */
  public void formerSecretUnread(@Nullable Instant when) {
    formerSecretUnread = when;
  }

  /** The account and Region whose circuit breakers count the resource, or null before that. */
  public @Nullable QuotaScope updateScope() {
    return updateScope;
  }

  /** Records the account and Region whose circuit breakers count the resource. */
  public void updateScope(QuotaScope scope) {
    updateScope = scope;
  }

  /** The fingerprints of applied environment values, by the path of the variable. */
  public Map<String, String> appliedVariables() {
    return appliedVariables;
  }

  /** Keeps the fingerprints of applied environment values whose drift is ignored. */
  public void keepAppliedVariables(IgnoredDrift ignored) {
    appliedVariables = ignored.fingerprints();
  }

  /** Records that a running update is reported, and returns whether it was not before. */
  public boolean reportsFirst(UpdateRecord update) {
    boolean first = !update.equals(reported);
    reported = update;
    return first;
  }

  /**
   * Records the identity by which the function is called from now on.
   *
   * @param session the key of its session; empty for the operator's own
   * @return whether it is the one from before, or there was none
   */
  public boolean actsAs(String session) {
    String before = identity;
    identity = session;
    return before == null || before.equals(session);
  }

  /** Forgets the function: nothing is noticed of it any more. */
  public synchronized void unwatch() {
    observation = Observation.NEVER;
    drift = null;
    succeeded(Failures.STALE_REVISIONS);
  }

  /**
   * A function that is no longer what was read of it.
   *
   * @param since when that was noticed, by the steady clock in nanoseconds
   * @param certain whether a managed field differs: a sweep sees every change
   */
  public record Drift(long since, boolean certain) {}

  /**
   * A restore under way.
   *
   * @param since when its time began, by the steady clock in nanoseconds
   * @param obstacle what kept the last attempt that came to a decision from its end, or null before
   */
  public record Restoration(long since, @Nullable String obstacle) {}

  /** The kinds of failures in a row, each counted by itself. */
  public enum Failures {
    /** Status writes that met a newer version of the resource. */
    CONFLICTS(0),
    /** Reconciles that the API server had no time for. */
    BUSY(1),
    /** Reconciles of which the API server refused something. */
    REFUSALS(2),
    /** Updates that met another revision than they were planned from, also over several waits. */
    STALE_REVISIONS(3);

    private final int place;

    Failures(int place) {
      this.place = place;
    }
  }
}
