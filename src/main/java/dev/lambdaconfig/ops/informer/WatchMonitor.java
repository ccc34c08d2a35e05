package dev.lambdaconfig.ops.informer;

import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.timing.RepeatedTask;
import io.javaoperatorsdk.operator.api.reconciler.Constants;
import io.javaoperatorsdk.operator.health.InformerHealthIndicator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports informers that have lost their watch: what they cached stays valid, but they see no new,
 * changed or deleted resource. The client reconnects for ever, and without a word.
 */
public final class WatchMonitor implements StateSizes.Source, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WatchMonitor.class);

  private static final String ALL = "(all)";

  /** Names in one line of the log: an outage of the API server concerns each namespace. */
  private static final int MOST_NAMES = 20;

  private final Supplier<List<InformerHealthIndicator>> informers;
  private final WatchPatience patience;
  private final LongSupplier nanos;
  private final Map<String, WatchHistory> histories = new HashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("watches").daemon().factory());
  private final RepeatedTask looks;

  /**
   * Creates a monitor, which does nothing until it is started.
   *
   * @param informers returns the informers of the moment
   * @param nanos a steady clock
   */
  public WatchMonitor(
      Supplier<List<InformerHealthIndicator>> informers,
      WatchPatience patience,
      LongSupplier nanos) {
    this.informers = informers;
    this.patience = patience;
    this.nanos = nanos;
    this.looks = new RepeatedTask(timer, "the check of watches", patience::poll, this::look);
  }

  /** Looks at the informers once, and goes on to do so. */
  public void start() {
    looks.runNow();
  }

  /** Looks at each informer, and logs which have lost their watch or have it again. */
  synchronized void look() {
    long now = nanos.getAsLong();
    SortedSet<String> lost = new TreeSet<>();
    SortedSet<String> back = new TreeSet<>();
    SortedSet<String> present = new TreeSet<>();
    for (InformerHealthIndicator informer : informers.get()) {
      String namespace = name(informer);
      present.add(namespace);
      WatchHistory history =
          histories.computeIfAbsent(namespace, added -> new WatchHistory(patience, now));
      boolean before = history.wasLost();
      boolean after = history.record(informer.isWatching(), now);
      if (after != before) {
        (after ? lost : back).add(namespace);
      }
    }
    histories.keySet().retainAll(present);
    if (!lost.isEmpty()) {
      LOG.atWarn()
          .addKeyValue("namespaces", names(lost))
          .addKeyValue("seconds", patience.lost().toSeconds())
          .log(
              "LambdaFunctionConfigs are not watched any more, so new, changed and deleted ones are"
                  + " not seen: check the right to watch them, and proxies in front of the API"
                  + " server; the watch is tried again");
    }
    if (!back.isEmpty()) {
      LOG.atInfo()
          .addKeyValue("namespaces", names(back))
          .log("LambdaFunctionConfigs are watched again");
    }
  }

  private static String name(InformerHealthIndicator informer) {
    String namespace = informer.getTargetNamespace();
    return Constants.WATCH_ALL_NAMESPACES.equals(namespace) ? ALL : namespace;
  }

  private static String names(SortedSet<String> namespaces) {
    String first = namespaces.stream().limit(MOST_NAMES).collect(Collectors.joining(","));
    int more = namespaces.size() - MOST_NAMES;
    return more > 0 ? first + " and " + more + " more" : first;
  }

  /** The number of informers that have lost their watch. */
  public synchronized long missing() {
    return histories.values().stream().filter(WatchHistory::wasLost).count();
  }

  @Override
  public synchronized void sizes(StateSizes sizes) {
    sizes.add("WatchMonitor.histories", histories.size());
  }

  /** Looks no more. */
  @Override
  public void close() {
    timer.shutdownNow();
  }
}
