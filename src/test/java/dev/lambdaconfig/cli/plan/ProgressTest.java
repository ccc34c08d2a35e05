package dev.lambdaconfig.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The progress of reads on standard error. */
final class ProgressTest {

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private long now = Long.MAX_VALUE - 5;

  private Progress progress(boolean terminal) {
    return new Progress(
        new PrintStream(printed, true, StandardCharsets.UTF_8), terminal, () -> now, 200);
  }

  private void readEach(Progress progress, int functions, Duration time) {
    for (int i = 0; i < functions; i++) {
      now += time.toNanos();
      progress.read();
    }
  }

  private String text() {
    return printed.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }

  @Test
  void aLogHasALineEveryFewSeconds() {
    Progress progress = progress(false);

    readEach(progress, 200, Duration.ofMillis(60));
    progress.end();

    assertThat(text())
        .isEqualTo("plan: 84 of 200 functions read\nplan: 168 of 200 functions read\n");
  }

  @Test
  void whatIsDoneSoonHasNone() {
    Progress progress = progress(false);

    readEach(progress, 200, Duration.ofMillis(20));
    progress.end();

    assertThat(text()).isEmpty();
  }

  @Test
  void aTerminalHasOneLineThatIsReplacedAndRemoved() {
    Progress progress = progress(true);

    readEach(progress, 4, Duration.ofMillis(60));
    progress.end();

    assertThat(text())
        .isEqualTo(
            "\r\u001b[Kplan: 2 of 200 functions read\r\u001b[Kplan: 4 of 200 functions read"
                + "\r\u001b[K");
  }

  @Test
  void aTerminalIsLeftAloneWhereNothingWasRead() {
    progress(true).end();

    assertThat(text()).isEmpty();
  }
}
