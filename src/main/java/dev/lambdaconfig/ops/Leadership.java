package dev.lambdaconfig.ops;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpecBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the Lease of the leader, and releases it when the operator stops.
 *
 * <p>JOSDK's own callback calls {@code System.exit}, which hangs forever when the process is
 * already stopping; therefore the callbacks are replaced here. An operator that loses the Lease, or
 * cannot renew it in time, ends at once: another one leads soon or already, and an orderly stop
 * would still write without the Lease.
 */
public final class Leadership {

  private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);

  /**
   * Validity of a Lease: a leader that died is replaced after this time plus the retry period of
   * another operator.
   */
  private static final Duration LEASE = Duration.ofSeconds(15);

  /**
   * Time after which a leader that cannot renew the Lease ends; shorter than its validity, so that
   * there are never two leaders.
   */
  static final Duration RENEW_DEADLINE = Duration.ofSeconds(10);

  /** Interval in which the watchdog compares the age of the last renewal with the deadline. */
  private static final Duration WATCH = Duration.ofMillis(200);

  /**
   * Interval in which the leader renews the Lease. Candidates read it half as often, with jitter.
   */
  private static final Duration RETRY = Duration.ofSeconds(2);

  /** Validity of a released Lease, after which any candidate can take it. */
  private static final Duration RELEASED = Duration.ofSeconds(1);

  /**
   * The holder of a released Lease. Not null: the client's merge patch leaves out null, and the
   * holder would stay.
   */
  private static final String NOBODY = "";

  private final String namespace;
  private final String name;
  private final String identity;
  private final LeaseRenewals renewals;
  private final Runnable halt;
  private final AtomicBoolean leading = new AtomicBoolean();
  private final AtomicBoolean stopping = new AtomicBoolean();

  /**
   * Creates a candidate that holds nothing yet.
   *
   * @param namespace the namespace of the Lease
   * @param name the Lease's name
   * @param host the name of the holder for people; a unique suffix is added
   * @param renewals the interceptor of the client that the elector uses
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

  /** Returns the configuration for JOSDK. */
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
    // The elector calls this after its request, but the interceptor can be called later still.
    renewals.succeeded();
    leading.set(true);
    LOG.atInfo().addKeyValue("identity", identity).log("leading");
    Thread.ofPlatform().name("lease-watchdog").daemon().start(this::watch);
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
      }
      LockSupport.parkNanos(WATCH.toNanos());
    }
  }

  private static boolean isOverdue(Duration age) {
    return age.compareTo(RENEW_DEADLINE) >= 0;
  }

  private void lost() {
    if (leading.getAndSet(false) && !stopping.get()) {
      end("the Lease is lost: another operator leads now");
    }
  }

  /**
   * Ends the process unless the Lease is certainly held. Callers invoke it before each action that
   * only a leader may take: the machine can have slept since the watchdog last compared the clocks.
   */
  public void requireHeld() {
    if (!leading.get() || isOverdue(renewals.ageByAnyClock())) {
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

  private void observed(@Nullable String leader) {
    // There is no leader for a moment after a release.
    if (leader != null && !leader.isEmpty() && !leader.equals(identity)) {
      LOG.atInfo().addKeyValue("leader", leader).log("standing by");
    }
  }

  /** Returns whether this operator is the leader. */
  public boolean isLeading() {
    return leading.get();
  }

  /** Records that the operator stops, so that the end of its leadership is not taken for a loss. */
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

  /**
   * Completes a Lease that somebody has emptied or created without times, which the elector cannot
   * read: it would end, and with it each later election.
   */
  public void repair(KubernetesClient client) {
    try {
      if (freed(client, spec -> !isComplete(spec))) {
        LOG.atWarn()
            .addKeyValue("lease", namespace + "/" + name)
            .log(
                "the Lease lacked its duration or times, and was completed as one that nobody"
                    + " holds");
      }
    } catch (KubernetesClientException e) {
      failed(e, "the Lease could not be read or completed");
    }
  }

  private static boolean isComplete(@Nullable LeaseSpec spec) {
    return spec != null
        && spec.getLeaseDurationSeconds() != null
        && spec.getAcquireTime() != null
        && spec.getRenewTime() != null;
  }

  /** Releases the Lease, so that the next leader need not wait until it expires. */
  public void release(KubernetesClient client) {
    try {
      freed(client, spec -> spec != null && identity.equals(spec.getHolderIdentity()));
    } catch (KubernetesClientException e) {
      failed(e, "the Lease could not be released; it expires by itself");
    }
  }

  /**
   * Makes the Lease one that nobody holds, and that any candidate can take after a second.
   *
   * @param isToBeFreed whether to do so, by what the Lease says
   * @return whether it was done
   */
  private boolean freed(KubernetesClient client, Predicate<@Nullable LeaseSpec> isToBeFreed) {
    Resource<Lease> lease = client.leases().inNamespace(namespace).withName(name);
    Lease found = lease.get();
    if (found == null || !isToBeFreed.test(found.getSpec())) {
      return false;
    }
    lease.patch(
        PatchContext.of(PatchType.JSON_MERGE),
        new LeaseBuilder()
            .withNewMetadata()
            .withResourceVersion(found.getMetadata().getResourceVersion())
            .endMetadata()
            .withSpec(nobodys(found.getSpec()))
            .build());
    return true;
  }

  private static LeaseSpec nobodys(@Nullable LeaseSpec spec) {
    ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC);
    return new LeaseSpecBuilder()
        .withHolderIdentity(NOBODY)
        .withLeaseDurationSeconds((int) RELEASED.toSeconds())
        .withAcquireTime(now)
        .withRenewTime(now)
        .withLeaseTransitions(
            spec == null ? 0 : Objects.requireNonNullElse(spec.getLeaseTransitions(), 0))
        .build();
  }

  private void failed(KubernetesClientException failure, String what) {
    LOG.atWarn()
        .addKeyValue("lease", namespace + "/" + name)
        .addKeyValue("code", failure.getCode())
        .log(what);
  }
}
