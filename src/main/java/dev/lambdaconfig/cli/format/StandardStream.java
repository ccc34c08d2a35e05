package dev.lambdaconfig.cli.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A standard stream, and whether it leads to a terminal. Java knows only whether input and output
 * both do, and manifests often come through the former.
 */
public enum StandardStream {
  /** Standard output. */
  OUT(1),
  /** Standard error. */
  ERR(2);

  private final int descriptor;

  StandardStream(int descriptor) {
    this.descriptor = descriptor;
  }

  /** Returns whether the stream leads to a terminal. */
  public boolean isTerminal() {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      // No Linux: a text without colours and a log without progress do no harm.
      return false;
    }
  }

  /**
   * Returns whether the stream leads to a terminal that takes escape sequences, such as those of
   * colours, and may be sent some.
   */
  public boolean takesEscapes(Map<String, String> environment) {
    return allowsEscapes(environment) && isTerminal();
  }

  /**
   * Whether the variables allow escape sequences: {@code TERM} and, by https://no-color.org, {@code
   * NO_COLOR}.
   */
  static boolean allowsEscapes(Map<String, String> environment) {
    return environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !environment.getOrDefault("TERM", "dumb").equals("dumb");
  }
}
