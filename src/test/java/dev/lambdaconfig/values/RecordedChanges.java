package dev.lambdaconfig.values;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Records what listeners of sources are told. */
final class RecordedChanges implements SourceChangeListener {

  /** The names of the resources that were triggered, sorted within each trigger. */
  final List<List<String>> triggers = new CopyOnWriteArrayList<>();

  /** What is not watched. */
  final List<String> messages = new CopyOnWriteArrayList<>();

  @Override
  public void changed(Collection<ResourceID> dependents) {
    List<String> names = new ArrayList<>();
    dependents.forEach(resource -> names.add(resource.getName()));
    names.sort(null);
    triggers.add(names);
  }

  @Override
  public void notWatched(String key, ResourceID dependent, String message) {
    messages.add(key + " " + dependent.getName() + ": " + message);
  }
}
