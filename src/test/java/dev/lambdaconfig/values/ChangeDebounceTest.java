package dev.lambdaconfig.values;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.model.source.NamespacedSource;
import dev.lambdaconfig.model.source.SourceKey;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When changes of a source are passed on. */
final class ChangeDebounceTest {

  private static final NamespacedSource DB = new NamespacedSource("team-a", SourceKey.secret("db"));
  private static final NamespacedSource MAIL =
      new NamespacedSource("team-a", SourceKey.secret("mail"));

  private final AtomicLong now = new AtomicLong(-3);
  private final BlockingQueue<NamespacedSource> passed = new LinkedBlockingQueue<>();
  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
  private final ChangeDebounce debounce = new ChangeDebounce(timer, now::get, passed::add);

  @AfterEach
  void close() {
    debounce.close();
  }

  @Test
  void aChangeIsPassedOnTwoSecondsAfterTheLastOne() {
    debounce.changed(DB);
    advance(Duration.ofMillis(1500));
    debounce.changed(DB);
    debounce.changed(MAIL);
    advance(Duration.ofMillis(1999));
    assertThat(debounce.due()).isEmpty();

    advance(Duration.ofMillis(1));
    assertThat(debounce.due()).containsExactly(DB);
    assertThat(debounce.due()).containsExactly(MAIL);
    assertThat(debounce.due()).isEmpty();
  }

  @Test
  void theSourcesOfANamespaceHoldUpThoseOfNoOther() {
    NamespacedSource other = new NamespacedSource("team-b", SourceKey.secret("db"));
    debounce.changed(DB);
    debounce.changed(MAIL);
    debounce.changed(other);
    advance(Duration.ofSeconds(2));

    assertThat(debounce.due()).containsExactly(DB, other);
  }

  @Test
  void aWriterThatNeverStopsIsPassedOnAfterTenSeconds() {
    for (int second = 0; second < 10; second++) {
      debounce.changed(DB);
      assertThat(debounce.due()).isEmpty();
      advance(Duration.ofSeconds(1));
    }

    assertThat(debounce.due()).containsExactly(DB);
    debounce.changed(DB);
    advance(Duration.ofSeconds(1));
    assertThat(debounce.due()).as("a new burst").isEmpty();
  }

  @Test
  void aSourceThatIsForgottenIsNotPassedOn() {
    debounce.changed(DB);
    debounce.forget(DB);
    advance(Duration.ofSeconds(20));

    assertThat(debounce.due()).isEmpty();
  }

  @Test
  void theTimerPassesOnWhatIsDueAndGoesOnAfterAFailure() {
    ChangeDebounce failing =
        new ChangeDebounce(
            timer,
            System::nanoTime,
            source -> {
              passed.add(source);
              throw new IllegalStateException("a listener fails");
            });

    failing.changed(DB);
    failing.changed(MAIL);
    Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> passed.size() == 2);
    failing.changed(DB);

    Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> passed.size() == 3);
    assertThat(List.copyOf(passed)).endsWith(DB);
  }

  private void advance(Duration time) {
    now.addAndGet(time.toNanos());
  }
}
