package dev.lambdaconfig.kube.status;

import dev.lambdaconfig.api.CompressedStatus;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.kube.status.StatusStore.Known;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The operator's own writes of statuses, by UID: the cache can lag behind them, and the watch
 * delivers each of them later. Thread-safe.
 */
final class OwnWrites {

  /**
   * The operator's last write by UID: an older status is the operator's own, or was overwritten. It
   * is kept for as long as the resource exists: the watch delivers a write after the cache has it,
   * and while the reconcile that wrote it, which has an older copy of the resource, goes on.
   */
  private final Map<String, Write> written = new ConcurrentHashMap<>();

  /** The statuses that are being written: the watch can deliver them before the answer arrives. */
  private final Map<String, CompressedStatus> sending = new ConcurrentHashMap<>();

  private record Write(CompressedStatus status, String resourceVersion) {

    Known known() {
      return new Known(status.status(), resourceVersion);
    }
  }

  /** The newest status, whoever wrote it. */
  Known newest(LambdaFunctionConfig resource) {
    String version = resource.getMetadata().getResourceVersion();
    Write own = written.get(uid(resource));
    if (own != null && isBehind(version, own.resourceVersion())) {
      return own.known();
    }
    return new Known(resource.getStatus(), version);
  }

  /** Records that a status is about to be written. */
  void sending(String uid, CompressedStatus status) {
    sending.put(uid, status);
  }

  /** Records a write. */
  void wrote(String uid, CompressedStatus status, String resourceVersion) {
    written.put(uid, new Write(status, resourceVersion));
  }

  /** Records the end of a write, done or not. */
  void sent(String uid) {
    sending.remove(uid);
  }

  /**
   * Whether a change that the watch delivers is the operator's own write, or leaves the status as
   * it was.
   */
  boolean isOwn(LambdaFunctionConfig now, LambdaFunctionConfig before) {
    String uid = uid(now);
    CompressedStatus status = now.compressedStatus();
    Write own = written.get(uid);
    share(now, own);
    return !uid.equals(uid(before))
        || Objects.equals(status, before.compressedStatus())
        || Objects.equals(status, sending.get(uid))
        || (own != null
            && (own.status().equals(status)
                || !isBehind(own.resourceVersion(), now.getMetadata().getResourceVersion())));
  }

  /**
   * The newer one of a cached status and the operator's last write that the cache may lack. Of the
   * same version the operator's counts: what is stored can have what others wrote beside it.
   */
  @Nullable LambdaFunctionConfigStatus newerThan(LambdaFunctionConfig cached) {
    String version = cached.getMetadata().getResourceVersion();
    Write own = written.get(uid(cached));
    return own != null
            && (own.resourceVersion().equals(version) || isBehind(version, own.resourceVersion()))
        ? own.status().status()
        : cached.getStatus();
  }

  /** Shares the status and the version of a write that the cache has: one copy is enough. */
  private void share(LambdaFunctionConfig cached, @Nullable Write own) {
    CompressedStatus status = cached.compressedStatus();
    if (own != null && status != null && own.status().equals(status)) {
      String version = cached.getMetadata().getResourceVersion();
      written.replace(
          uid(cached),
          own,
          new Write(
              status, own.resourceVersion().equals(version) ? version : own.resourceVersion()));
    }
  }

  /**
   * Forgets a write that is newer than what the API server has: it was restored from a backup, and
   * its versions count on from there.
   *
   * @param stored the resourceVersion that the API server has now
   */
  void stored(String uid, String stored) {
    written.computeIfPresent(
        uid, (key, own) -> isBehind(stored, own.resourceVersion()) ? null : own);
  }

  /**
   * Forgets a write of a future that the API server does not have: the cached version of a resource
   * went back. The watch delivers the versions of a resource in their order, however late they are
   * after an answer, so only another list brings an older one than the last list: of an etcd that
   * was restored while its revisions went on, or of an API server that lags behind another one.
   * There a write on the older basis is refused.
   */
  boolean wentBack(LambdaFunctionConfig now, LambdaFunctionConfig before) {
    boolean back =
        uid(now).equals(uid(before))
            && isBehind(
                now.getMetadata().getResourceVersion(), before.getMetadata().getResourceVersion());
    if (back) {
      forget(uid(now));
    }
    return back;
  }

  void forget(String uid) {
    written.remove(uid);
  }

  private static String uid(LambdaFunctionConfig resource) {
    return resource.getMetadata().getUid();
  }

  /**
   * Whether a version is older than another one: of the cache, that it lacks the operator's last
   * write. Versions are opaque by contract and numbers in fact; where one is not, the cache counts
   * as current, and the API server refuses a wrong guess.
   */
  static boolean isBehind(String version, String other) {
    try {
      return Long.parseLong(version) < Long.parseLong(other);
    } catch (NumberFormatException e) {
      return false;
    }
  }

  void sizes(StateSizes sizes) {
    sizes.add("OwnWrites.written", written.size());
    sizes.add("OwnWrites.sending", sending.size());
  }
}
