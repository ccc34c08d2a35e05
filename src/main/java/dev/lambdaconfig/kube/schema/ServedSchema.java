package dev.lambdaconfig.kube.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdaconfig.timing.RepeatedTask;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gaps of the served schema against the operator's own, where the CustomResourceDefinition is
 * of another release.
 *
 * <p>Of the spec, a lacking member is hidden: the API server stores it and leaves it out of what it
 * answers, and any write of the resource removes it for good. What is left can mean something else,
 * as {@code environment} without {@code policy: Merge}, so nothing is written while any is lacking.
 * Hidden members are also left out of the lists that refill caches, and come back without another
 * version, which no watch shows: where the schema has all members again, the process has to end.
 *
 * <p>Of the status, the {@linkplain StatusGaps lacking fields} are left out.
 */
public final class ServedSchema implements AutoCloseable {

  /**
   * The time for which a look counts, so that a burst costs four requests a second. A changed
   * definition takes about as long to reach the document.
   */
  private static final Duration FRESH = Duration.ofMillis(250);

  /** The time between two tries where the document cannot be read: each may wait for an answer. */
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

  /** The same where it may not be read, or does not exist. */
  private static final Duration AFTER_REFUSAL = Duration.ofSeconds(10);

  /** The time between two looks of an operator without work, such as one that stands by. */
  private static final Duration AT_REST = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(ServedSchema.class);

  private final SchemaDocument document;
  private final LongSupplier nanos;
  private final StatusGaps status;
  private final ReentrantLock looking = new ReentrantLock();

  /** The thread of the looks at rest; none before there are any. */
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().name("schema").daemon().factory());

  private volatile Set<String> hidden = Set.of();
  private volatile @Nullable Long fresh;
  private boolean unreadable;
  private Set<String> undeclared = Set.of();
  private @Nullable Long begun;
  private @Nullable Runnable restart;
  private boolean restarting;

  /** Creates a schema that lacks nothing yet. */
  public ServedSchema(KubernetesClient client, LongSupplier nanos) {
    this.document = new SchemaDocument(client);
    this.nanos = nanos;
    this.status = new StatusGaps(nanos);
  }

  /** The members of specs that a cluster hides now; none where its schema cannot be read. */
  public static Set<String> hiddenBy(KubernetesClient client) {
    ServedSchema schema = new ServedSchema(client, System::nanoTime);
    schema.refresh();
    return schema.hidden();
  }

  /**
   * Takes a look every ten seconds, too, until this is closed.
   *
   * @param whenWhole ends the process; called once, where nothing is hidden any more after
   *     something was
   */
  public void watch(Runnable whenWhole) {
    looking.lock();
    try {
      restart = whenWhole;
    } finally {
      looking.unlock();
    }
    new RepeatedTask(timer, "the served schema", () -> AT_REST, this::refresh).schedule();
  }

  /**
   * Ends a reconcile before a write, if the served schema hides members of specs: any write of the
   * resource would have the API server drop them.
   *
   * @throws SpecHiddenException in that case
   */
  public void requireWhole() {
    refresh();
    Set<String> lacking = hidden;
    if (!lacking.isEmpty()) {
      throw new SpecHiddenException(lacking);
    }
  }

  /**
   * Compares the members that the operator knows with those that the API server serves, unless that
   * was done a moment ago; changes nothing if the schema cannot be read. Many at a time share it.
   */
  public void refresh() {
    if (isFresh()) {
      return;
    }
    long asked = nanos.getAsLong();
    looking.lock();
    try {
      Long last = begun;
      // An answer can take longer than it counts: whoever waited for one takes it.
      boolean answered = last != null && last - asked >= 0;
      if (!answered && !isFresh()) {
        lookNow();
      }
    } finally {
      looking.unlock();
    }
  }

  private boolean isFresh() {
    Long until = fresh;
    return until != null && until - nanos.getAsLong() > 0;
  }

  private void lookNow() {
    // The time before the request: what changes during it is found by the next look.
    long now = nanos.getAsLong();
    begun = now;
    try {
      JsonNode served = document.changed();
      if (served != null) {
        undeclared = SchemaMembers.undeclared(SchemaMembers.SPEC, served.at("/properties/spec"));
        status.documented(
            SchemaMembers.undeclared(SchemaMembers.STATUS, served.at("/properties/status")));
      }
      status.looked(now);
      hide(undeclared);
      if (unreadable) {
        LOG.info("the OpenAPI document of the API server can be read again");
      }
      unreadable = false;
      // Last of all: from now on nobody waits for what this look has found.
      fresh = now + FRESH.toNanos();
    } catch (IOException e) {
      Duration pause = e instanceof SchemaRefusedException ? AFTER_REFUSAL : AFTER_FAILURE;
      fresh = nanos.getAsLong() + pause.toNanos();
      if (!unreadable) {
        LOG.warn(
            "the OpenAPI document of the API server cannot be read, so a change of the"
                + " CustomResourceDefinition is not noticed: {}",
            e.getMessage());
      }
      unreadable = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void hide(Set<String> lacking) {
    if (lacking.equals(hidden)) {
      return;
    }
    if (!lacking.isEmpty()) {
      // Before anything else: other threads may be about to write.
      hidden = Collections.unmodifiableSet(lacking);
      LOG.atWarn()
          .addKeyValue("missing", lacking)
          .log(
              "the CustomResourceDefinition is older than this operator and hides these members of"
                  + " specs, so nothing is written: apply the one of this operator's release");
    } else if (restart == null) {
      hidden = Set.of();
    } else if (!restarting) {
      // Nothing is written until the process has ended: what it knows of specs may lack members.
      restart.run();
      restarting = true;
    }
  }

  /** The members of specs that are hidden, as paths within the spec, by the last look. */
  public Set<String> hidden() {
    return hidden;
  }

  /** The fields of the status that the schema lacks. */
  public StatusGaps status() {
    return status;
  }

  /** Ends the looks at rest, before the client is closed; writes still have theirs. */
  @Override
  public void close() {
    timer.shutdownNow();
  }
}
