package dev.lambdaconfig.ops.election;

import dev.lambdaconfig.timing.Timing;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpecBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Takes the Lease when it is free, and renews it, by the rules of client-go.
 *
 * <p>The elector of the client library (7.7) compares the times of the Lease, which are those of
 * another machine, with the time of day, and its own deadline as well: a standby whose clock is 15
 * s ahead would depose a healthy leader, and a leader whose clock is put forward by 10 s would end.
 */
final class LeaseElector {

  private static final Logger LOG = LoggerFactory.getLogger(LeaseElector.class);

  /**
   * Validity of a Lease: a leader that died is replaced after this time plus the pause of another
   * operator.
   */
  static final Duration LEASE = Duration.ofSeconds(15);

  /** Pause of a leader between two renewals. */
  static final Duration RETRY = Duration.ofSeconds(2);

  /** The largest part of a pause that is added to that of a candidate. */
  private static final double JITTER = 1.2;

  /** Validity of a released Lease, for candidates that go by it and not by the holder. */
  private static final Duration RELEASED = Duration.ofSeconds(1);

  /** The holder of a released Lease. Not null: a merge patch leaves null out. */
  private static final String NOBODY = "";

  /** The listener of an elector. */
  interface Listener {

    /** The Lease was taken or renewed. */
    void held();

    /**
     * The Lease is not held by this candidate.
     *
     * @param holder the holder, or an empty text if there is none
     * @return whether to go on; not if this candidate has held the Lease, or stops
     */
    boolean notHeld(String holder);
  }

  private final LeaseStore store;
  private final String identity;
  private final Timing timing;
  private final Listener listener;
  private @Nullable LeaseObservation observed;
  private boolean leading;
  private volatile boolean stopped;

  /**
   * Creates an elector.
   *
   * @param identity the holder to write into the Lease; different for each process
   */
  LeaseElector(LeaseStore store, String identity, Timing timing, Listener listener) {
    this.store = store;
    this.identity = identity;
    this.timing = timing;
    this.listener = listener;
  }

  /** Asks for the Lease from now on, in a thread of its own. */
  void start() {
    Thread.ofPlatform().name("lease-elector").daemon().start(this::run);
  }

  private void run() {
    while (!stopped) {
      try {
        attempt();
      } catch (KubernetesClientException e) {
        // An API server that is unreachable for a moment, or another candidate that was faster.
        LOG.atLevel(level(e)).addKeyValue("code", e.getCode()).log("the Lease was not taken");
      } catch (RuntimeException e) {
        LOG.atWarn().log("the Lease could not be read or written", e);
      }
      LockSupport.parkNanos(pause().toNanos());
    }
  }

  private static Level level(KubernetesClientException failure) {
    return failure.getCode() == HttpURLConnection.HTTP_CONFLICT ? Level.DEBUG : Level.WARN;
  }

  /** Returns the time until the next attempt. Candidates pause longer, and not all alike. */
  private synchronized Duration pause() {
    long millis = RETRY.toMillis();
    return leading
        ? RETRY
        : Duration.ofMillis(millis + (long) (millis * JITTER * timing.random().getAsDouble()));
  }

  /** Takes or renews the Lease, if it is free or held by this candidate. */
  synchronized void attempt() {
    if (stopped) {
      return;
    }
    Lease lease = store.read();
    if (lease == null) {
      // A leader whose Lease was deleted goes on.
      if (leading || goesOn(NOBODY)) {
        ZonedDateTime now = now();
        store.create(spec(now, now, 0));
        held();
      }
      return;
    }
    LeaseSpec spec = lease.getSpec();
    long now = timing.nanos().getAsLong();
    observed = observed == null ? new LeaseObservation(spec, now) : observed.then(spec, now);
    boolean renews = identity.equals(observed.holder());
    if (!renews && !mayTake(observed, now)) {
      return;
    }
    store.write(lease, renews ? renewed(spec) : taken(spec));
    held();
  }

  private void held() {
    leading = true;
    listener.held();
  }

  private boolean mayTake(LeaseObservation lease, long now) {
    return goesOn(lease.holder()) && lease.isFree(now);
  }

  private boolean goesOn(String holder) {
    if (!listener.notHeld(holder)) {
      stopped = true;
    }
    return !stopped;
  }

  /** Ends the election, and makes the Lease one that any candidate can take, if it is held. */
  synchronized void release() {
    stopped = true;
    Lease lease = store.read();
    LeaseSpec spec = lease == null ? null : lease.getSpec();
    if (lease != null && spec != null && identity.equals(spec.getHolderIdentity())) {
      ZonedDateTime now = now();
      store.write(
          lease,
          new LeaseSpecBuilder(spec(now, now, transitions(spec)))
              .withHolderIdentity(NOBODY)
              .withLeaseDurationSeconds((int) RELEASED.toSeconds())
              .build());
    }
  }

  private LeaseSpec renewed(LeaseSpec held) {
    ZonedDateTime now = now();
    return spec(Objects.requireNonNullElse(held.getAcquireTime(), now), now, transitions(held));
  }

  private LeaseSpec taken(@Nullable LeaseSpec former) {
    ZonedDateTime now = now();
    return spec(now, now, transitions(former) + 1);
  }

  private static int transitions(@Nullable LeaseSpec spec) {
    return spec == null ? 0 : Objects.requireNonNullElse(spec.getLeaseTransitions(), 0);
  }

  private LeaseSpec spec(ZonedDateTime acquired, ZonedDateTime renewed, int transitions) {
    return new LeaseSpecBuilder()
        .withHolderIdentity(identity)
        .withLeaseDurationSeconds((int) LEASE.toSeconds())
        .withAcquireTime(acquired)
        .withRenewTime(renewed)
        .withLeaseTransitions(transitions)
        .build();
  }

  private ZonedDateTime now() {
    return timing.clock().instant().atZone(ZoneOffset.UTC);
  }
}
