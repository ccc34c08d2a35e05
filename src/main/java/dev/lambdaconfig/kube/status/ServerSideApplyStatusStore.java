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
 * Writes statuses by server-side apply of a fresh object: what this operator no longer says goes
 * away. The object carries the resourceVersion that it was made from, so that it cannot overwrite
 * what it has not seen; where only somebody's metadata made that old, the write is repeated at
 * once.
 *
 * <p>The status is this operator's alone: what somebody else writes into it is put right, and
 * counts for nothing until then.
 */
public final class ServerSideApplyStatusStore implements StatusStore {

  /** The field manager of everything that the operator writes. */
  public static final String FIELD_MANAGER = "lambda-config-operator";

  /** More at a time would only wait for each other in the API server. */
  private static final int AT_A_TIME = 32;

  /** Attempts of one write against somebody who changes the resource at the same time. */
  private static final int TRIES = 10;

  private final KubernetesClient client;
  private final StatusSchema schema;
  private final ForeignStatuses foreign = new ForeignStatuses(System::nanoTime);
  private final Semaphore underWay = new Semaphore(AT_A_TIME);

  /** Our own last write by UID, until the cache has caught up with it. */
  private final Map<String, Known> written = new ConcurrentHashMap<>();

  /**
   * The version that our last write made, by UID: what is older is ours, or was overwritten. Kept
   * for as long as the resource is there, because the watch tells of a write after the cache has
   * it.
   */
  private final Map<String, String> versions = new ConcurrentHashMap<>();

  /** What is being written: the watch can tell of it before the answer comes. */
  private final Map<String, LambdaFunctionConfigStatus> sending = new ConcurrentHashMap<>();

  /** Writes through the given client. */
  public ServerSideApplyStatusStore(KubernetesClient client) {
    this(client, new StatusSchema(client, System::nanoTime));
  }

  /** Writes through the given client what the schema has. */
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

  /** Returns what is there, whoever wrote it. */
  private Known newest(LambdaFunctionConfig resource) {
    String version = resource.getMetadata().getResourceVersion();
    Known own = written.get(uid(resource));
    if (own != null && isBehind(version, own.resourceVersion())) {
      return own;
    }
    if (own != null && Objects.equals(resource.getStatus(), own.status())) {
      // The cache has it by now, and one copy is enough. Another status can be somebody else's.
      written.remove(uid(resource), own);
    }
    return new Known(resource.getStatus(), version);
  }

  @Override
  public Written write(LambdaFunctionConfig resource, LambdaFunctionConfigStatus status) {
    Known newest = newest(resource);
    schema.lookAgain();
    ForeignStatuses.Truth truth = foreign.truth(uid(resource));
    // What is cached can be older than what somebody else wrote.
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

  /** Returns whether what is stored differs from what was known by what a write may pass over. */
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
   * Takes members out of a status that other managers wrote: an apply leaves what others own.
   *
   * @return the resource afterwards; as it was where it has changed again, of which the watch tells
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
      // Gone, in order again, or the word of another operator, which counts like our own.
      foreign.settled(uid);
      return;
    }
    foreign.correcting(
        uid,
        resource.getMetadata().getNamespace() + "/" + resource.getMetadata().getName(),
        stored.otherManagers());
    LambdaFunctionConfigStatus status = truth.status();
    if (status != null) {
      // Whatever comes of it: a conflict means that there is a reason for the next pass.
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
   * Whether the cache has not seen our last write. Versions are opaque by contract and numbers in
   * fact; where one is not, the cache is believed, and the API server tells if that was wrong.
   */
  private static boolean isBehind(String cached, String own) {
    try {
      return Long.parseLong(cached) < Long.parseLong(own);
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
