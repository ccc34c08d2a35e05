package dev.lambdaconfig.ops.informer;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.javaoperatorsdk.operator.api.reconciler.Constants;
import io.javaoperatorsdk.operator.health.InformerHealthIndicator;
import io.javaoperatorsdk.operator.health.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What is counted and logged of informers that have lost their watch. */
final class WatchMonitorTest {

  private record Informer(String getTargetNamespace, boolean isWatching)
      implements InformerHealthIndicator {

    @Override
    public boolean hasSynced() {
      return true;
    }

    @Override
    public boolean isRunning() {
      return true;
    }

    @Override
    public Status getStatus() {
      return Status.HEALTHY;
    }
  }

  private static final WatchPatience PATIENCE = WatchPatience.of(Duration.ofSeconds(1));

  private final Logger logger = (Logger) LoggerFactory.getLogger(WatchMonitor.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  private final Set<String> namespaces = new TreeSet<>(Set.of("team-a", "team-b"));
  private final Set<String> unwatched = new TreeSet<>();
  private final AtomicLong nanos = new AtomicLong();
  private final WatchMonitor monitor = new WatchMonitor(this::informers, PATIENCE, nanos::get);

  private List<InformerHealthIndicator> informers() {
    List<InformerHealthIndicator> informers = new ArrayList<>();
    namespaces.forEach(each -> informers.add(new Informer(each, !unwatched.contains(each))));
    return informers;
  }

  @BeforeEach
  void record() {
    lines.start();
    logger.setLevel(Level.INFO);
    logger.addAppender(lines);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(lines);
    logger.setLevel(null);
    monitor.close();
  }

  @Test
  void aLostWatchIsCountedAndLoggedOnce() {
    // Given
    passMinutes(1);

    // When
    unwatched.add("team-a");
    passMinutes(60);

    // Then
    assertThat(monitor.missing()).isEqualTo(1);
    assertThat(lines.list).hasSize(1);
    assertThat(lines.list.getFirst().getLevel()).isEqualTo(Level.WARN);
    assertThat(lines.list.getFirst().getKeyValuePairs())
        .anyMatch(pair -> pair.key.equals("namespaces") && "team-a".equals(pair.value));
  }

  @Test
  void aWatchThatIsBackIsCountedNoMoreAndLoggedOnce() {
    // Given
    unwatched.add("team-b");
    passMinutes(3);

    // When
    unwatched.clear();
    passMinutes(60);

    // Then
    assertThat(monitor.missing()).isZero();
    assertThat(lines.list)
        .extracting(ILoggingEvent::getLevel)
        .containsExactly(Level.WARN, Level.INFO);
    assertThat(lines.list.getLast().getKeyValuePairs())
        .anyMatch(pair -> pair.key.equals("namespaces") && "team-b".equals(pair.value));
  }

  @Test
  void anOutageOfTheApiServerIsOneLineOfBoundedLength() {
    // Given
    IntStream.range(0, 500).forEach(number -> namespaces.add("tenant-" + number));
    passMinutes(1);

    // When
    unwatched.addAll(namespaces);
    passMinutes(5);

    // Then
    assertThat(monitor.missing()).isEqualTo(502);
    assertThat(lines.list).hasSize(1);
    assertThat(String.valueOf(lines.list.getFirst().getKeyValuePairs()))
        .hasSizeLessThan(1000)
        .contains("and 482 more");
  }

  @Test
  void aNamespaceThatIsNotWatchedOnPurposeIsForgotten() {
    // Given
    unwatched.add("team-a");
    passMinutes(3);

    // When
    namespaces.remove("team-a");
    passMinutes(1);

    // Then
    assertThat(monitor.missing()).isZero();
  }

  @Test
  void oneInformerOfAllNamespacesIsNamedSo() {
    // Given
    namespaces.clear();
    namespaces.add(Constants.WATCH_ALL_NAMESPACES);
    unwatched.addAll(namespaces);

    // When
    passMinutes(3);

    // Then
    assertThat(String.valueOf(lines.list.getFirst().getKeyValuePairs())).contains("(all)");
  }

  private void passMinutes(int minutes) {
    for (int look = 0; look < minutes * 12; look++) {
      monitor.look();
      nanos.addAndGet(PATIENCE.poll().toNanos());
    }
  }
}
