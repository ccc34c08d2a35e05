package dev.lambdaconfig.kube.status;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.kube.ApiServerBusyException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where statuses are read from and written to. Safe for use by many threads. */
public interface StatusStore {

  /**
   * A status as it was last read or written.
   *
   * @param status the status, or null if there is none yet
   * @param resourceVersion the version of the resource that has it
   */
  record Known(@Nullable LambdaFunctionConfigStatus status, String resourceVersion) {}

  /** What came of a write. */
  enum Written {
    /** The status is written, or was so already. */
    DONE,
    /** The resource changed meanwhile, so nothing was written: look at it again. */
    STALE,
    /** Others change the resource so often that nothing could be written; all else is as it was. */
    BUSY,
    /** The resource is gone. */
    GONE
  }

  /**
   * The newest known status of a resource: our own last one where the cache is behind, or where
   * somebody else has changed it.
   */
  Known known(LambdaFunctionConfig resource);

  /**
   * Writes a status if it is not what is there.
   *
   * @param resource the resource as the cache has it
   * @param status what to write
   * @throws StatusRefusedException if the API server refuses it for another reason than a conflict
   * @throws ApiServerBusyException if the API server gives no answer, or has too much to do
   */
  Written write(LambdaFunctionConfig resource, LambdaFunctionConfigStatus status);

  /**
   * Notes a change of a resource, and tells whether its status was changed by somebody else.
   *
   * @return when to {@linkplain #putRight put it right}, or null where there is nothing to do
   */
  default @Nullable Duration changedByOthers(
      LambdaFunctionConfig now, LambdaFunctionConfig before) {
    return null;
  }

  /**
   * Puts a status right that somebody else has changed. Does nothing to one that is in order, nor
   * to one that has to wait because it is changed again and again.
   *
   * @throws StatusRefusedException as {@link #write}
   * @throws ApiServerBusyException as {@link #write}
   */
  default void putRight(LambdaFunctionConfig resource) {}

  /** Returns the fields that are not written, because the API server's schema lacks them. */
  default Set<String> missingFields() {
    return Set.of();
  }

  /** Forgets a resource that is gone. */
  void forget(LambdaFunctionConfig resource);
}
