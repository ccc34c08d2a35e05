package dev.lambdaconfig.ops.election;

import dev.lambdaconfig.timing.Timing;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the Lease of the leader, and releases it when the operator stops.
 *
 * <p>An operator that loses the Lease, or cannot renew it in time, ends at once: another one leads
 * soon or already, and an orderly stop would still write without the Lease.
 */
public final class Leadership {

  private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);

  /**
   * Time after which a leader that cannot renew the Lease ends; shorter than its validity, so that
   * there are never two leaders.
   */
  static final Duration RENEW_DEADLINE = Duration.ofSeconds(10);

  /** Interval in which the watchdog compares the age of the last renewal with the deadline. */
  private static final Duration WATCH = Duration.ofMillis(200);

  private final String namespace;
  private final String name;
  private final String identity;
  private final LeaseRenewals renewals;
  private final Timing timing;
  private final Runnable halt;
  private final AtomicBoolean leading = new AtomicBoolean();
  private final AtomicBoolean stopping = new AtomicBoolean();
  private volatile @Nullable LeaseElector elector;

  /**
   * Creates a candidate that holds nothing yet.
   *
   * @param namespace the namespace of the Lease
   * @param name the Lease's name
   * @param host the name of the holder for people; a unique suffix is added
   * @param renewals the interceptor of the client that the elector uses
   * @param timing the time of day for the Lease, and the steady clock for decisions
   * @param halt ends the process at once; called when the Lease is lost or cannot be renewed
   */
  public Leadership(
      String namespace,
      String name,
      @Nullable String host,
      LeaseRenewals renewals,
      Timing timing,
      Runnable halt) {
    this.namespace = namespace;
    this.name = name;
    this.identity =
        Objects.requireNonNullElse(host, "lambda-config-operator") + "_" + UUID.randomUUID();
    this.renewals = renewals;
    this.timing = timing;
    this.halt = halt;
  }

  /**
   * Stands for election from now on.
   *
   * @param action called once, when this operator leads
   */
  public void start(KubernetesClient client, Runnable action) {
    stand(new KubernetesLeaseStore(client, namespace, name), action).start();
  }

  /** Creates the elector, whose first attempt is still to come. */
  LeaseElector stand(LeaseStore store, Runnable action) {
    LeaseElector created = new LeaseElector(store, identity, timing, new Course(action));
    elector = created;
    return created;
  }

  /** The listener for the attempts of the elector. */
  private final class Course implements LeaseElector.Listener {

    private final Runnable action;
    private String leader = "";

    Course(Runnable action) {
      this.action = action;
    }

    @Override
    public void held() {
      // The elector calls this after its request, but the interceptor can be called later still.
      renewals.succeeded();
      if (stopping.get() && !leading.get()) {
        // It was asked to stop during the request: nothing is begun, and the Lease is released.
        return;
      }
      if (!leading.getAndSet(true)) {
        LOG.atInfo().addKeyValue("identity", identity).log("leading");
        Thread.ofPlatform().name("lease-watchdog").daemon().start(Leadership.this::watch);
        action.run();
      }
    }

    @Override
    public boolean notHeld(String holder) {
      if (leading.getAndSet(false)) {
        if (!stopping.get()) {
          end("the Lease is lost: another operator leads now");
        }
        return false;
      }
      if (stopping.get()) {
        // It could only keep the Lease from one that goes on.
        return false;
      }
      // There is no leader for a moment after a release.
      if (!holder.equals(leader) && !holder.isEmpty()) {
        LOG.atInfo().addKeyValue("leader", holder).log("standing by");
      }
      leader = holder;
      return true;
    }
  }

  /**
   * Compares the age of the last renewal with the deadline. The elector can hang in a request, so
   * it cannot do this itself.
   */
  private void watch() {
    while (leading.get()) {
      if (!stopping.get() && isOverdue(renewals.age())) {
        end(
            "the Lease could not be renewed in time: the API server does not answer, or this"
                + " process was suspended");
        return;
      }
      LockSupport.parkNanos(WATCH.toNanos());
    }
  }

  private static boolean isOverdue(Duration age) {
    return age.compareTo(RENEW_DEADLINE) >= 0;
  }

  /**
   * Ends the process unless the Lease is certainly held. Callers invoke it before each action that
   * only a leader may take: the machine can have slept since the watchdog last compared the clocks.
   *
   * <p>Where only the time of day says that the Lease has expired, this waits for the next renewal,
   * which is due within seconds. A steady clock stands still while a machine sleeps, so that the
   * Lease can have expired; but the time of day can also have been put forward, which is no reason
   * to end.
   */
  public void requireHeld() {
    while (leading.get() && !isOverdue(renewals.age()) && isOverdue(renewals.ageByAnyClock())) {
      LockSupport.parkNanos(WATCH.toNanos());
    }
    if (!leading.get() || isOverdue(renewals.age())) {
      end("the Lease expired while this process was suspended");
    }
  }

  private void end(String why) {
    try {
      LOG.atError()
          .addKeyValue("lease", namespace + "/" + name)
          .addKeyValue("renewedSecondsAgo", renewals.age().toSeconds())
          .log("{}, so this process ends at once", why);
    } finally {
      halt.run();
    }
  }

  /** Returns whether this operator is the leader. */
  public boolean isLeading() {
    return leading.get();
  }

  /**
   * Records that the operator stops, so that the end of its leadership is not taken for a loss, and
   * that it takes no Lease any more.
   */
  public void stopping() {
    stopping.set(true);
  }

  /**
   * Returns the time since the elector last asked for the Lease. It asks every few seconds, also
   * while the API server is unreachable, so that a longer time means that its thread has ended.
   */
  public Duration silence() {
    return renewals.sinceRequest();
  }

  /** Ends the election and releases the Lease: the next leader need not wait for its expiry. */
  public void release() {
    LeaseElector standing = elector;
    if (standing == null) {
      return;
    }
    try {
      standing.release();
    } catch (KubernetesClientException e) {
      LOG.atWarn()
          .addKeyValue("lease", namespace + "/" + name)
          .addKeyValue("code", e.getCode())
          .log("the Lease could not be released; it expires by itself");
    } finally {
      leading.set(false);
    }
  }
}
