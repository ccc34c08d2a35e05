package dev.lambdaconfig.timing;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What is logged of a run that does not end. */
final class LongRunsTest {

  private static final String ORDERS = "team-a/orders";

  private final AtomicLong now = new AtomicLong();
  private final LongRuns<String> runs = new LongRuns<>("reconcile", now::get);
  private final Logger logger = (Logger) LoggerFactory.getLogger(LongRuns.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final CountDownLatch end = new CountDownLatch(1);

  @BeforeEach
  void record() {
    lines.start();
    logger.setLevel(Level.WARN);
    logger.addAppender(lines);
  }

  @AfterEach
  void close() {
    end.countDown();
    logger.detachAppender(lines);
    logger.setLevel(null);
    runs.close();
  }

  @Test
  void theStackOfOneThatHangsIsLoggedOnceWhenItHasRunForFiveMinutes() throws Exception {
    // Given
    Thread worker = Thread.ofVirtual().start(this::hangs);
    Awaitility.await().until(() -> worker.getState() == Thread.State.WAITING);
    now.addAndGet(LongRuns.LONG.toNanos() - 1);
    runs.look();
    assertThat(lines.list).isEmpty();

    // When
    now.incrementAndGet();
    runs.look();
    runs.look();

    // Then
    assertThat(lines.list)
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.getKeyValuePairs())
                  .anyMatch(pair -> ORDERS.equals(pair.value))
                  .anyMatch(pair -> String.valueOf(pair.value).contains("LongRunsTest.hangs"));
            });
    end.countDown();
    worker.join();
  }

  @Test
  void oneThatHasEndedIsNotLogged() {
    // Given
    runs.begun(ORDERS, 0);
    runs.ended(ORDERS);

    // When
    now.addAndGet(LongRuns.LONG.toNanos());
    runs.look();

    // Then
    assertThat(List.copyOf(lines.list)).isEmpty();
  }

  private void hangs() {
    runs.begun(ORDERS, 0);
    try {
      end.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      runs.ended(ORDERS);
    }
  }
}
