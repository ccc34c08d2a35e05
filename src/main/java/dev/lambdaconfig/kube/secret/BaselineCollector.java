package dev.lambdaconfig.kube.secret;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.plan.Baseline;
import dev.lambdaconfig.timing.RepeatedTask;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes the baselines of resources that are gone: with the resource, and, for those that went
 * unobserved, at the start, when this operator begins to lead, and from time to time. It asks the
 * API server and not a cache, which has only the resources of this operator's shard.
 *
 * <p>Operators of other namespaces may keep theirs in the same namespace. Where this one watches
 * some namespaces only, it has no rights in others, and leaves those baselines alone.
 */
public final class BaselineCollector implements AutoCloseable {

  private static final Duration INTERVAL = Duration.ofHours(1);

  private static final Logger LOG = LoggerFactory.getLogger(BaselineCollector.class);

  private final KubernetesClient client;
  private final BaselineSecrets secrets;
  private final Set<String> watched;
  private final AtomicInteger unchecked = new AtomicInteger();
  private final ScheduledExecutorService timer;
  private final RepeatedTask checks;

  /** The namespaces of baselines that were left alone, as reported last; used by the timer only. */
  private Set<String> leftAlone = Set.of();

  /**
   * Creates a collector, which does nothing until it is started.
   *
   * @param watched the namespaces that the operator watches; empty for all
   */
  public BaselineCollector(KubernetesClient client, BaselineSecrets secrets, Set<String> watched) {
    this(
        client,
        secrets,
        watched,
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("baselines").daemon().factory()));
  }

  BaselineCollector(
      KubernetesClient client,
      BaselineSecrets secrets,
      Set<String> watched,
      ScheduledExecutorService timer) {
    this.client = client;
    this.secrets = secrets;
    this.watched = Set.copyOf(watched);
    this.timer = timer;
    this.checks = new RepeatedTask(timer, "the check of baselines", () -> INTERVAL, this::collect);
  }

  /** Starts the checks: one at once, then one after each interval. None without a namespace. */
  public void start() {
    if (secrets.namespace() != null) {
      timer.execute(checks::runNow);
    }
  }

  /** Makes one check more: an operator that stood by has not followed what was deleted. */
  public void checkNow() {
    if (secrets.namespace() == null) {
      return;
    }
    try {
      timer.execute(this::collect);
    } catch (RejectedExecutionException e) {
      LOG.debug("baselines are not checked any more: the operator stops");
    }
  }

  private void collect() {
    CollectionRound round = new CollectionRound(LOG);
    try {
      String from = null;
      do {
        SecretList page = secrets.page(from);
        page.getItems().forEach(secret -> collect(secret, round));
        round.operatorsOwn();
        from = page.getMetadata().getContinue();
      } while (from != null && !from.isEmpty());
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN && !secrets.isAnyKept()) {
        // Without Restore the operator has no permission for Secrets, and keeps none.
        LOG.debug("baselines cannot be listed, and none are kept");
      } else {
        round.failed(e);
      }
    } catch (RuntimeException e) {
      round.failed(e);
    }
    unchecked.set(round.failures());
    round.reportFailures();
    leftAlone = round.reportLeftAlone(leftAlone);
  }

  private void collect(Secret secret, CollectionRound round) {
    round.operatorsOwn();
    try {
      check(secret, round);
    } catch (RuntimeException e) {
      // Also where a Secret is not as it was written: one must not cost the others their check.
      round.failed(e);
    }
  }

  private void check(Secret secret, CollectionRound round) {
    ObjectMeta metadata = secret.getMetadata();
    Map<String, String> annotations =
        Objects.requireNonNullElse(metadata.getAnnotations(), Map.of());
    String uid = annotations.get(BaselineSecrets.RESOURCE_UID);
    String[] resource = annotations.getOrDefault(BaselineSecrets.RESOURCE, "").split("/", -1);
    if (uid == null || resource.length != 2) {
      return;
    }
    if (!watched.isEmpty() && !watched.contains(resource[0])) {
      round.leaveAlone(resource[0]);
      return;
    }
    round.lookIn(resource[0]);
    LambdaFunctionConfig there = find(resource[0], resource[1], uid);
    round.operatorsOwn();
    if (there == null || secrets.age().isLeftOver(there, secret)) {
      try {
        secrets.deleteListed(uid, secret);
      } catch (KubernetesClientException e) {
        if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
          // An update that is about to be announced keeps its variables in another one by now.
          return;
        }
        throw e;
      }
      LOG.atInfo()
          .addKeyValue("resource", resource[0] + "/" + resource[1])
          .log("deleted a baseline that no resource needs");
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
    CollectionRound round = new CollectionRound(LOG);
    try {
      round.lookIn(metadata.getNamespace());
      if (find(metadata.getNamespace(), metadata.getName(), metadata.getUid()) == null) {
        round.operatorsOwn();
        secrets.delete(metadata.getUid());
      }
    } catch (KubernetesClientException e) {
      if (unchecked.getAndIncrement() == 0) {
        round.failed(e);
        round.reportFailures();
      }
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

  /**
   * The baselines that could not be checked or deleted since the last check began; at least 1 where
   * they could not be listed.
   */
  public int unchecked() {
    return unchecked.get();
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

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
