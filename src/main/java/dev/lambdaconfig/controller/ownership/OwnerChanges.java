package dev.lambdaconfig.controller.ownership;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.controller.ownership.ClaimProofs.Pair;
import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.decision.ownership.Claimant;
import dev.lambdaconfig.decision.ownership.Succession;
import dev.lambdaconfig.decision.ownership.Succession.Change;
import dev.lambdaconfig.decision.ownership.Succession.Changed;
import dev.lambdaconfig.model.FunctionKey;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.ToIntBiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the resources that name a function of changes of its owner. */
final class OwnerChanges {

  /** The time between two reconciles of one function that only learn of another owner. */
  static final Duration BETWEEN_LOSERS = Duration.ofMillis(200);

  /** The resources of a function, and those of them that wait for a read. */
  private record Audience(List<Claimant> all, Set<String> waiting) {}

  private final Claimants claimants;
  private final Contests contests;
  private final ClaimWaits waits;
  private final Claims.ClaimTriggers triggers;
  private final OwnerNews pending;

  OwnerChanges(
      Claimants claimants, Contests contests, ClaimWaits waits, Claims.ClaimTriggers triggers) {
    this.claimants = claimants;
    this.contests = contests;
    this.waits = waits;
    this.triggers = triggers;
    this.pending = new OwnerNews(triggers.after(), this::tell);
  }

  /** Triggers those that a change of a resource concerns, soon and in another thread. */
  void announce(LambdaFunctionConfig resource, Change change) {
    Pair pair = claimants.pair(resource);
    if (pair != null && contests.isContested(pair.function(), resource.getMetadata().getUid())) {
      Claimant changed = claimants.claimant(resource, pair.function());
      if (contests.ask(pair.function(), contest -> concernsAny(contest, changed, change))) {
        pending.add(pair.function(), news -> news.add(new Changed(changed, change)));
      }
    }
  }

  /** Whether anybody has to know: where one goes that owned nothing, nobody does. */
  private boolean concernsAny(Contest contest, Claimant changed, Change change) {
    return contest.hasOthersThan(changed.uid())
        && (change == Change.OF_IDENTITY
            || !contest.isOwnedBeside(changed)
            || !contest.waiting(waits::isWaiting).isEmpty());
  }

  /** Triggers those that wait to know whether a resource has a claim. */
  void announceToWaiting(LambdaFunctionConfig resource) {
    Pair pair = claimants.pair(resource);
    if (pair != null
        && contests.ask(pair.function(), contest -> !contest.waiting(waits::isWaiting).isEmpty())) {
      pending.add(pair.function(), news -> news.add(resource.getMetadata().getUid()));
    }
  }

  /** Triggers those that changes of a function concern. Returns how many these are. */
  private int tell(FunctionKey function, OwnerNews.News news) {
    Audience audience =
        contests.ask(
            function,
            contest -> new Audience(contest.claimants(), contest.waiting(waits::isWaiting)));
    Succession succession = Succession.of(news.changes(), audience.all());
    Set<String> now = new LinkedHashSet<>(succession.now());
    audience.waiting().stream().filter(uid -> !news.isOnlyOf(uid)).forEach(now::add);
    now.forEach(triggers.now());
    Duration delay = Duration.ZERO;
    for (String uid : succession.later()) {
      if (!now.contains(uid)) {
        triggers.later().accept(uid, delay);
        delay = delay.plus(BETWEEN_LOSERS);
      }
    }
    return audience.all().size();
  }

  void sizes(StateSizes sizes) {
    pending.sizes(sizes);
  }

  /**
   * The changes of which the resources of a function are still to be told. The first one is told at
   * once; those that follow are gathered, and told together after a pause that grows with the
   * number of resources: whoever tells all of them for each change of one takes the square of their
   * number.
   */
  static final class OwnerNews {

    private static final Logger LOG = LoggerFactory.getLogger(OwnerNews.class);

    /** The shortest time between two announcements about one function. */
    static final Duration PAUSE = Duration.ofMillis(200);

    /**
     * The share of the pause for each resource of the function: about fifty times what it takes.
     */
    static final Duration PAUSE_OF_ONE = Duration.ofNanos(100_000);

    /** The pause after one that failed. */
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(30);

    /** The changes of one function, no more than one for each account. */
    static final class News {
      private final Map<@Nullable String, Changed> changes = new HashMap<>();
      private @Nullable String only;
      private boolean several;

      /** Adds a change. */
      void add(Changed changed) {
        changes.merge(changed.claimant().account(), changed, Changed::with);
        add(changed.claimant().uid());
      }

      /** Adds that a resource was answered, for which others can wait. */
      void add(String uid) {
        several |= only != null && !only.equals(uid);
        only = uid;
      }

      private void add(News other) {
        other.changes.values().forEach(this::add);
        if (other.only != null) {
          add(other.only);
        }
        several |= other.several;
      }

      private boolean isEmpty() {
        return only == null;
      }

      Collection<Changed> changes() {
        return changes.values();
      }

      /** Whether these are of one resource, which knows of them. */
      boolean isOnlyOf(String uid) {
        return !several && uid.equals(only);
      }
    }

    private final BiConsumer<Duration, Runnable> after;
    private final ToIntBiFunction<FunctionKey, News> tell;

    /** The functions of which something is to be told, or was told a moment ago. */
    private final Map<FunctionKey, News> pending = new ConcurrentHashMap<>();

    /**
     * Tells nothing yet.
     *
     * @param after runs a task after a time, in another thread
     * @param tell tells the resources of a function, and returns their number
     */
    OwnerNews(BiConsumer<Duration, Runnable> after, ToIntBiFunction<FunctionKey, News> tell) {
      this.after = after;
      this.tell = tell;
    }

    /** Adds to the news about a function. */
    void add(FunctionKey function, Consumer<News> addition) {
      boolean[] first = new boolean[1];
      pending.compute(
          function,
          (key, known) -> {
            first[0] = known == null;
            News news = known == null ? new News() : known;
            addition.accept(news);
            return news;
          });
      if (first[0]) {
        after.accept(Duration.ZERO, () -> announce(function));
      }
    }

    /**
     * Tells the news about a function, and looks again after a pause; without any it is the last.
     */
    private void announce(FunctionKey function) {
      AtomicReference<@Nullable News> taken = new AtomicReference<>();
      pending.computeIfPresent(
          function,
          (key, news) -> {
            taken.set(news.isEmpty() ? null : news);
            return news.isEmpty() ? null : new News();
          });
      News news = taken.get();
      if (news != null) {
        after.accept(told(function, news), () -> announce(function));
      }
    }

    /** Tells news, which wait for the next time if that fails. Returns the time until then. */
    private Duration told(FunctionKey function, News news) {
      try {
        return PAUSE.plus(PAUSE_OF_ONE.multipliedBy(tell.applyAsInt(function, news)));
      } catch (RuntimeException | Error e) {
        // The thread is that of all functions.
        LOG.atError()
            .addKeyValue("function", function.text())
            .setCause(e)
            .log("the resources of a function could not be told of its owner; they will be");
        pending.computeIfPresent(
            function,
            (key, later) -> {
              later.add(news);
              return later;
            });
        return AFTER_FAILURE;
      }
    }

    void sizes(StateSizes sizes) {
      sizes.add("OwnerNews.pending", pending.size());
    }
  }
}
