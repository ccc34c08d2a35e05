package dev.lambdaconfig.values.watch;

import dev.lambdaconfig.model.source.NamespacedSource;
import dev.lambdaconfig.model.source.SourceKey;
import dev.lambdaconfig.timing.Backoff;
import dev.lambdaconfig.timing.Timing;
import dev.lambdaconfig.timing.WaitingThreads;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the metadata of one collection from its start until it is closed, in a thread of its own.
 *
 * <p>A watch that ends or breaks goes on from the last version that it has seen. Where the API
 * server does not know that version any more, a new list shows what has changed meanwhile, because
 * the listener compares each version with the one that it knows.
 */
public final class MetadataWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(MetadataWatch.class);

  private static final Backoff AFTER_FAILURE =
      new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));

  /** The delays after a refusal, until somebody grants the right. */
  private static final Backoff AFTER_REFUSAL =
      new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(5));

  /** The time without a watch after which changes count as noticed late. */
  private static final Duration LATE = Duration.ofSeconds(90);

  /** A watch that ends sooner counts as a failure, so that no loop of them gets hot. */
  private static final long SHORT = Duration.ofSeconds(1).toNanos();

  private final WatchedCollection collection;
  private final MetadataApi api;
  private final WatchListener listener;
  private final Timing timing;

  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;

  private volatile boolean live;
  private volatile boolean refused;
  private volatile boolean reportedLate;

  /** The time of the steady clock since which the watch has not been live, if it is not. */
  private volatile long lostAt;

  /** The version from which a watch goes on; null where a list has to come first. */
  private volatile @Nullable String from;

  /** Creates a watch that is not started. */
  public MetadataWatch(
      WatchedCollection collection, MetadataApi api, WatchListener listener, Timing timing) {
    this.collection = collection;
    this.api = api;
    this.listener = listener;
    this.timing = timing;
    this.thread = WaitingThreads.builder().name("value-watch").unstarted(this::run);
  }

  /** Starts to list and watch. */
  public void start() {
    lostAt = timing.nanos().getAsLong();
    thread.start();
  }

  /** Whether each change is seen as it happens: the list is complete, and the watch open. */
  public boolean isLive() {
    return live;
  }

  /**
   * Whether changes are noticed late: the operator lacks the right to list or watch, or the watch
   * has not been live for 90 seconds, whatever keeps it from that.
   */
  public boolean isMissing() {
    return refused || isLate();
  }

  private boolean isLate() {
    long since = lostAt;
    return !live && timing.nanos().getAsLong() - since > LATE.toNanos();
  }

  private void run() {
    int failures = 0;
    try {
      while (closed.getCount() > 0) {
        Backoff backoff = watchOnce();
        boolean worked = live;
        lost();
        failures = backoff == null ? 0 : (worked ? 0 : failures) + 1;
        if (backoff != null && pause(backoff.delay(failures - 1, timing.random().getAsDouble()))) {
          return;
        }
      }
    } catch (InterruptedException e) {
      LOG.atDebug().addKeyValue("collection", collection).log("a watch of metadata is closed");
    } finally {
      lost();
    }
  }

  private void lost() {
    if (live) {
      lostAt = timing.nanos().getAsLong();
      live = false;
    }
  }

  /** Watches until the watch ends, and returns the backoff after a failure. */
  private @Nullable Backoff watchOnce() throws InterruptedException {
    try {
      return watchOrBackOff();
    } catch (RuntimeException | Error e) {
      // Nobody would start the thread again.
      from = null;
      LOG.atError()
          .addKeyValue("collection", collection)
          .setCause(e)
          .log("a watch of metadata failed; it is opened again");
      return AFTER_FAILURE;
    }
  }

  private @Nullable Backoff watchOrBackOff() throws InterruptedException {
    long began = timing.nanos().getAsLong();
    try {
      listAndWatch();
      return timing.nanos().getAsLong() - began < SHORT ? AFTER_FAILURE : null;
    } catch (MetadataException e) {
      failed(e);
      return e.isDenied() ? AFTER_REFUSAL : AFTER_FAILURE;
    }
  }

  private void listAndWatch() throws MetadataException, InterruptedException {
    String version = from;
    if (version == null) {
      version = list();
      from = version;
    }
    api.watch(collection, version, this::opened, this::event);
  }

  private String list() throws MetadataException, InterruptedException {
    long since = listener.listing();
    MetadataApi.Page page = api.list(collection, null, this::item);
    for (String from = page.next(); from != null; from = page.next()) {
      page = api.list(collection, from, this::item);
      if (from.equals(page.next())) {
        throw new MetadataException(0, "a page of a list names itself as the next one");
      }
    }
    listener.listed(collection, since);
    return page.resourceVersion();
  }

  private void opened() {
    live = true;
    refused = false;
    reportedLate = false;
  }

  private void event(MetadataItem event) {
    if (!event.isBookmark()) {
      item(event);
    }
    if (event.resourceVersion() != null) {
      from = event.resourceVersion();
    }
  }

  private void item(MetadataItem item) {
    if (item.namespace() != null && item.name() != null) {
      listener.seen(
          new NamespacedSource(item.namespace(), new SourceKey(collection.kind(), item.name())),
          item.version());
    }
  }

  private void failed(MetadataException failure) {
    LOG.atDebug()
        .addKeyValue("collection", collection)
        .addKeyValue("why", failure.getMessage())
        .log("a watch of metadata was interrupted");
    if (isLate() && !failure.isDenied() && !reportedLate) {
      reportedLate = true;
      LOG.atWarn()
          .addKeyValue("collection", collection)
          .addKeyValue("why", failure.getMessage())
          .log("a watch has failed for over 90 s: changes of its objects are noticed late");
    }
    if (!failure.isResumable()) {
      from = null;
    }
    if (failure.isDenied() && !refused) {
      refused = true;
      listener.refused(collection, failure.code());
    }
  }

  /** Waits, and returns whether the watch was closed meanwhile. */
  private boolean pause(Duration delay) throws InterruptedException {
    return closed.await(delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Ends the watch; does not wait for its end. */
  @Override
  public void close() {
    closed.countDown();
    thread.interrupt();
  }
}
