package dev.lambdaconfig.values.watch;

import dev.lambdaconfig.model.source.NamespacedSource;
import dev.lambdaconfig.model.source.SourceVersion;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An API server that never answers, and a listener that is never told anything. */
public final class UnansweredMetadata implements MetadataApi, WatchListener {

  private final CountDownLatch never = new CountDownLatch(1);

  @Override
  public Page list(
      WatchedCollection collection, @Nullable String from, Consumer<MetadataItem> items)
      throws InterruptedException {
    never.await();
    throw new IllegalStateException();
  }

  @Override
  public void watch(
      WatchedCollection collection,
      String resourceVersion,
      Runnable opened,
      Consumer<MetadataItem> events)
      throws InterruptedException {
    never.await();
  }

  @Override
  public long listing() {
    return 0;
  }

  @Override
  public void seen(NamespacedSource source, SourceVersion version) {
    throw new IllegalStateException();
  }

  @Override
  public void listed(WatchedCollection collection, long since) {
    throw new IllegalStateException();
  }

  @Override
  public void refused(WatchedCollection collection, int code) {
    throw new IllegalStateException();
  }
}
