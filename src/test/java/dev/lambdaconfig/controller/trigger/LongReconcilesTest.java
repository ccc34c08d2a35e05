package dev.lambdaconfig.controller.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What is logged of a reconcile that does not end. */
final class LongReconcilesTest {

  private static final ResourceID ORDERS = new ResourceID("orders", "team-a");

  private final AtomicLong now = new AtomicLong();
  private final LongReconciles reconciles = new LongReconciles(now::get);
  private final Logger logger = (Logger) LoggerFactory.getLogger(LongReconciles.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final CountDownLatch end = new CountDownLatch(1);

  @BeforeEach
  void record() {
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void close() {
    end.countDown();
    logger.detachAppender(lines);
    reconciles.close();
  }

  @Test
  void theStackOfOneThatHangsIsLoggedOnceWhenItHasRunForFiveMinutes() throws Exception {
    // Given
    Thread worker = Thread.ofVirtual().start(this::hangs);
    Awaitility.await().until(() -> worker.getState() == Thread.State.WAITING);
    now.addAndGet(LongReconciles.LONG.toNanos() - 1);
    reconciles.look();
    assertThat(lines.list).isEmpty();

    // When
    now.incrementAndGet();
    reconciles.look();
    reconciles.look();

    // Then
    assertThat(lines.list)
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.getKeyValuePairs())
                  .anyMatch(pair -> ORDERS.equals(pair.value))
                  .anyMatch(
                      pair -> String.valueOf(pair.value).contains("LongReconcilesTest.hangs"));
            });
    end.countDown();
    worker.join();
  }

  @Test
  void oneThatHasEndedIsNotLogged() {
    // Given
    reconciles.begun(ORDERS, 0);
    reconciles.ended(ORDERS);

    // When
    now.addAndGet(LongReconciles.LONG.toNanos());
    reconciles.look();

    // Then
    assertThat(List.copyOf(lines.list)).isEmpty();
  }

  private void hangs() {
    reconciles.begun(ORDERS, 0);
    try {
      end.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      reconciles.ended(ORDERS);
    }
  }
}
