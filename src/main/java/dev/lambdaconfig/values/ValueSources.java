package dev.lambdaconfig.values;

import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.model.source.SourceKey;
import dev.lambdaconfig.model.source.SourceVersion;
import dev.lambdaconfig.model.source.ValueSource;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Map;
import java.util.Set;

/** The port to the Secrets and ConfigMaps that environment values come from. */
public interface ValueSources extends StateSizes.Source, AutoCloseable {

  /**
   * Reads sources. The answer of one call has each of the keys, and is at least as new as whatever
   * triggered the reconcile.
   *
   * @throws dev.lambdaconfig.kube.ApiServerBusyException if the API server could not answer just
   *     now
   */
  Map<SourceKey, ValueSource> read(String namespace, Set<SourceKey> keys);

  /**
   * The versions of sources as far as they are known without a read of values, such as from a watch
   * of metadata; a key whose version is not known is left out.
   */
  Map<SourceKey, SourceVersion> versions(String namespace, Set<SourceKey> keys);

  /**
   * Records the sources that a resource depends on, in place of those before: a change of one of
   * them triggers a reconcile. None forgets the resource.
   */
  void depends(ResourceID resource, Set<SourceKey> keys);

  /**
   * The number of watches that are lacking, so that changes of the sources which they would cover
   * are noticed late.
   */
  long unwatched();

  /** Notices no further change. */
  @Override
  void close();
}
