package dev.lambdaconfig.ops.informer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.javaoperatorsdk.operator.health.InformerHealthIndicator;
import io.javaoperatorsdk.operator.health.Status;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** The namespaces of a source can become more, and are as before where one cannot be added. */
final class WatchedNamespacesTest {

  private record Informer(String getTargetNamespace, boolean isRunning)
      implements InformerHealthIndicator {

    @Override
    public boolean hasSynced() {
      return true;
    }

    @Override
    public boolean isWatching() {
      return isRunning;
    }

    @Override
    public Status getStatus() {
      return isRunning ? Status.HEALTHY : Status.UNHEALTHY;
    }
  }

  private final List<String> steps = Collections.synchronizedList(new ArrayList<>());
  private final List<InformerHealthIndicator> informers = new ArrayList<>();
  private Runnable list = () -> {};

  private final WatchedNamespaces namespaces =
      new WatchedNamespaces(Set.of("team-a"), this::change, () -> informers);

  private void change(Set<String> to) {
    steps.add(String.join(",", new TreeSet<>(to)));
    if (to.contains("team-b")) {
      list.run();
    }
  }

  @Test
  void eachThatIsAddedJoinsThoseBefore() {
    namespaces.add("team-b");
    namespaces.add("team-c");

    assertThat(steps).startsWith("team-a,team-b").endsWith("team-a,team-b,team-c");
    assertThat(steps).doesNotContain("team-a", "team-a,team-c");
  }

  @Test
  void allIsAsBeforeWhereOneCannotBeAdded() {
    // Given
    list =
        () -> {
          throw new IllegalStateException("refused");
        };

    // When
    assertThatThrownBy(() -> namespaces.add("team-b")).hasMessage("refused");

    // Then
    assertThat(steps).containsExactly("team-a,team-b", "team-a");
    assertThat(namespaces.isArriving("team-b")).isFalse();
  }

  @Test
  void noneIsAddedToASourceThatIsStopped() {
    // Given
    namespaces.stop(() -> steps.add("stop"));

    // When
    assertThatThrownBy(() -> namespaces.add("team-b")).hasMessageContaining("stops");

    // Then
    assertThat(steps).containsExactly("stop");
  }

  @Test
  void theSourceStopsOnlyAfterTheEndOfAnAddition() throws InterruptedException {
    // Given
    CountDownLatch listing = new CountDownLatch(1);
    list = () -> listUntilInterrupted(listing);
    Thread adding = Thread.ofPlatform().start(() -> addInVain("team-b"));
    listing.await();

    // When
    adding.interrupt();
    namespaces.stop(() -> steps.add("stop"));
    adding.join();

    // Then
    assertThat(steps).containsExactly("team-a,team-b", "team-a", "stop");
  }

  @Test
  void theInformerOfANamespaceThatIsBeingAddedIsNotReliedOn() {
    // Given
    List<Boolean> lost = new ArrayList<>();
    informers.add(new Informer("team-a", true));
    informers.add(new Informer("team-b", false));
    list =
        () -> {
          lost.add(namespaces.hasLostOne());
          informers.set(0, new Informer("team-a", false));
          lost.add(namespaces.hasLostOne());
          informers.set(1, new Informer("team-b", true));
        };

    // When
    namespaces.add("team-b");

    // Then
    assertThat(lost).containsExactly(false, true);
  }

  @Test
  void anInformerThatEndsOnceItIsReliedOnIsLost() {
    // Given
    informers.add(new Informer("team-b", true));
    namespaces.add("team-b");
    assertThat(namespaces.hasLostOne()).isFalse();

    // When
    informers.set(0, new Informer("team-b", false));

    // Then
    assertThat(namespaces.hasLostOne()).isTrue();
  }

  @Test
  void aNamespaceWhoseInformerEndsAtOnceIsOutAgain() {
    // Given
    informers.add(new Informer("team-b", false));

    // When
    assertThatThrownBy(() -> namespaces.add("team-b")).hasMessageContaining("ended");

    // Then
    assertThat(steps).containsExactly("team-a,team-b", "team-a");
  }

  private void addInVain(String namespace) {
    assertThatThrownBy(() -> namespaces.add(namespace)).hasMessage("interrupted");
  }

  private static void listUntilInterrupted(CountDownLatch listing) {
    listing.countDown();
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }
}
