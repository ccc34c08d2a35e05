package dev.lambdaconfig.ops.informer;

import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.timing.Backoff;
import dev.lambdaconfig.timing.RepeatedTask;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The namespaces that the operator was told to watch and may not, because a right is missing there:
 * they are left out, so that the others are served, and watched once the right has come.
 */
public final class LeftOutNamespaces implements StateSizes.Source, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LeftOutNamespaces.class);

  private static final Backoff RETRIES = new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(1));

  private final Set<String> names;
  private final UnaryOperator<Set<String>> granted;
  private final Consumer<String> watch;
  private final DoubleSupplier random;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("namespaces").daemon().factory());
  private final RepeatedTask attempts;

  /** The attempts in a row that brought no namespace. */
  private int failures;

  /**
   * Creates the set, which does nothing until it is started.
   *
   * @param granted returns those of the given namespaces that may be watched now
   * @param watch watches one more namespace, and returns when its resources are known
   * @param random numbers from 0 to 1, which spread the attempts
   */
  public LeftOutNamespaces(
      Collection<String> names,
      UnaryOperator<Set<String>> granted,
      Consumer<String> watch,
      DoubleSupplier random) {
    this.names = new ConcurrentSkipListSet<>(names);
    this.granted = granted;
    this.watch = watch;
    this.random = random;
    this.attempts =
        new RepeatedTask(
            timer, "the watch of namespaces that were left out", this::delay, this::attempt);
  }

  /** Starts the attempts, which go on as long as there is a namespace. */
  public void start() {
    attempts.schedule();
  }

  private @Nullable Duration delay() {
    return names.isEmpty() ? null : RETRIES.delay(failures, random.getAsDouble());
  }

  /** Asks for the rights, and watches the namespaces that have them by now. */
  void attempt() {
    int before = names.size();
    failures++;
    Set<String> allowed;
    try {
      allowed = granted.apply(new TreeSet<>(names));
    } catch (RuntimeException e) {
      failed("the rights in namespaces that are left out cannot be asked for", e);
      return;
    }
    allowed.forEach(this::attempt);
    if (names.size() < before) {
      failures = 0;
    }
  }

  /** Watches one namespace: what keeps it from being watched is nothing to the others. */
  private void attempt(String namespace) {
    try {
      watch.accept(namespace);
    } catch (RuntimeException e) {
      failed("namespace " + namespace + " cannot be watched, although RBAC allows it by now", e);
      return;
    }
    names.remove(namespace);
    LOG.atInfo()
        .addKeyValue("namespace", namespace)
        .log("the rights in a namespace have come: its LambdaFunctionConfigs are watched now");
  }

  private void failed(String what, RuntimeException failure) {
    if (timer.isShutdown()) {
      LOG.atDebug().setCause(failure).log("not attempted any more: the operator stops");
    } else {
      LOG.atWarn().setCause(failure).log("{}; it is tried again within a minute", what);
    }
  }

  /** The number of namespaces that are not watched. */
  public long missing() {
    return names.size();
  }

  @Override
  public void sizes(StateSizes sizes) {
    sizes.add("LeftOutNamespaces.names", names.size());
  }

  /** Attempts no more, and interrupts the attempt that runs. */
  @Override
  public void close() {
    timer.shutdownNow();
  }
}
