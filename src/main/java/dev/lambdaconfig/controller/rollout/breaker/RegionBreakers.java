package dev.lambdaconfig.controller.rollout.breaker;

import dev.lambdaconfig.controller.rollout.breaker.CircuitBreaker.Refusal;
import dev.lambdaconfig.controller.rollout.breaker.CircuitBreaker.Trip;
import dev.lambdaconfig.controller.rollout.breaker.UpdateWindow.Ended;
import dev.lambdaconfig.debug.StateSizes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Holds back the updates of one account and Region: one bad change to a thousand functions must
 * fail on a handful of them, not on all, and the mistake of one namespace must stop no other.
 *
 * <ul>
 *   <li>A namespace's own breaker opens when five of its resources, and half of its last twenty,
 *       failed with the same code.
 *   <li>The breaker of all namespaces opens when five resources of three of them fail alike (see
 *       {@link CommonBreaker}).
 *   <li>A {@link ConcurrencyLimit} bounds the updates under way before anything has failed.
 * </ul>
 *
 * <p>The state of a namespace is dropped with its last resource. No call waits. Thread-safe.
 */
public final class RegionBreakers implements StateSizes.Source {

  private static final Admission GO = new Admission.Go();

  private final LongSupplier nanos;
  private final long origin;
  private final UpdatesByNamespace namespaces = new UpdatesByNamespace();
  private final CommonBreaker common = new CommonBreaker(namespaces);
  private final CircuitBreaker all = common.breaker;
  private final ConcurrencyLimit limit = new ConcurrencyLimit(this::isPaused);

  /** The number of updates that ended. */
  private long ended;

  /**
   * Creates closed breakers.
   *
   * @param nanos a clock that only runs forward, from whatever origin
   */
  public RegionBreakers(LongSupplier nanos) {
    this.nanos = nanos;
    this.origin = nanos.getAsLong();
  }

  /**
   * Decides whether an update may be sent; to be called immediately before.
   *
   * @param requested whether a person requested a reconcile of this very resource
   */
  public synchronized Admission mayUpdate(String namespace, String uid, boolean requested) {
    long now = now();
    NamespaceUpdates own = namespaces.join(namespace, uid);
    closeIfOver(own, now);
    Refusal refusal = own.breaker.tryAcquire(namespace, uid, requested, now);
    if (refusal != null) {
      return new Admission.Paused(BreakerLevel.NAMESPACE, refusal.pause(), refusal.delay());
    }
    if (!own.released) {
      refusal = all.tryAcquire(namespace, uid, requested, now);
      if (refusal != null) {
        own.breaker.leave(namespace, uid, now);
        return new Admission.Paused(BreakerLevel.ALL, refusal.pause(), refusal.delay());
      }
    }
    Duration wait = limit.tryAcquire(namespace, uid, isProbe(own, uid), now);
    return wait == null ? GO : new Admission.Wait(wait);
  }

  /** Records that an update was sent and accepted. */
  public synchronized void sent(String namespace, String uid) {
    namespaces.join(namespace, uid);
    limit.sent(namespace, uid, now());
  }

  /** Frees the place of an update that AWS did not take, which says nothing about others. */
  public synchronized Effects over(String uid) {
    limit.release(uid);
    return Effects.NONE.waking(limit.call(now()));
  }

  /**
   * Frees the place of a resource that wants no update for now.
   *
   * @param failing whether its last update failed, and would be sent again after a time
   */
  public synchronized Effects withdraw(String namespace, String uid, boolean failing) {
    long now = now();
    limit.leave(namespace, uid);
    NamespaceUpdates own = namespaces.get(namespace);
    if (own == null) {
      return Effects.NONE.waking(limit.call(now));
    }
    boolean wasProbe = isProbe(own, uid);
    own.breaker.leave(namespace, uid, now);
    all.leave(namespace, uid, now);
    own.withdraw(uid, failing);
    if (!failing) {
      mended(own, uid);
    }
    closeIfOver(own, now);
    return new Effects(Map.of(), wasProbe ? next(own, now) : List.of()).waking(limit.call(now));
  }

  /**
   * Records the end of an update.
   *
   * @param fields the fields of the update
   * @param failure how it was refused or failed to settle; null if it succeeded
   * @param repeated whether it was tried again after a failure
   */
  public synchronized Effects ended(
      String namespace,
      String uid,
      List<String> fields,
      @Nullable FailureSignature failure,
      boolean repeated) {
    long now = now();
    NamespaceUpdates own = namespaces.join(namespace, uid);
    limit.expire(now);
    limit.release(uid);
    own.withdraw(uid, failure != null);
    if (failure != null && repeated && !isProbe(own, uid)) {
      // A repeated failure is nothing new: a handful of resources that somebody has to repair must
      // not stop all others every half an hour.
      return Effects.NONE.waking(limit.call(now));
    }
    own.window.add(uid, new Ended(FailureSignature.key(fields), failure, now, ++ended));
    Effects effects =
        failure == null
            ? succeeded(own, uid)
            : failed(own, uid, FailureSignature.key(fields), failure, now);
    closeIfOver(own, now);
    return effects.waking(limit.call(now));
  }

