package dev.lambdaconfig.aws.sweep.watched;

import dev.lambdaconfig.debug.StateSizes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The resources of a Region that wait for a round to answer for their function. They are looked at
 * together, because a reconcile of each now and then would cost a large fleet more than the round.
 * Thread-safe.
 */
public final class RoundWaits {

  /** The answer that rounds give, or will give, for one function. */
  public enum Outlook {
    /** A list of its own identity has shown it to be what was last known of it. */
    CONFIRMED,
    /** A round is still to answer for it. */
    EXPECTED,
    /** Nobody waits for it, or those who do are told otherwise. */
    DROPPED,
    /** No round will answer for it. */
    NONE
  }

  /** The time between two looks. */
  static final Duration LOOK = Duration.ofSeconds(2);

  private static final Logger LOG = LoggerFactory.getLogger(RoundWaits.class);

  private final Function<String, Outlook> outlook;
  private final BiConsumer<Duration, Runnable> after;
  private final Consumer<List<String>> unanswered;

  /** The UIDs of those that wait, in a map so that a begin and a check exclude each other. */
  private final Map<String, String> waiting = new ConcurrentHashMap<>();

  private final AtomicBoolean looking = new AtomicBoolean();

  /**
   * Creates waits of no resource.
   *
   * @param outlook the outlook for the function of a resource, by its UID
   * @param after runs a task after a time
   * @param unanswered told the UIDs of resources that no round will answer for, which wait no
   *     longer
   */
  public RoundWaits(
      Function<String, Outlook> outlook,
      BiConsumer<Duration, Runnable> after,
      Consumer<List<String>> unanswered) {
    this.outlook = outlook;
    this.after = after;
    this.unanswered = unanswered;
  }

  /**
   * Whether a list answers for the function of a resource: it has confirmed it, or a round is to
   * answer, for which the resource waits from now on.
   */
  public boolean answersFor(String uid) {
    Outlook[] found = new Outlook[1];
    waiting.compute(
        uid,
        (any, waits) -> {
          found[0] = outlook.apply(uid);
          return found[0] == Outlook.EXPECTED ? uid : null;
        });
    lookAfterAWhile();
    return found[0] == Outlook.EXPECTED || found[0] == Outlook.CONFIRMED;
  }

  /** Ends the wait of a resource. */
  public void end(String uid) {
    waiting.remove(uid);
  }

  private void lookAfterAWhile() {
    if (!waiting.isEmpty() && looking.compareAndSet(false, true)) {
      after.accept(LOOK, this::look);
    }
  }

  private void look() {
    List<String> found = new ArrayList<>();
    try {
      for (String uid : waiting.keySet()) {
        waiting.computeIfPresent(uid, (any, waits) -> isOver(uid, found) ? null : waits);
      }
      if (!found.isEmpty()) {
        unanswered.accept(found);
      }
    } catch (RuntimeException | Error e) {
      found.forEach(uid -> waiting.put(uid, uid));
      LOG.error("resources that wait for a round could not be checked; they are checked again", e);
    } finally {
      looking.set(false);
      lookAfterAWhile();
    }
  }

  private boolean isOver(String uid, List<String> found) {
    Outlook now = outlook.apply(uid);
    if (now == Outlook.NONE) {
      found.add(uid);
    }
    return now != Outlook.EXPECTED;
  }

  /** Adds the number of resources that wait. */
  public void sizes(StateSizes sizes) {
    sizes.add("RoundWaits.waiting", waiting.size());
  }
}
