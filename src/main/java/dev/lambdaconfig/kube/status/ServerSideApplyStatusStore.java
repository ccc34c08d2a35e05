package dev.lambdaconfig.kube.status;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.kube.ApiServerBusyException;
import dev.lambdaconfig.kube.ApiServerFailures;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes statuses by server-side apply of a fresh object, which removes the fields that the
 * operator no longer writes. The object carries the resourceVersion that it is based on, so that it
 * cannot overwrite unseen changes; if only metadata has changed, the write is repeated at once.
 *
 * <p>The status belongs to the operator alone: a change by another writer is corrected, and ignored
 * until then.
 */
public final class ServerSideApplyStatusStore implements StatusStore {

  /** The field manager of everything that the operator writes. */
  public static final String FIELD_MANAGER = "lambda-config-operator";

  /** Maximum number of concurrent writes: more would only wait for each other in the API server. */
  private static final int AT_A_TIME = 32;

  /** Maximum attempts of one write while somebody else changes the resource. */
  private static final int TRIES = 10;

  private final KubernetesClient client;
  private final StatusSchema schema;
  private final ForeignStatuses foreign = new ForeignStatuses(System::nanoTime);
  private final Semaphore underWay = new Semaphore(AT_A_TIME);

  /** The operator's last write by UID, until the cache has it. */
  private final Map<String, Known> written = new ConcurrentHashMap<>();

  /**
   * The resourceVersion of the operator's last write by UID: an older status is the operator's own,
   * or was overwritten. It is kept for as long as the resource exists, because the watch delivers a
   * write after the cache has it.
   */
  private final Map<String, String> versions = new ConcurrentHashMap<>();

  /** The statuses that are being written: the watch can deliver them before the answer arrives. */
  private final Map<String, LambdaFunctionConfigStatus> sending = new ConcurrentHashMap<>();

  /** Creates a store that writes through the given client. */
  public ServerSideApplyStatusStore(KubernetesClient client) {
    this(client, new StatusSchema(client, System::nanoTime));
  }

  /** Creates a store that writes the fields of a schema through the given client. */
  public ServerSideApplyStatusStore(KubernetesClient client, StatusSchema schema) {
    this.client = client;
    this.schema = schema;
  }

  @Override
  public Known known(LambdaFunctionConfig resource) {
    Known newest = newest(resource);
    ForeignStatuses.Truth truth = foreign.truth(uid(resource));
    return truth == null ? newest : new Known(truth.status(), newest.resourceVersion());
  }

  /** The newest status, whoever wrote it. */
  private Known newest(LambdaFunctionConfig resource) {
    String version = resource.getMetadata().getResourceVersion();
    Known own = written.get(uid(resource));
    if (own != null && isBehind(version, own.resourceVersion())) {
      return own;
    }
    if (own != null && Objects.equals(resource.getStatus(), own.status())) {
      // The cache has this status, and one copy is enough. Any other one can be another writer's.
      written.remove(uid(resource), own);
    }
    return new Known(resource.getStatus(), version);
  }

  @Override
  public Written write(LambdaFunctionConfig resource, LambdaFunctionConfigStatus status) {
    Known newest = newest(resource);
    schema.lookAgain();
    ForeignStatuses.Truth truth = foreign.truth(uid(resource));
    // The cached status can be older than another writer's.
    if (truth == null && Objects.equals(newest.status(), schema.reduced(status))) {
      return Written.DONE;
    }
    return write(
        resource,
        truth == null ? newest.status() : truth.status(),
        newest.resourceVersion(),
        status);
  }

