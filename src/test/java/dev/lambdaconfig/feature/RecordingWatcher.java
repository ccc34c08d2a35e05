package dev.lambdaconfig.feature;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.Queue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A watcher that records one property of each version of a resource. */
final class RecordingWatcher implements Watcher<LambdaFunctionConfig> {

  private final Queue<String> recorded;
  private final Function<LambdaFunctionConfig, String> property;

  RecordingWatcher(Queue<String> recorded, Function<LambdaFunctionConfig, String> property) {
    this.recorded = recorded;
    this.property = property;
  }

  @Override
  public void eventReceived(Action action, LambdaFunctionConfig resource) {
    recorded.add(property.apply(resource));
  }

  @Override
  public void onClose(@Nullable WatcherException cause) {}
}
