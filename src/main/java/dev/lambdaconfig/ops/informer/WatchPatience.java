package dev.lambdaconfig.ops.informer;

import java.time.Duration;

/**
 * The times by which a watch counts as lost, or as back.
 *
 * @param poll the time between two looks
 * @param steady the time for which an informer has to watch on end to count as watching: one that
 *     connects for a moment now and then does not
 * @param lost the time without such a stretch after which the watch counts as lost
 */
public record WatchPatience(Duration poll, Duration steady, Duration lost) {

  /**
   * The patience with a client that waits this long, 1 s by default, before it opens the next
   * watch. At 1 s a watch is lost after two minutes. A shorter time would count what is in order:
   * where a proxy has no WebSockets, the client (Fabric8 7.7) sees a watch only once it has brought
   * something, which in a quiet namespace is the bookmark of each minute.
   */
  public static WatchPatience of(Duration reconnectInterval) {
    return new WatchPatience(
        reconnectInterval.multipliedBy(5),
        reconnectInterval.multipliedBy(15),
        reconnectInterval.multipliedBy(120));
  }
}
