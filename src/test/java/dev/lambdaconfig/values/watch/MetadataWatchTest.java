package dev.lambdaconfig.values.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.model.source.SourceKey.Kind;
import dev.lambdaconfig.timing.Timing;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How a watch of metadata goes on after whatever ends it. */
final class MetadataWatchTest {

  private static final WatchedCollection SECRETS = new WatchedCollection(Kind.SECRET, null, null);

  private final ScriptedApi api = new ScriptedApi();
  private final RecordedSightings seen = new RecordedSightings();
  private final AtomicLong now = new AtomicLong();
  private final MetadataWatch watch =
      new MetadataWatch(
          SECRETS, api, seen, new Timing(java.time.Clock.systemUTC(), System::nanoTime, () -> 0));

  /** Answers as a test says, and waits where it has said nothing yet. */
  private static final class ScriptedApi implements MetadataApi {

    private interface Answer {
      void to(Runnable opened, Consumer<MetadataItem> items) throws MetadataException;
    }

    final BlockingQueue<Answer> watches = new LinkedBlockingQueue<>();
    final BlockingQueue<Answer> lists = new LinkedBlockingQueue<>();
    final List<String> requests = new CopyOnWriteArrayList<>();
    volatile String version = "10";

    /** The page that the second one names as the next, or null. */
    volatile @Nullable String afterSecond;

    @Override
    public Page list(
        WatchedCollection collection, @Nullable String from, Consumer<MetadataItem> items)
        throws MetadataException {
      requests.add("list" + (from == null ? "" : " " + from));
      Answer answer = lists.poll();
      if (answer != null) {
        answer.to(() -> {}, items);
      }
      return new Page(
          version,
          "10".equals(version) && from == null ? "page-2" : from == null ? null : afterSecond);
    }

    @Override
    public void watch(
        WatchedCollection collection,
        String resourceVersion,
        Runnable opened,
        Consumer<MetadataItem> events)
        throws MetadataException, InterruptedException {
      requests.add("watch " + resourceVersion);
      watches.take().to(opened, events);
    }
  }

  @AfterEach
  void close() {
    watch.close();
  }

  @Test
  void anEndedOrBrokenWatchGoesOnFromTheLastVersion() {
    // Given
    api.watches.add(
        (opened, events) -> {
          opened.run();
          events.accept(new MetadataItem("MODIFIED", "team-a", "db", "u", "12", 0));
        });
    api.watches.add(
        (opened, events) -> {
          opened.run();
          events.accept(new MetadataItem("BOOKMARK", null, null, null, "15", 0));
          throw new MetadataException(0, "broken");
        });

    // When
    watch.start();

    // Then
    awaitRequests("list", "list page-2", "watch 10", "watch 12", "watch 15");
    assertThat(seen.calls).containsExactly("listing", "listed", "seen db 12");
  }

  @Test
  void aPageThatNamesItselfAsTheNextOneIsAFailureAndNotReadForEver() {
    // Given
    api.afterSecond = "page-2";

    // When
    watch.start();

    // Then
    Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> api.requests.size() >= 3);
    assertThat(api.requests).startsWith("list", "list page-2", "list");
    assertThat(watch.isLive()).isFalse();
    assertThat(seen.calls).doesNotContain("listed");
  }

  @Test
  void aVersionThatIsNotKnownAnyMoreIsListedAnew() {
    // Given
    api.watches.add(
        (opened, events) -> {
          api.version = "20";
          api.lists.add(
              (none, items) -> items.accept(new MetadataItem(null, "team-a", "db", "u", "19", 0)));
          throw new MetadataException(410, "gone");
        });

    // When
    watch.start();

    // Then
    awaitRequests("list", "list page-2", "watch 10", "list", "watch 20");
    assertThat(seen.calls).containsExactly("listing", "listed", "listing", "seen db 19", "listed");
  }

  @Test
  void aMissingRightIsToldOnceAndTriedAgain() {
    // Given
    for (int attempt = 0; attempt < 2; attempt++) {
      api.lists.add(
          (opened, items) -> {
            throw new MetadataException(403, "forbidden");
          });
    }

    // When
    watch.start();

    // Then
    awaitRequests("list", "list", "list", "list page-2", "watch 10");
    assertThat(seen.calls)
        .containsExactly("listing", "refused 403", "listing", "listing", "listed");
  }

  @Test
  void itIsLiveOnlyWhileTheWatchIsOpen() {
    // Given
    BlockingQueue<String> end = new LinkedBlockingQueue<>();
    api.watches.add(
        (opened, events) -> {
          opened.run();
          try {
            end.take();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });

    // When
    watch.start();

    // Then
    Awaitility.await().until(watch::isLive);
    end.add("now");
    Awaitility.await().until(() -> !watch.isLive());
  }

  @Test
  void anErrorEndsNoWatch() {
    // Given
    api.watches.add(
        (opened, events) -> {
          throw new StackOverflowError("of a parser");
        });
    api.lists.add(
        (none, items) -> {
          throw new NoClassDefFoundError("of a parser");
        });
    seen.onRefused =
        () -> {
          throw new StackOverflowError("of a listener");
        };
    api.lists.add(
        (none, items) -> {
          throw new MetadataException(403, "forbidden");
        });

    // When
    watch.start();

    // Then
    awaitRequests(
        "list", "list", "list", "list page-2", "watch 10", "list", "list page-2", "watch 10");
  }

  @Test
  void itIsMissingOnceItHasNotBeenLiveForNinetySeconds() throws InterruptedException {
    // Given
    BlockingQueue<String> end = new LinkedBlockingQueue<>();
    for (int attempt = 0; attempt < 2; attempt++) {
      api.watches.add(
          (opened, events) -> {
            opened.run();
            try {
              end.take();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          });
    }

    // When
    try (MetadataWatch timed =
        new MetadataWatch(
            SECRETS, api, seen, new Timing(java.time.Clock.systemUTC(), now::get, () -> 0))) {
      timed.start();
      awaitLive(timed, true);
      now.addAndGet(Duration.ofMinutes(5).toNanos());
      assertThat(timed.isMissing()).as("live for five minutes").isFalse();
      end.add("first");
      Awaitility.await().until(api.watches::isEmpty);
      awaitLive(timed, true);
      now.addAndGet(Duration.ofMinutes(5).toNanos());
      end.add("second");
      awaitLive(timed, false);

      // Then
      now.addAndGet(Duration.ofSeconds(90).toNanos());
      assertThat(timed.isMissing()).isFalse();
      now.addAndGet(1);
      assertThat(timed.isMissing()).isTrue();
    }
  }

  private static void awaitLive(MetadataWatch watch, boolean live) {
    Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> watch.isLive() == live);
  }

  private void awaitRequests(String... expected) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(api.requests).containsExactly(expected));
  }
}
