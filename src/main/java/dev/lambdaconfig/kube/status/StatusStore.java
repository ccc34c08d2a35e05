package dev.lambdaconfig.kube.status;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.kube.ApiServerBusyException;
import dev.lambdaconfig.kube.schema.SpecHiddenException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The store of statuses. Safe for use by many threads. */
public interface StatusStore extends StateSizes.Source {

  /**
   * A status as it was last read or written.
   *
   * @param status the status, or null if there is none yet
   * @param resourceVersion the version of the resource that has it
   */
  record Known(@Nullable LambdaFunctionConfigStatus status, String resourceVersion) {}

  /** The result of a write. */
  enum Written {
    /** The status is written, or was the same already. */
    DONE,
    /** The resource changed meanwhile, so nothing was written: the caller has to read it again. */
    STALE,
    /** Others change the resource so often that nothing could be written; the rest is unchanged. */
    BUSY,
    /** The resource is gone. */
    GONE
  }

  /**
   * The newest known status of a resource: the operator's own last one where the cache is behind,
   * or where another writer has changed it.
   */
  Known known(LambdaFunctionConfig resource);

  /**
   * Writes a status if it differs from the stored one.
   *
   * @param resource the resource as the cache has it
   * @param status the status to write
   * @throws StatusRefusedException if the API server refuses it for another reason than a conflict
   * @throws ApiServerBusyException if the API server gives no answer, or is overloaded
   * @throws SpecHiddenException if the write would remove members of the spec
   */
  Written write(LambdaFunctionConfig resource, LambdaFunctionConfigStatus status);

  /**
   * Records a change of a resource, and determines whether another writer changed its status.
   *
   * @return the delay before {@linkplain #putRight the correction}, or null where none is needed;
   *     zero where the resource went back to an older version, whose status has to be judged anew
   */
  default @Nullable Duration changedByOthers(
      LambdaFunctionConfig now, LambdaFunctionConfig before) {
    return null;
  }

  /**
   * Corrects a status that another writer has changed. Does nothing to one that is in order, nor to
   * one that has to wait because it is changed again and again.
   *
   * @throws StatusRefusedException as {@link #write}
   * @throws ApiServerBusyException as {@link #write}
   * @throws SpecHiddenException as {@link #write}, whether there is anything to correct or not
   */
  default void putRight(LambdaFunctionConfig resource) {}

  /** The fields that are not written, because the API server's schema lacks them. */
  default Set<String> missingFields() {
    return Set.of();
  }

  /**
   * The members of specs that the API server's schema lacks, and therefore hides: each write of a
   * resource would remove them from it.
   */
  default Set<String> hiddenMembers() {
    return Set.of();
  }

  /**
   * Whether to warn, at this resource, that another operator writes other statuses of the same
   * resources; true once for each warning.
   */
  default boolean takeOverlapWarning(LambdaFunctionConfig resource) {
    return false;
  }

  /** Forgets a resource that is gone. */
  void forget(LambdaFunctionConfig resource);

  /** Adds the sizes of its collections, if it has any. */
  @Override
  default void sizes(StateSizes sizes) {}
}
