package dev.lambdaconfig.cli.plan;

import dev.lambdaconfig.text.Counted;
import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The progress of reads on standard error: one line that is replaced on a terminal, else a line
 * every few seconds.
 */
final class Progress {

  private static final long ON_TERMINAL = Duration.ofMillis(100).toNanos();
  private static final long IN_A_LOG = Duration.ofSeconds(5).toNanos();
  private static final String ERASE = "\r\u001b[K";

  private final PrintStream err;
  private final boolean terminal;
  private final LongSupplier nanos;
  private final int total;
  private int read;
  private long shown;

  /**
   * Shows nothing yet.
   *
   * @param terminal whether a terminal takes the lines, and the escape sequence that erases one
   * @param nanos a steady clock
   * @param total the number of functions to read
   */
  Progress(PrintStream err, boolean terminal, LongSupplier nanos, int total) {
    this.err = err;
    this.terminal = terminal;
    this.nanos = nanos;
    this.total = total;
    this.shown = nanos.getAsLong();
  }

  /** Counts a function that was read. */
  synchronized void read() {
    read++;
    long now = nanos.getAsLong();
    if (now - shown < (terminal ? ON_TERMINAL : IN_A_LOG)) {
      return;
    }
    shown = now;
    String line = "plan: " + read + " of " + Counted.of(total, "function") + " read";
    if (terminal) {
      err.print(ERASE + line);
      err.flush();
    } else {
      err.println(line);
    }
  }

  /** Removes the line from the terminal. */
  synchronized void end() {
    if (terminal && read > 0) {
      err.print(ERASE);
      err.flush();
    }
  }
}
