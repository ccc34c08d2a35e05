package dev.lambdaconfig.api;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Spec and status of the resources that were read last, compressed, by UID and resourceVersion: the
 * API server changes neither without another resourceVersion. Thread-safe.
 */
final class RecentVersions {

  private static final int BITS = 8;

  private record Version(String uid, String resourceVersion) {}

  /** Spec and status of a version, and the version itself: one instance for all who keep it. */
  record Content(
      String resourceVersion,
      @Nullable CompressedSpec spec,
      @Nullable CompressedStatus status,
      @Nullable List<StatusCondition> summary) {}

  private final RecentValues<Version, Content> recent = new RecentValues<>(BITS);

  /**
   * Gives a resource the spec and status of its version.
   *
   * @return whether they are known
   */
  boolean complete(LambdaFunctionConfig resource) {
    Version version = version(resource);
    Content content = version == null ? null : recent.get(version);
    if (content == null) {
      return false;
    }
    resource.content(content);
    resource.getMetadata().setResourceVersion(content.resourceVersion());
    return true;
  }

  /** Remembers a resource that was read, unless its spec could not be read. */
  void add(LambdaFunctionConfig resource) {
    Version version = version(resource);
    Content content = resource.content();
    if (version != null && content != null) {
      recent.put(version, content);
    }
  }

  private static @Nullable Version version(LambdaFunctionConfig resource) {
    ObjectMeta metadata = resource.getMetadata();
    String uid = metadata.getUid();
    String version = metadata.getResourceVersion();
    return uid == null || version == null ? null : new Version(uid, version);
  }
}
