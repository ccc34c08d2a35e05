package dev.lambdaconfig.ops.informer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Namespaces without rights are watched once these have come. */
final class LeftOutNamespacesTest {

  private final Set<String> granted = new ConcurrentSkipListSet<>();
  private final List<String> watched = new CopyOnWriteArrayList<>();
  private boolean answering = true;
  private final Set<String> unlistable = new TreeSet<>();

  private final LeftOutNamespaces leftOut =
      new LeftOutNamespaces(List.of("team-a", "team-b"), this::granted, this::watch, () -> 0);

  private Set<String> granted(Set<String> asked) {
    if (!answering) {
      throw new IllegalStateException("no answer of the API server");
    }
    Set<String> both = new TreeSet<>(asked);
    both.retainAll(granted);
    return both;
  }

  private void watch(String namespace) {
    if (unlistable.contains(namespace)) {
      throw new IllegalStateException("the list was refused after all");
    }
    watched.add(namespace);
  }

  @AfterEach
  void stop() {
    leftOut.close();
  }

  @Test
  void eachIsWatchedOnceWhenItsRightsHaveCome() {
    // Given
    leftOut.attempt();
    assertThat(watched).isEmpty();
    assertThat(leftOut.missing()).isEqualTo(2);

    // When
    granted.add("team-b");
    leftOut.attempt();
    leftOut.attempt();

    // Then
    assertThat(watched).containsExactly("team-b");
    assertThat(leftOut.missing()).isEqualTo(1);
  }

  @Test
  void itIsTriedAgainWhereTheApiServerDoesNotAnswer() {
    // Given
    granted.add("team-a");
    answering = false;
    leftOut.attempt();
    assertThat(leftOut.missing()).isEqualTo(2);

    // When
    answering = true;
    leftOut.attempt();

    // Then
    assertThat(watched).containsExactly("team-a");
  }

  @Test
  void itIsTriedAgainWhereTheListFails() {
    // Given
    granted.add("team-a");
    unlistable.add("team-a");
    leftOut.attempt();
    assertThat(leftOut.missing()).isEqualTo(2);

    // When
    unlistable.clear();
    leftOut.attempt();

    // Then
    assertThat(watched).containsExactly("team-a");
    assertThat(leftOut.missing()).isEqualTo(1);
  }

  @Test
  void oneThatCannotBeWatchedIsNothingToTheOthers() {
    // Given
    granted.addAll(Set.of("team-a", "team-b"));
    unlistable.add("team-a");

    // When
    leftOut.attempt();

    // Then
    assertThat(watched).containsExactly("team-b");
    assertThat(leftOut.missing()).isEqualTo(1);
  }

  @Test
  void theAttemptsGoOnByThemselvesUntilNoneIsLeftOut() {
    // Given
    leftOut.start();

    // When
    granted.addAll(Set.of("team-a", "team-b"));

    // Then
    await().until(() -> leftOut.missing() == 0);
    assertThat(watched).containsExactlyInAnyOrder("team-a", "team-b");
  }
}
