package dev.lambdaconfig.values.watch;

import dev.lambdaconfig.model.source.NamespacedSource;
import dev.lambdaconfig.model.source.SourceVersion;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Records what a watch of metadata sees. */
final class RecordedSightings implements WatchListener {

  /** The last version of each source. */
  final Map<NamespacedSource, SourceVersion> versions = new ConcurrentHashMap<>();

  /** What happened, in order: {@code listing}, {@code seen NAME VERSION}, and so on. */
  final List<String> calls = new CopyOnWriteArrayList<>();

  /** Run when the operator turns out to lack the right. */
  volatile Runnable onRefused = () -> {};

  private final AtomicLong moments = new AtomicLong();

  @Override
  public long listing() {
    calls.add("listing");
    return moments.incrementAndGet();
  }

  @Override
  public void seen(NamespacedSource source, SourceVersion version) {
    versions.put(source, version);
    calls.add("seen " + source.key().name() + " " + version.resourceVersion());
  }

  @Override
  public void listed(WatchedCollection collection, long since) {
    calls.add("listed");
  }

  @Override
  public void refused(WatchedCollection collection, int code) {
    calls.add("refused " + code);
    onRefused.run();
  }
}
