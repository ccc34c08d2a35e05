package dev.lambdaconfig.cli.plan;

import dev.lambdaconfig.cli.options.PlanOptions.Colour;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What is known of where the standard streams lead. */
final class TerminalDetection {

  private static final int OUT = 1;
  private static final int ERR = 2;

  private final Map<String, String> environment;

  TerminalDetection(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Whether to colour standard output (https://no-color.org). */
  boolean coloured(Colour colour) {
    return switch (colour) {
      case ALWAYS -> true;
      case NEVER -> false;
      case AUTO ->
          environment.getOrDefault("NO_COLOR", "").isEmpty()
              && !environment.getOrDefault("TERM", "dumb").equals("dumb")
              && isTerminal(OUT);
    };
  }

  /** Whether a line on standard error can be replaced by a later one. */
  boolean showsProgress() {
    return isTerminal(ERR);
  }

  /**
   * Whether a stream leads to a terminal. Java knows that only of standard input and output
   * together, and manifests often come through the former.
   */
  private static boolean isTerminal(int descriptor) {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      // No Linux: a text without colours and a log without progress do no harm.
      return false;
    }
  }
}
