package dev.lambdaconfig.ops.informer;

import io.javaoperatorsdk.operator.health.InformerHealthIndicator;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The namespaces that the source of the resources watches, which can become more while it runs.
 *
 * <p>The framework (5.2.3) would stop its event processor meanwhile, which then misses the end of
 * each running reconcile, and never reconciles that resource again. So only the source is changed.
 */
public final class WatchedNamespaces {

  private final Consumer<Set<String>> change;
  private final Supplier<Collection<InformerHealthIndicator>> informers;

  /** The namespaces in force. */
  private Set<String> names;

  /** The namespace that is being added: its informer may end, and is tried again. */
  private volatile @Nullable String arriving;

  private boolean stopped;

  /**
   * Creates the namespaces of a source that has not started.
   *
   * @param names the namespaces to watch first; empty for all
   * @param change changes the namespaces of the source, and returns when their resources are known
   * @param informers returns the informers of the source at this moment
   */
  public WatchedNamespaces(
      Set<String> names,
      Consumer<Set<String>> change,
      Supplier<Collection<InformerHealthIndicator>> informers) {
    this.change = change;
    this.informers = informers;
    this.names = Set.copyOf(names);
  }

  /**
   * Watches one more namespace, and returns when its resources are known.
   *
   * @throws RuntimeException if it cannot be watched, or the operator stops; all is then as before
   */
  public synchronized void add(String namespace) {
    if (stopped) {
      // A source that is stopped would start anew, with all namespaces.
      throw new IllegalStateException("the operator stops");
    }
    Set<String> more = new TreeSet<>(names);
    more.add(namespace);
    arriving = namespace;
    try {
      change.accept(more);
      // From here on the end of its informer is noticed; until here it was nobody's.
      arriving = null;
      if (hasLost(namespace::equals)) {
        throw new IllegalStateException("the watch ended as soon as it had begun");
      }
      names = Set.copyOf(more);
    } catch (RuntimeException | Error e) {
      // The framework keeps an informer that could not start.
      change.accept(names);
      throw e;
    } finally {
      arriving = null;
    }
  }

  /** Whether a namespace is being added, so that nobody relies on its informer yet. */
  public boolean isArriving(String namespace) {
    return namespace.equals(arriving);
  }

  /**
   * Whether an informer has ended that is relied on. The client tells which one ends, but not of
   * which namespace it is, and can do so after the namespace is out again.
   */
  public boolean hasLostOne() {
    return hasLost(namespace -> !isArriving(namespace));
  }

  private boolean hasLost(Predicate<String> which) {
    return informers.get().stream()
        .anyMatch(informer -> which.test(informer.getTargetNamespace()) && !informer.isRunning());
  }

  /** Adds none any more, and runs the stop of the source, once no namespace is being added. */
  public synchronized void stop(Runnable stop) {
    stopped = true;
    stop.run();
  }
}
