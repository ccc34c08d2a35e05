package dev.lambdaconfig.kube.status;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A status store in memory, which answers or fails as a test says. */
public final class InMemoryStatuses implements StatusStore {

  private final Map<String, LambdaFunctionConfigStatus> statuses = new HashMap<>();
  private @Nullable RuntimeException failure;

  /** What comes of each write. */
  public Written answer = Written.DONE;

  /** The statuses that were written, in order. */
  public final List<LambdaFunctionConfigStatus> written = new ArrayList<>();

  /** The UIDs of the resources that were forgotten, in order. */
  public final List<String> forgotten = new ArrayList<>();

  /** Refuses each status, as an admission policy does. */
  public void refuse() {
    failure = StatusRefusedException.because(new LambdaFunctionConfig(), "a policy says so");
  }

  @Override
  public Known known(LambdaFunctionConfig resource) {
    return new Known(statuses.get(resource.getMetadata().getUid()), "1");
  }

  @Override
  public Written write(LambdaFunctionConfig resource, LambdaFunctionConfigStatus status) {
    if (failure != null) {
      throw failure;
    }
    if (answer == Written.DONE) {
      written.add(status);
      statuses.put(resource.getMetadata().getUid(), status);
    }
    return answer;
  }

  @Override
  public void forget(LambdaFunctionConfig resource) {
    forgotten.add(resource.getMetadata().getUid());
    statuses.remove(resource.getMetadata().getUid());
  }
}
