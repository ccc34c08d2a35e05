package dev.lambdaconfig.kube.status;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Statuses in memory. A write succeeds, or is answered as a test says. */
public final class InMemoryStatusStore implements StatusStore {

  /** The answer to a write; nothing is written unless it is {@link Written#DONE}. */
  public Written answer = Written.DONE;

  /** The exception that a write ends with, or null. */
  public @Nullable RuntimeException failure;

  /** The number of statuses that were written. */
  public int writes;

  private final Map<String, LambdaFunctionConfigStatus> statuses = new HashMap<>();

  /** The status of a resource, or null if there is none. */
  public @Nullable LambdaFunctionConfigStatus of(LambdaFunctionConfig resource) {
    return statuses.get(resource.getMetadata().getUid());
  }

  /** Sets the status of a resource, as an earlier process left it. */
  public void set(LambdaFunctionConfig resource, LambdaFunctionConfigStatus status) {
    statuses.put(resource.getMetadata().getUid(), status);
  }

  @Override
  public Known known(LambdaFunctionConfig resource) {
    return new Known(of(resource), "1");
  }

  @Override
  public Written write(LambdaFunctionConfig resource, LambdaFunctionConfigStatus status) {
    if (failure != null) {
      throw failure;
    }
    if (answer == Written.DONE) {
      writes++;
      set(resource, status);
    }
    return answer;
  }

  @Override
  public void forget(LambdaFunctionConfig resource) {
    statuses.remove(resource.getMetadata().getUid());
  }
}
