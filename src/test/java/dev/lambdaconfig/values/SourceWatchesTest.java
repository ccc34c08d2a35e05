package dev.lambdaconfig.values;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.model.source.NamespacedSource;
import dev.lambdaconfig.model.source.SourceKey;
import dev.lambdaconfig.model.source.WatchScope;
import dev.lambdaconfig.timing.Timing;
import dev.lambdaconfig.values.watch.MetadataWatch;
import dev.lambdaconfig.values.watch.UnansweredMetadata;
import dev.lambdaconfig.values.watch.WatchedCollection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which watches are open for the sources on which resources depend. */
final class SourceWatchesTest {

  private final List<String> opened = new ArrayList<>();
  private final List<WatchedCollection> beyond = new ArrayList<>();
  private SourceWatches watches = watches(WatchScope.CLUSTER);

  @AfterEach
  void close() {
    watches.close();
  }

  @Test
  void aClusterHasOneForEachKind() {
    add("team-a", SourceKey.secret("db"));
    add("team-b", SourceKey.secret("mail"));
    add("team-b", SourceKey.configMap("mail"));

    assertThat(opened).containsExactly("secrets in all namespaces", "configmaps in all namespaces");
  }

  @Test
  void aNamespaceHasOneForEachKind() {
    watches = watches(WatchScope.NAMESPACE);
    add("team-a", SourceKey.secret("db"));
    add("team-a", SourceKey.secret("mail"));
    add("team-b", SourceKey.secret("db"));

    assertThat(opened)
        .containsExactly("secrets in namespace team-a", "secrets in namespace team-b");
  }

  @Test
  void aSourceHasOneOfItsOwnByName() {
    watches = watches(WatchScope.NAME);
    add("team-a", SourceKey.secret("db"));
    add("team-a", SourceKey.configMap("db"));

    assertThat(opened)
        .containsExactly(
            "secrets with the name db in namespace team-a",
            "configmaps with the name db in namespace team-a");
  }

  @Test
  void noneIsOpenedWhereNothingIsWatched() {
    watches = watches(WatchScope.NONE);
    add("team-a", SourceKey.secret("db"));
    remove("team-a", SourceKey.secret("db"));

    assertThat(opened).isEmpty();
    assertThat(sizes().values()).containsOnly(0L);
  }

  @Test
  void theLastSourceClosesIt() {
    add("team-a", SourceKey.secret("db"));
    add("team-b", SourceKey.secret("db"));
    remove("team-a", SourceKey.secret("db"));
    assertThat(sizes()).containsEntry("SourceWatches.open", 1L);

    remove("team-b", SourceKey.secret("db"));
    assertThat(sizes().values()).containsOnly(0L);
    add("team-b", SourceKey.secret("db"));
    assertThat(opened).hasSize(2);
  }

  @Test
  void beyondTheLimitSourcesWaitUntilAnotherWatchIsClosed() {
    // Given
    watches = watches(WatchScope.NAME);
    for (int number = 0; number < SourceWatches.MOST; number++) {
      add("team-a", SourceKey.secret("db-" + number));
    }
    assertThat(beyond).isEmpty();

    // When
    add("team-a", SourceKey.secret("late"));
    add("team-a", SourceKey.secret("later"));

    // Then
    assertThat(beyond).singleElement().asString().contains("late");
    assertThat(opened).hasSize(SourceWatches.MOST);
    assertThat(sizes()).containsEntry("SourceWatches.waiting", 2L);

    // When
    remove("team-a", SourceKey.secret("db-7"));

    // Then
    assertThat(opened).last().asString().contains("with the name late ");
    assertThat(sizes()).containsEntry("SourceWatches.waiting", 1L);

    // When
    remove("team-a", SourceKey.secret("later"));

    // Then
    assertThat(sizes()).containsEntry("SourceWatches.waiting", 0L);
  }

  @Test
  void aNamespaceWithManyNamesLeavesOthersTheirShare() {
    // Given
    watches = watches(WatchScope.NAME);
    for (int number = 0; number < SourceWatches.MOST + 50; number++) {
      add("greedy", SourceKey.secret("db-" + number));
    }
    opened.clear();

    // When
    for (int number = 0; number < SourceWatches.MOST; number++) {
      add("modest", SourceKey.secret("db-" + number));
    }

    // Then
    assertThat(opened).hasSize(SourceWatches.MOST / 2).allMatch(name -> name.endsWith("modest"));
    assertThat(sizes())
        .containsEntry("SourceWatches.open", (long) SourceWatches.MOST)
        .containsEntry("SourceWatches.waiting", 50L + SourceWatches.MOST);
    assertThat(watches.unwatched()).isEqualTo(50L + SourceWatches.MOST);
    assertThat(beyond).hasSize(1);

    // When
    opened.clear();
    remove("modest", SourceKey.secret("db-0"));
    remove("greedy", SourceKey.secret("db-0"));

    // Then: each namespace keeps its share
    assertThat(opened).hasSize(2);
    assertThat(opened.getFirst()).endsWith("modest");
    assertThat(opened.getLast()).endsWith("greedy");
  }

  private void add(String namespace, SourceKey key) {
    watches.add(new NamespacedSource(namespace, key));
  }

  private void remove(String namespace, SourceKey key) {
    watches.remove(new NamespacedSource(namespace, key));
  }

  private SourceWatches watches(WatchScope scope) {
    return new SourceWatches(
        scope,
        collection -> {
          opened.add(collection.toString());
          UnansweredMetadata api = new UnansweredMetadata();
          return new MetadataWatch(collection, api, api, Timing.system());
        },
        beyond::add);
  }

  private Map<String, Long> sizes() {
    StateSizes sizes = new StateSizes();
    watches.sizes(sizes);
    return sizes.byName();
  }
}
