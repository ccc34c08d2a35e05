package dev.lambdaconfig.ops;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the Lease of the one operator that works, and gives it back when the operator stops.
 *
 * <p>The framework's own way out is {@code System.exit} from its callback, which hangs for ever
 * when the process is already stopping; so the callbacks are ours. An operator that loses the
 * Lease, or cannot renew it in time, ends at once: another one works soon or already, and nothing
 * that an orderly stop would still do may be done without the Lease.
 */
public final class Leadership {

  private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);

  /** A leader that died is replaced after this, and the time until somebody looks. */
  private static final Duration LEASE = Duration.ofSeconds(15);

  /** A leader that cannot renew ends before anybody else can lead. */
  static final Duration RENEW_DEADLINE = Duration.ofSeconds(10);

  /** How often the watchdog compares the age of the last renewal with the deadline. */
  private static final Duration WATCH = Duration.ofMillis(200);

  /** How often the leader renews; those who stand by look half as often, spread at random. */
  private static final Duration RETRY = Duration.ofSeconds(2);

  /** A released Lease is up for anybody after this. */
  private static final Duration RELEASED = Duration.ofSeconds(1);

  /** Empty and not null: the client's merge patch leaves out what is null, so the holder stayed. */
  private static final String NOBODY = "";

  private final String namespace;
  private final String name;
  private final String identity;
  private final LeaseRenewals renewals;
  private final Runnable halt;
  private final AtomicBoolean leading = new AtomicBoolean();
  private final AtomicBoolean stopping = new AtomicBoolean();

  /**
   * Holds nothing yet.
   *
   * @param namespace where the Lease is
   * @param name the Lease's name
   * @param host who holds it, for people; made unique
   * @param renewals told of the requests of the client that the elector uses
   * @param halt ends the process at once; called when the Lease is lost or cannot be renewed
   */
  public Leadership(
      String namespace, String name, @Nullable String host, LeaseRenewals renewals, Runnable halt) {
    this.namespace = namespace;
    this.name = name;
    this.identity =
        Objects.requireNonNullElse(host, "lambda-config-operator") + "_" + UUID.randomUUID();
    this.renewals = renewals;
    this.halt = halt;
  }

  /** What the framework is to be told. */
  public LeaderElectionConfiguration configuration() {
    return LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(name)
        .withLeaseNamespace(namespace)
        .withIdentity(identity)
        .withLeaseDuration(LEASE)
        .withRenewDeadline(RENEW_DEADLINE)
        .withRetryPeriod(RETRY)
        .withExitOnStopLeading(false)
        .withLeaderCallbacks(new LeaderCallbacks(this::won, this::lost, this::observed))
        .build();
  }

  private void won() {
    // The elector tells of it after its request, and the request's own notice can come later.
    renewals.succeeded();
    leading.set(true);
    LOG.atInfo().addKeyValue("identity", identity).log("leading");
    Thread.ofPlatform().name("lease-watchdog").daemon().start(this::watch);
  }

  /**
   * Compares the age of the last renewal with the deadline, whatever the elector does: it can hang
   * in a request.
   */
  private void watch() {
    while (leading.get()) {
      if (!stopping.get() && isOverdue(renewals.age())) {
        end(
            "the Lease could not be renewed in time: the API server does not answer, or this"
                + " process stood still");
      }
      LockSupport.parkNanos(WATCH.toNanos());
    }
  }

  private static boolean isOverdue(Duration age) {
    return age.compareTo(RENEW_DEADLINE) >= 0;
  }

  private void lost() {
    if (leading.getAndSet(false) && !stopping.get()) {
      end("the Lease is lost: another operator works now");
    }
  }

  /**
   * Ends the process unless the Lease is held beyond doubt. To be called before whatever must not
   * be done beside another leader: a machine can have slept since the last look at the clock.
   */
  public void requireHeld() {
    if (!leading.get() || isOverdue(renewals.ageByAnyClock())) {
      end("the Lease has run out since this process last looked at the clock");
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

  private void observed(@Nullable String leader) {
    // Nobody leads for a moment after a release.
    if (leader != null && !leader.isEmpty() && !leader.equals(identity)) {
      LOG.atInfo().addKeyValue("leader", leader).log("standing by");
    }
  }

  /** Whether this operator is the one that works. */
  public boolean isLeading() {
    return leading.get();
  }

  /** Notes that the operator stops, so that the end of leading is no loss. */
  public void stopping() {
    stopping.set(true);
  }

  /** Gives the Lease back, so that the next operator need not wait for it to run out. */
  public void release(KubernetesClient client) {
    LeaseLock lock = new LeaseLock(namespace, name, identity);
    try {
      LeaderElectionRecord held = lock.get(client);
      if (held != null && identity.equals(held.getHolderIdentity())) {
        ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC);
        lock.update(
            client,
            new LeaderElectionRecord(NOBODY, RELEASED, now, now, held.getLeaderTransitions()));
      }
    } catch (KubernetesClientException e) {
      LOG.atWarn()
          .addKeyValue("lease", namespace + "/" + name)
          .addKeyValue("code", e.getCode())
          .log("the Lease could not be released; it runs out by itself");
    }
  }
}
