package dev.lambdaconfig.values.watch;

import dev.lambdaconfig.model.source.NamespacedSource;
import dev.lambdaconfig.model.source.SourceVersion;

/** Notified of what metadata watches see; from any thread, and never to be blocked. */
public interface WatchListener {

  /**
   * A list begins.
   *
   * @return the moment of its beginning, which {@link #listed} repeats
   */
  long listing();

  /** An object was listed, has changed or is gone. */
  void seen(NamespacedSource source, SourceVersion version);

  /** A list is complete: what it covers and did not show since its beginning does not exist. */
  void listed(WatchedCollection collection, long since);

  /**
   * The operator may not list or watch; told once, until it may again.
   *
   * @param code the API server's status code
   */
  void refused(WatchedCollection collection, int code);
}
