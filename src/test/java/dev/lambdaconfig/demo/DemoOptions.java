package dev.lambdaconfig.demo;

import dev.lambdaconfig.program.Flags;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/**
 * The command line, as the profile {@code demo} of the pom writes it.
 *
 * @param once whether to end after the story, for CI; else the demo stays until Ctrl-C
 * @param basedir the project's folder
 * @param server the kind of API server to use
 */
record DemoOptions(boolean once, Path basedir, Server server) {

  /** The kind of API server to use. */
  enum Server {
    /** A real one where one is at hand in seconds, else the in-process one. */
    AUTO,
    /** A real one, or none. */
    REAL,
    /** The in-process one. */
    IN_PROCESS
  }

  private static final Set<String> FLAGS = Set.of("once", "basedir", "server");

  static DemoOptions parse(String... arguments) {
    Flags flags = Flags.parse(FLAGS, arguments);
    return new DemoOptions(
        flags.isOn("once"), flags.basedir(), server(flags.text("server", "auto")));
  }

  private static Server server(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "auto" -> Server.AUTO;
      case "real" -> Server.REAL;
      case "in-process" -> Server.IN_PROCESS;
      default ->
          throw new IllegalArgumentException(
              "demo.server is '" + name + "': write auto, real or in-process");
    };
  }
}
