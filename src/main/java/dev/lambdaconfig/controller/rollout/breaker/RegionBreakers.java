package dev.lambdaconfig.controller.rollout.breaker;

import dev.lambdaconfig.controller.rollout.breaker.CircuitBreaker.Refusal;
import dev.lambdaconfig.controller.rollout.breaker.CircuitBreaker.Trip;
import dev.lambdaconfig.controller.rollout.breaker.UpdateWindow.Ended;
import dev.lambdaconfig.debug.StateSizes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
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
 *   <li>The breaker of all namespaces opens when resources of three of them fail alike (see {@link
 *       FailureSignature}): at least five, and half of the last twenty updates of the same fields,
 *       of which each namespace counts with four at most.
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
  private final CircuitBreaker all = new CircuitBreaker(CommonFailures.NAMESPACES);
  private final ConcurrencyLimit limit = new ConcurrencyLimit(this::isPaused);

  /** The number of updates that ended. */
  private long ended;

  /** The number of the last update that no longer counts for the breaker of all namespaces. */
  private long settledUpTo;

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
    boolean probe = own.breaker.isProbe(uid) || all.isProbe(uid);
    Duration wait = limit.tryAcquire(namespace, uid, probe, now);
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

  /** Frees the place of a resource that wants no update any more. */
  public synchronized Effects withdraw(String namespace, String uid) {
    long now = now();
    limit.leave(namespace, uid);
    NamespaceUpdates own = namespaces.get(namespace);
    if (own == null) {
      return Effects.NONE.waking(limit.call(now));
    }
    boolean wasProbe = own.breaker.isProbe(uid) || all.isProbe(uid);
    own.breaker.leave(namespace, uid, now);
    all.leave(namespace, uid, now);
    own.again.remove(uid);
    Effects effects = wasProbe ? new Effects(Map.of(), next(own, now)) : Effects.NONE;
    return effects.waking(limit.call(now));
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
    own.again.remove(uid);
    if (failure == null) {
      own.failed.remove(uid);
    } else {
      own.failed.add(uid);
    }
    boolean probe = own.breaker.isProbe(uid) || all.isProbe(uid);
    if (failure != null && repeated && !probe) {
      // A repeated failure is nothing new: a handful of resources that somebody has to repair must
      // not stop all others every half an hour.
      return Effects.NONE.waking(limit.call(now));
    }
    own.window.add(uid, new Ended(FailureSignature.key(fields), failure, now, ++ended));
    Effects effects =
        failure == null
            ? succeeded(namespace, own, uid)
            : failed(own, uid, FailureSignature.key(fields), failure, now);
    return effects.waking(limit.call(now));
  }

  private Effects succeeded(String namespace, NamespaceUpdates own, String uid) {
    List<String> wake = new ArrayList<>();
    boolean wasFree = isFree(own);
    if (own.breaker.isProbe(uid)) {
      wake.addAll(close(namespace, own));
    }
    if (all.isProbe(uid)) {
      wake.addAll(closeForAll());
    }
    if (wasFree) {
      limit.succeeded(namespace);
    }
    own.proven = own.released;
    return new Effects(Map.of(), wake);
  }

  private List<String> close(String namespace, NamespaceUpdates own) {
    own.window.clear();
    limit.restart(namespace);
    return own.breaker.close();
  }

  private List<String> closeForAll() {
    settledUpTo = ended;
    namespaces.all().forEach(namespace -> namespace.released = false);
    limit.restart();
    return all.close();
  }

  private Effects failed(
      NamespaceUpdates own, String uid, String fields, FailureSignature failure, long now) {
    Map<BreakerLevel, Trip> opened = new HashMap<>();
    boolean probe = own.breaker.isProbe(uid) || all.isProbe(uid);
    boolean countsForAll = all.isClosed() || own.released;
    own.proven = false;
    own.failed(uid, failure, now)
        .ifPresent(pause -> opened.put(BreakerLevel.NAMESPACE, own.breaker.open(pause, now)));
    if (all.isProbe(uid) && all.probeFailed(failure.alike(), now)) {
      Trip again = all.pause().orElseThrow();
      opened.put(
          BreakerLevel.ALL,
          all.open(
              new Trip(again.reason(), again.alike(), again.failed(), again.of(), all.nextLength()),
              now));
    } else if (countsForAll) {
      CommonFailures.pause(counted(), fields, failure, settledUpTo, now)
          .ifPresent(pause -> opened.put(BreakerLevel.ALL, openForAll(pause, now)));
    }
    return new Effects(opened, probe ? next(own, now) : List.of());
  }

  private Trip openForAll(Trip pause, long now) {
    settledUpTo = ended;
    // A namespace that a person released, and that has had no success since, is held back again.
    namespaces.all().forEach(namespace -> namespace.released &= namespace.proven);
    return all.open(pause, now);
  }

  /** The windows that count. During a pause of all, only released namespaces can begin it anew. */
  private Map<String, UpdateWindow> counted() {
    return namespaces.windows(updates -> all.isClosed() || updates.released);
  }

  /** The resources whose turn it is to probe. */
  private List<String> next(NamespaceUpdates own, long now) {
    List<String> wake = new ArrayList<>();
    own.breaker.next(now).ifPresent(wake::add);
    all.next(now).ifPresent(wake::add);
    return wake;
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
    List<String> wake = new ArrayList<>(close(namespace, own));
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
    Effects effects = withdraw(namespace, uid);
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
    return !all.isClosed();
  }

  /** The number of namespaces whose own failures pause their updates. */
  public synchronized int pausedNamespaces() {
    return namespaces.paused();
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
