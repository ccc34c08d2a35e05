package dev.lambdaconfig.values;

import static org.assertj.core.api.Assertions.assertThat;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How the dependents of a changed source hear of it. */
final class AnnouncementsTest {

  private final Queue<Collection<ResourceID>> heard = new ConcurrentLinkedQueue<>();
  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
  private final Announcements announcements =
      new Announcements(
          timer,
          slice -> {
            heard.add(slice);
            if (heard.size() == 2) {
              throw new NoClassDefFoundError("of a listener");
            }
          });

  @AfterEach
  void close() {
    timer.shutdownNow();
  }

  @Test
  void thousandsHearInSlicesAndOthersInBetween() {
    // When
    announcements.add(of("many", 1_000));
    announcements.add(of("few", 3));

    // Then
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> heard.stream().mapToInt(Collection::size).sum() == 1_003);
    List<Collection<ResourceID>> slices = List.copyOf(heard);
    assertThat(slices).hasSize(20).allSatisfy(slice -> assertThat(slice).hasSizeBetween(50, 53));
    assertThat(slices.get(0)).hasSize(50);
    assertThat(slices.get(1)).containsAll(of("few", 3));
    assertThat(slices.stream().flatMap(Collection::stream)).doesNotHaveDuplicates();
  }

  @Test
  void oneThatIsYetToHearHearsOnce() {
    announcements.add(of("many", 200));
    announcements.add(of("many", 200).subList(100, 200));

    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> heard.stream().mapToInt(Collection::size).sum() >= 200);
    assertThat(announcements.slice()).isEmpty();
    assertThat(heard.stream().flatMap(Collection::stream)).hasSize(200);
  }

  private static List<ResourceID> of(String namespace, int count) {
    return IntStream.range(0, count)
        .mapToObj(number -> new ResourceID("r-" + number, namespace))
        .toList();
  }
}