  private Effects succeeded(NamespaceUpdates own, String uid) {
    List<String> wake = new ArrayList<>();
    boolean wasFree = isFree(own);
    mended(own, uid);
    if (own.breaker.isProbe(uid)) {
      wake.addAll(close(own));
    }
    if (all.isProbe(uid)) {
      wake.addAll(closeForAll());
    }
    if (wasFree) {
      limit.succeeded(own.name);
    }
    own.proven = own.released;
    return new Effects(Map.of(), wake);
  }

  private void mended(NamespaceUpdates own, String uid) {
    own.breaker.failed(own.name, uid, null);
    all.failed(own.name, uid, null);
  }

  /** Closes breakers that hold nothing back, and whose cause is gone. */
  private void closeIfOver(NamespaceUpdates own, long now) {
    if (own.breaker.isOver(limit.isUsedBy(own.name, now), now)) {
      close(own);
    }
    if (all.isOver(limit.isUsed(now), now)) {
      closeForAll();
    }
  }

  private List<String> close(NamespaceUpdates own) {
    own.window.clear();
    limit.restart(own.name);
    return own.breaker.close();
  }

  private List<String> closeForAll() {
    limit.restart();
    return common.close(ended);
  }

  private Effects failed(
      NamespaceUpdates own, String uid, String fields, FailureSignature failure, long now) {
    Map<BreakerLevel, Trip> opened = new EnumMap<>(BreakerLevel.class);
    boolean probe = isProbe(own, uid);
    own.proven = false;
    own.pause(uid, failure, now)
        .ifPresent(pause -> opened.put(BreakerLevel.NAMESPACE, own.open(pause, now)));
    common
        .failed(uid, fields, failure, own.released, ended, now)
        .ifPresent(pause -> opened.put(BreakerLevel.ALL, pause));
    own.breaker.failed(own.name, uid, failure.code());
    all.failed(own.name, uid, failure.alike());
    return new Effects(opened, probe ? next(own, now) : List.of());
  }

  /** The resources whose turn it is to probe. */
  private List<String> next(NamespaceUpdates own, long now) {
    List<String> wake = new ArrayList<>();
    own.breaker.next(now).ifPresent(wake::add);
    all.next(now).ifPresent(wake::add);
    return wake;
  }

  private boolean isProbe(NamespaceUpdates own, String uid) {
    return own.breaker.isProbe(uid) || all.isProbe(uid);
  }

  private boolean isFree(NamespaceUpdates own) {
    return own.breaker.isClosed() && (all.isClosed() || own.released);
  }

  /**
   * Resumes the updates of a namespace for a person, those of no other: its earlier failures count
   * no longer, and are tried again.
   *
   * @return the effects, or null if nothing of the namespace was paused
   */
  public synchronized @Nullable Effects release(String namespace) {
    NamespaceUpdates own = namespaces.get(namespace);
    if (own == null || isFree(own)) {
      return null;
    }
    List<String> wake = new ArrayList<>(close(own));
    if (!all.isClosed()) {
      own.released = true;
      own.proven = false;
      wake.addAll(all.letGo(namespace));
    }
    own.again.addAll(own.failed);
    wake.addAll(own.failed);
    return new Effects(Map.of(), wake);
  }

  /** Whether a person wants the resource's update tried again although it failed. */
  public synchronized boolean isTriedAgain(String namespace, String uid) {
    NamespaceUpdates own = namespaces.get(namespace);
    return own != null && own.again.contains(uid);
  }

  /** Whether updates of the namespace are held back. */
  public synchronized boolean isPaused(String namespace) {
    NamespaceUpdates own = namespaces.get(namespace);
    return own == null ? !all.isClosed() : !isFree(own);
  }

  /** Registers a resource, whose state is kept until {@link #forget}. */
  public synchronized void join(String namespace, String uid) {
    namespaces.join(namespace, uid);
  }

  /** Forgets a resource, and its namespace with the last one. */
  public synchronized Effects forget(String namespace, String uid) {
    Effects effects = withdraw(namespace, uid, /* failing= */ false);
    if (namespaces.leave(namespace, uid)) {
      all.forget(namespace);
      limit.forget(namespace);
    }
    return effects;
  }

  /** Whether there is no state of any namespace. */
  public synchronized boolean isEmpty() {
    return namespaces.isEmpty();
  }

  /** Whether failures in several namespaces pause the updates of all of them. */
  public synchronized boolean isPausedForAll() {
    long now = now();
    return !all.isClosed() && !all.isOver(limit.isUsed(now), now);
  }

  /** The number of namespaces whose own failures pause their updates. */
  public synchronized int pausedNamespaces() {
    long now = now();
    return namespaces.paused(own -> own.breaker.isOver(limit.isUsedBy(own.name, now), now));
  }

  /** The number of updates that were admitted and have not ended. */
  synchronized int underWay() {
    limit.expire(now());
    return limit.underWay();
  }

  @Override
  public synchronized void sizes(StateSizes sizes) {
    namespaces.sizes(sizes);
    all.sizes(sizes);
    limit.sizes(sizes);
  }

  private long now() {
    return nanos.getAsLong() - origin;
  }
}
