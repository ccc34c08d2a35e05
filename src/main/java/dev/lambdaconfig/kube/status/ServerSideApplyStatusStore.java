package dev.lambdaconfig.kube.status;

import dev.lambdaconfig.api.CompressedStatus;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.kube.ApiServerBusyException;
import dev.lambdaconfig.kube.ApiServerFailures;
import dev.lambdaconfig.kube.StoredReads;
import dev.lambdaconfig.kube.schema.ServedSchema;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
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

  /** Maximum attempts of one write while another writer changes the resource. */
  private static final int TRIES = 10;

  private final KubernetesClient client;
  private final StatusApply requests;
  private final StoredReads reads;
  private final ServedSchema schema;
  private final ForeignStatuses foreign = new ForeignStatuses(System::nanoTime);
  private final OwnWrites own = new OwnWrites();
  private final Overlaps overlaps = new Overlaps(System::nanoTime);

  /** Creates a store that writes through the given client. */
  public ServerSideApplyStatusStore(KubernetesClient client) {
    this(client, new ServedSchema(client, System::nanoTime));
  }

  /** Creates a store that writes the fields of a schema through the given client. */
  public ServerSideApplyStatusStore(KubernetesClient client, ServedSchema schema) {
    this.client = client;
    this.reads = new StoredReads(client);
    this.requests = new StatusApply(client, reads);
    this.schema = schema;
  }

  @Override
  public Known known(LambdaFunctionConfig resource) {
    Known newest = own.newest(resource);
    ForeignStatuses.Truth truth = foreign.truth(uid(resource));
    return truth == null ? newest : new Known(truth.status(), newest.resourceVersion());
  }

  @Override
  public Written write(LambdaFunctionConfig resource, LambdaFunctionConfigStatus status) {
    Known newest = own.newest(resource);
    ForeignStatuses.Truth truth = foreign.truth(uid(resource));
    // The cached status can be older than another writer's.
    if (truth == null && Objects.equals(newest.status(), schema.status().reduced(status))) {
      overlaps.agreed(uid(resource));
      return Written.DONE;
    }
    if (overlaps.waits(uid(resource), newest.status(), status)) {
      return Written.BUSY;
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
      schema.requireWhole();
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
          own.stored(uid(resource), stored.resourceVersion());
          if (!isOnlyMetadata(stored, resource, basis)) {
            return Written.STALE;
          }
          version = stored.resourceVersion();
        } else if (!schema.status().learn(e) && !clearedAfter(e, resource, reduced)) {
          throw failure(resource, e);
        }
      }
    }
    return Written.BUSY;
  }

  private boolean clearedAfter(
      KubernetesClientException refusal,
      LambdaFunctionConfig resource,
      LambdaFunctionConfigStatus status) {
    try {
      return requests.clearedAfter(refusal, resource, status);
    } catch (KubernetesClientException e) {
      throw failure(resource, e);
    }
  }

  private LambdaFunctionConfigStatus reduced(
      LambdaFunctionConfig resource, LambdaFunctionConfigStatus status) {
    List<String> vital = schema.status().missingVital();
    if (!vital.isEmpty()) {
      throw StatusRefusedException.because(
          resource,
          "the CustomResourceDefinition lacks status."
              + String.join(", status.", vital)
              + ", without which updates could be repeated: apply the one of this operator's"
              + " release");
    }
    List<String> lost = schema.status().losses(status);
    if (!lost.isEmpty()) {
      throw StatusRefusedException.because(
          resource,
          "the CustomResourceDefinition lacks fields of "
              + String.join(", and of ", lost)
              + ": apply the one of this operator's release");
    }
    return schema.status().reduced(status);
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
    foreign.changed(uid(resource), new ForeignStatuses.Truth(basis, stored.resourceVersion()));
    return true;
  }

  private void store(
      LambdaFunctionConfig resource, String version, LambdaFunctionConfigStatus status) {
    String uid = uid(resource);
    CompressedStatus compressed = CompressedStatus.of(status);
    ForeignStatuses.Truth truth = foreign.truth(uid);
    own.sending(uid, compressed);
    try {
      LambdaFunctionConfig after = requests.write(resource, version, status, compressed);
      String written = after.getMetadata().getResourceVersion();
      own.wrote(uid, delivered(after, compressed), written);
      foreign.settled(uid, truth, new Known(status, written));
      overlaps.wrote(uid, name(resource));
    } finally {
      own.sent(uid);
    }
  }

  /** The instance of a written status that the watch delivers, or has delivered. */
  private static CompressedStatus delivered(LambdaFunctionConfig after, CompressedStatus written) {
    CompressedStatus stored = after.compressedStatus();
    return stored != null && stored.equals(written) ? stored : written;
  }

  @Override
  public @Nullable Duration changedByOthers(LambdaFunctionConfig now, LambdaFunctionConfig before) {
    String uid = uid(now);
    if (own.wentBack(now, before)) {
      foreign.forget(uid);
      return Duration.ZERO;
    }
    if (own.isOwn(now, before)) {
      return null;
    }
    foreign.changed(
        uid,
        new ForeignStatuses.Truth(own.newerThan(before), now.getMetadata().getResourceVersion()));
    return Collections.max(List.of(foreign.delay(uid), overlaps.delay(uid)));
  }

  @Override
  public void putRight(LambdaFunctionConfig resource) {
    schema.requireWhole();
    String uid = uid(resource);
    ForeignStatuses.Truth truth = foreign.truth(uid);
    if (truth == null || foreign.delay(uid).isPositive()) {
      return;
    }
    StoredResource stored = read(resource);
    if (stored == null) {
      foreign.forget(uid);
      return;
    }
    if (Objects.equals(stored.status(), truth.status()) || !stored.isForged(truth.status())) {
      // The status is in order again, or written by another operator, whose status is valid.
      if (!Objects.equals(stored.status(), truth.status())) {
        overlaps.accepted(uid);
      }
      foreign.settled(uid, truth, new Known(stored.status(), stored.resourceVersion()));
      return;
    }
    foreign.correcting(uid, name(resource), stored.otherManagers());
    LambdaFunctionConfigStatus status = truth.status();
    if (status != null) {
      // The result does not matter: a conflict means that another reconcile follows.
      var unused = write(resource, status, stored.resourceVersion(), status);
    }
  }

  @Override
  public Set<String> missingFields() {
    return schema.status().missing();
  }

  @Override
  public Set<String> hiddenMembers() {
    return schema.hidden();
  }

  @Override
  public boolean takeOverlapWarning(LambdaFunctionConfig resource) {
    return overlaps.takeWarning(uid(resource));
  }

  @Override
  public void forget(LambdaFunctionConfig resource) {
    own.forget(uid(resource));
    foreign.forget(uid(resource));
    overlaps.forget(uid(resource));
  }

  private @Nullable StoredResource read(LambdaFunctionConfig resource) {
    try {
      return StoredResource.read(reads, client.getKubernetesSerialization(), resource);
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

  private static String name(LambdaFunctionConfig resource) {
    return resource.getMetadata().getNamespace() + "/" + resource.getMetadata().getName();
  }

  private static String uid(LambdaFunctionConfig resource) {
    return resource.getMetadata().getUid();
  }

  @Override
  public void sizes(StateSizes sizes) {
    foreign.sizes(sizes);
    own.sizes(sizes);
    overlaps.sizes(sizes);
  }
}
