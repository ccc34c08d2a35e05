package dev.lambdaconfig.controller;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
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
    CONFLICT,
    /** The resource is gone. */
    GONE
  }

  /** The newest known status of a resource: our own last one where the cache is behind. */
  Known known(LambdaFunctionConfig resource);

  /**
   * Writes a status if it is not what is there.
   *
   * @param resource the resource as the cache has it
   * @param status what to write
   * @throws StatusRefusedException if the API server refuses it for another reason than a conflict
   * @throws io.fabric8.kubernetes.client.KubernetesClientException if the API server gives no
   *     answer
   */
  Written write(LambdaFunctionConfig resource, LambdaFunctionConfigStatus status);

  /** Forgets a resource that is gone. */
  void forget(LambdaFunctionConfig resource);
}
