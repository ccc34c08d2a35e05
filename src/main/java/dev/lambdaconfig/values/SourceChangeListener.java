package dev.lambdaconfig.values;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Collection;

/** Notified of what happens to the sources that resources depend on; never to be blocked. */
public interface SourceChangeListener {

  /** A source has changed, was created or is gone, so that these resources are to be reconciled. */
  void changed(Collection<ResourceID> dependents);

  /**
   * Sources are not watched, so that their changes are noticed late; told once.
   *
   * @param key the identity of what is told, as a part of a name
   * @param dependent one of the resources that depend on such a source
   * @param message what is not watched, and how to change that
   */
  void notWatched(String key, ResourceID dependent, String message);
}
