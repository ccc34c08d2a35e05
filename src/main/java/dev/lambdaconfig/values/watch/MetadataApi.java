package dev.lambdaconfig.values.watch;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The requests for metadata. Each blocks its thread, which is to be a virtual one. */
public interface MetadataApi {

  /**
   * The end of a page of a list.
   *
   * @param resourceVersion the version of the whole list
   * @param next the token of the next page, or null if there is none
   */
  record Page(String resourceVersion, @Nullable String next) {}

  /**
   * Reads a page.
   *
   * @param from the token of the page, or null for the first one
   * @param items called for each object
   */
  Page list(WatchedCollection collection, @Nullable String from, Consumer<MetadataItem> items)
      throws MetadataException, InterruptedException;

  /**
   * Watches, and returns when the server has ended the watch.
   *
   * @param resourceVersion the version after which changes are passed on
   * @param opened called when the server has accepted the watch
   * @param events called for each event, from a thread that it must not block
   */
  void watch(
      WatchedCollection collection,
      String resourceVersion,
      Runnable opened,
      Consumer<MetadataItem> events)
      throws MetadataException, InterruptedException;
}
