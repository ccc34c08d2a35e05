package dev.lambdaconfig.kube.secret;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.decision.history.UpdateHistory;
import dev.lambdaconfig.plan.Baseline;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes the baselines of resources that are gone: with the resource, and, for those that went
 * unobserved, at the start and from time to time. It asks the API server and not a cache, which has
 * only the resources of this operator's shard.
 */
public final class BaselineCollector implements AutoCloseable {

  private static final Duration INTERVAL = Duration.ofHours(1);

  /** Time after which the operator that kept a baseline has written its status. */
  private static final Duration SETTLING = Duration.ofMinutes(10);

  private static final Logger LOG = LoggerFactory.getLogger(BaselineCollector.class);

  private final KubernetesClient client;
  private final BaselineSecrets secrets;
  private final Clock clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("baselines").daemon().factory());

  /**
   * Creates a collector, which does nothing until it is started.
   *
   * @param clock the time to which the age of a Secret is measured
   */
  public BaselineCollector(KubernetesClient client, BaselineSecrets secrets, Clock clock) {
    this.client = client;
    this.secrets = secrets;
    this.clock = clock;
  }

  /** Starts the checks: one at once, then one after each interval. None without a namespace. */
  public void start() {
    if (secrets.namespace() != null) {
      var unused =
          timer.scheduleWithFixedDelay(this::collect, 0, INTERVAL.toMinutes(), TimeUnit.MINUTES);
    }
  }

  private void collect() {
    try {
      String from = null;
      do {
        SecretList page = secrets.page(from);
        page.getItems().forEach(this::collect);
        from = page.getMetadata().getContinue();
      } while (from != null && !from.isEmpty());
    } catch (KubernetesClientException e) {
      // Without Restore the operator has no permission for Secrets, and keeps none.
      LOG.atDebug().addKeyValue("code", e.getCode()).log("baselines cannot be listed");
    } catch (RuntimeException e) {
      LOG.warn("baselines could not be checked", e);
    }
  }

  private void collect(Secret secret) {
    ObjectMeta metadata = secret.getMetadata();
    Map<String, String> annotations =
        Objects.requireNonNullElse(metadata.getAnnotations(), Map.of());
    String uid = annotations.get(BaselineSecrets.RESOURCE_UID);
    String[] resource = annotations.getOrDefault(BaselineSecrets.RESOURCE, "").split("/", -1);
    if (uid == null || resource.length != 2) {
      return;
    }
    try {
      LambdaFunctionConfig there = find(resource[0], resource[1], uid);
      if (there == null || isLeftOver(there, metadata.getCreationTimestamp())) {
        secrets.delete(uid);
        LOG.atInfo()
            .addKeyValue("resource", resource[0] + "/" + resource[1])
            .log("deleted a baseline that no resource needs");
      }
    } catch (KubernetesClientException e) {
      tell(resource[0], e);
    }
  }

  /** Deletes the baseline of a resource that the watch has lost, if it really is gone. */
  public void gone(LambdaFunctionConfig resource) {
    ObjectMeta metadata = resource.getMetadata();
    boolean wasKept = secrets.isKept(metadata.getUid());
    secrets.forget(metadata.getUid());
    boolean hadOne =
        wasKept
            || (resource.getStatus() != null
                && Baseline.of(resource.getStatus().baseline).secretName() != null);
    if (!hadOne || secrets.namespace() == null) {
      return;
    }
    try {
      if (find(metadata.getNamespace(), metadata.getName(), metadata.getUid()) == null) {
        secrets.delete(metadata.getUid());
      }
    } catch (KubernetesClientException e) {
      tell(metadata.getNamespace(), e);
    }
  }

  /** Whether the API server has no such resource any more; not if it cannot be asked. */
  public boolean isGone(LambdaFunctionConfig resource) {
    ObjectMeta metadata = resource.getMetadata();
    try {
      return find(metadata.getNamespace(), metadata.getName(), metadata.getUid()) == null;
    } catch (KubernetesClientException e) {
      LOG.atDebug().addKeyValue("code", e.getCode()).log("a deletion could not be checked");
      return false;
    }
  }

  /** Logs a failure. The next round tries again. */
  private static void tell(String namespace, KubernetesClientException e) {
    LOG.atDebug()
        .addKeyValue("namespace", namespace)
        .addKeyValue("code", e.getCode())
        .log("a baseline could not be checked or deleted; the next check retries");
  }

  /** Finds a resource by a list, for which the operator has the permission. */
  private @Nullable LambdaFunctionConfig find(String namespace, String name, String uid) {
    return client
        .resources(LambdaFunctionConfig.class)
        .inNamespace(namespace)
        .withField("metadata.name", name)
        .list()
        .getItems()
        .stream()
        .filter(resource -> uid.equals(resource.getMetadata().getUid()))
        .findFirst()
        .orElse(null);
  }

  /**
   * Whether the update that the baseline was kept for was refused, and the process ended before it
   * could delete it. A status without history can have been wiped, and proves nothing.
   */
  private boolean isLeftOver(LambdaFunctionConfig resource, String created) {
    LambdaFunctionConfigStatus status = resource.getStatus();
    return status != null
        && Baseline.of(status.baseline).secretName() == null
        && status.history != null
        && !status.history.isEmpty()
        && !UpdateHistory.of(status).isOpen()
        && Instant.parse(created).plus(SETTLING).isBefore(clock.instant());
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
