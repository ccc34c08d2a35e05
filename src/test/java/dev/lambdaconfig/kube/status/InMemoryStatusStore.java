package dev.lambdaconfig.kube.status;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Statuses in memory. A write succeeds, or is answered as a test says. */
public final class InMemoryStatusStore implements StatusStore {

  /** The answer to a write; nothing is written unless it is {@link Written#DONE}. */
  public Written answer = Written.DONE;

  /** The exception that a write ends with, or null. */
  public @Nullable RuntimeException failure;

  /** The statuses that were written, in order. */
  public final List<LambdaFunctionConfigStatus> written = new ArrayList<>();

  /** The UIDs of the resources that were forgotten, in order. */
  public final List<String> forgotten = new ArrayList<>();

  private final Map<String, LambdaFunctionConfigStatus> statuses = new HashMap<>();

  /** Refuses each status, as an admission policy does. */
  public void refuse() {
    failure = StatusRefusedException.because(new LambdaFunctionConfig(), "a policy says so");
  }

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
      written.add(status);
      set(resource, status);
    }
    return answer;
  }

  @Override
  public void forget(LambdaFunctionConfig resource) {
    forgotten.add(resource.getMetadata().getUid());
    statuses.remove(resource.getMetadata().getUid());
  }
}
