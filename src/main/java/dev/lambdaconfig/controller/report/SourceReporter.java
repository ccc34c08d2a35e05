package dev.lambdaconfig.controller.report;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.kube.EventRecorder;
import dev.lambdaconfig.status.Notices;
import dev.lambdaconfig.values.SourceChangeListener;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Reports Secrets and ConfigMaps that are not watched, and passes on the changes of the others. */
public final class SourceReporter implements SourceChangeListener {

  private final Consumer<Collection<ResourceID>> changes;
  private final Function<ResourceID, Optional<LambdaFunctionConfig>> resources;
  private final EventRecorder events;

  /**
   * Creates a reporter.
   *
   * @param changes called with the resources that depend on a changed source
   * @param resources finds the resource of a name
   */
  public SourceReporter(
      Consumer<Collection<ResourceID>> changes,
      Function<ResourceID, Optional<LambdaFunctionConfig>> resources,
      EventRecorder events) {
    this.changes = changes;
    this.resources = resources;
    this.events = events;
  }

  @Override
  public void changed(Collection<ResourceID> dependents) {
    changes.accept(dependents);
  }

  @Override
  public void notWatched(String key, ResourceID dependent, String message) {
    resources
        .apply(dependent)
        .ifPresent(about -> events.recordOnce(about, key, Notices.valuesNotWatched(message)));
  }
}