  private Written write(
      LambdaFunctionConfig resource,
      @Nullable LambdaFunctionConfigStatus basis,
      String resourceVersion,
      LambdaFunctionConfigStatus status) {
    String version = resourceVersion;
    for (int attempt = 0; attempt < TRIES; attempt++) {
      LambdaFunctionConfigStatus reduced = reduced(resource, status);
      try {
        store(resource, version, reduced);
        return Written.DONE;
      } catch (KubernetesClientException e) {
        if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
          return Written.GONE;
        }
        if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
          StoredResource stored = read(resource);
          if (stored == null) {
            return Written.GONE;
          }
          if (!isOnlyMetadata(stored, resource, basis)) {
            return Written.STALE;
          }
          version = stored.resourceVersion();
        } else if (!schema.learn(e)) {
          throw failure(resource, e);
        }
      }
    }
    return Written.BUSY;
  }

  private LambdaFunctionConfigStatus reduced(
      LambdaFunctionConfig resource, LambdaFunctionConfigStatus status) {
    List<String> vital = schema.missingVital();
    if (!vital.isEmpty()) {
      throw StatusRefusedException.because(
          resource,
          "the CustomResourceDefinition lacks status."
              + String.join(", status.", vital)
              + ", without which updates could be repeated: apply the one of this operator's"
              + " release");
    }
    if (schema.losesBaseline(status)) {
      throw StatusRefusedException.because(
          resource,
          "the CustomResourceDefinition lacks fields of status.baseline, without which nothing"
              + " could be restored: apply the one of this operator's release");
    }
    return schema.reduced(status);
  }

  /** Whether the stored resource differs only in ways that a write may ignore. */
  private boolean isOnlyMetadata(
      StoredResource stored,
      LambdaFunctionConfig resource,
      @Nullable LambdaFunctionConfigStatus basis) {
    if (!stored.isSameAs(resource)) {
      return false;
    }
    if (Objects.equals(stored.status(), basis)) {
      return true;
    }
    if (!stored.isForged(basis)) {
      return false;
    }
    foreign.changed(uid(resource), new ForeignStatuses.Truth(basis));
    return true;
  }

  private void store(
      LambdaFunctionConfig resource, String version, LambdaFunctionConfigStatus status) {
    sending.put(uid(resource), status);
    try {
      LambdaFunctionConfig after = apply(fresh(resource, version, status));
      LambdaFunctionConfig last =
          Objects.equals(after.getStatus(), status) ? after : cleared(after, status);
      versions.put(uid(resource), last.getMetadata().getResourceVersion());
      written.put(uid(resource), new Known(status, last.getMetadata().getResourceVersion()));
      foreign.settled(uid(resource));
    } finally {
      sending.remove(uid(resource));
    }
  }

  /**
   * Removes members that other managers wrote, because an apply leaves what others own.
   *
   * @return the resource afterwards; unchanged if it has changed again, which the watch delivers
   */
  private LambdaFunctionConfig cleared(
      LambdaFunctionConfig resource, LambdaFunctionConfigStatus status) {
    List<String> members = StatusSchema.membersBeyond(resource.getStatus(), status);
    if (members.isEmpty()) {
      return resource;
    }
    String patch =
        members.stream()
            .map(member -> "{\"op\":\"remove\",\"path\":\"/status/" + member + "\"}")
            .collect(Collectors.joining(",", "[", "]"));
    try {
      return client
          .resources(LambdaFunctionConfig.class)
          .inNamespace(resource.getMetadata().getNamespace())
          .withName(resource.getMetadata().getName())
          .subresource("status")
          .patch(
              new PatchContext.Builder()
                  .withPatchType(PatchType.JSON)
                  .withFieldManager(FIELD_MANAGER)
                  .build(),
              patch);
    } catch (KubernetesClientException e) {
      if (ApiServerFailures.isPassing(e)) {
        throw e;
      }
      return resource;
    }
  }

  @Override
  public @Nullable Duration changedByOthers(LambdaFunctionConfig now, LambdaFunctionConfig before) {
    String uid = uid(now);
    LambdaFunctionConfigStatus status = now.getStatus();
    Known own = written.get(uid);
    String version = versions.get(uid);
    boolean ours =
        !uid.equals(uid(before))
            || Objects.equals(status, before.getStatus())
            || Objects.equals(status, sending.get(uid))
            || (own != null && Objects.equals(status, own.status()))
            || (version != null && !isBehind(version, now.getMetadata().getResourceVersion()));
    if (ours) {
      return null;
    }
    boolean ownIsNewer =
        own != null && isBehind(before.getMetadata().getResourceVersion(), own.resourceVersion());
    foreign.changed(
        uid,
        new ForeignStatuses.Truth(
            ownIsNewer ? Objects.requireNonNull(own).status() : before.getStatus()));
    return foreign.delay(uid);
  }

  @Override
  public void putRight(LambdaFunctionConfig resource) {
    String uid = uid(resource);
    ForeignStatuses.Truth truth = foreign.truth(uid);
    if (truth == null || foreign.delay(uid).isPositive()) {
      return;
    }
    StoredResource stored = read(resource);
    if (stored == null
        || Objects.equals(stored.status(), truth.status())
        || !stored.isForged(truth.status())) {
      // The resource is gone, in order again, or written by another operator, whose status is
      // valid.
      foreign.settled(uid);
      return;
    }
    foreign.correcting(
        uid,
        resource.getMetadata().getNamespace() + "/" + resource.getMetadata().getName(),
        stored.otherManagers());
    LambdaFunctionConfigStatus status = truth.status();
    if (status != null) {
      // The result does not matter: a conflict means that another reconcile follows.
      var unused = write(resource, status, stored.resourceVersion(), status);
    }
  }

  @Override
  public Set<String> missingFields() {
    return schema.missing();
  }

  @Override
  public void forget(LambdaFunctionConfig resource) {
    written.remove(uid(resource));
    versions.remove(uid(resource));
    foreign.forget(uid(resource));
  }

  private @Nullable StoredResource read(LambdaFunctionConfig resource) {
    try {
      return StoredResource.read(client, resource);
    } catch (KubernetesClientException e) {
      throw failure(resource, e);
    }
  }

  private static RuntimeException failure(
      LambdaFunctionConfig resource, KubernetesClientException failure) {
    return ApiServerFailures.isPassing(failure)
        ? new ApiServerBusyException(failure)
        : new StatusRefusedException(resource, failure);
  }

  private LambdaFunctionConfig apply(LambdaFunctionConfig fresh) {
    underWay.acquireUninterruptibly();
    try {
      return client
          .resource(fresh)
          .subresource("status")
          .patch(
              new PatchContext.Builder()
                  .withPatchType(PatchType.SERVER_SIDE_APPLY)
                  .withFieldManager(FIELD_MANAGER)
                  .withForce(true)
                  .build());
    } finally {
      underWay.release();
    }
  }

  private static LambdaFunctionConfig fresh(
      LambdaFunctionConfig resource, String resourceVersion, LambdaFunctionConfigStatus status) {
    LambdaFunctionConfig fresh = new LambdaFunctionConfig();
    fresh.setMetadata(
        new ObjectMetaBuilder()
            .withName(resource.getMetadata().getName())
            .withNamespace(resource.getMetadata().getNamespace())
            .withUid(resource.getMetadata().getUid())
            .withResourceVersion(resourceVersion)
            .build());
    fresh.setStatus(status);
    return fresh;
  }

  private static String uid(LambdaFunctionConfig resource) {
    return resource.getMetadata().getUid();
  }

  /**
   * Whether the cache lacks the operator's last write. Versions are opaque by contract and numbers
   * in fact; where one is not, the cache counts as current, and the API server refuses a wrong
   * guess.
   */
  private static boolean isBehind(String cached, String own) {
    try {
      return Long.parseLong(cached) < Long.parseLong(own);
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
