package dev.lambdaconfig.demo;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The command line, as the profile {@code demo} of the pom writes it.
 *
 * @param once whether to end after the story, for CI; else the demo stays until Ctrl-C
 * @param basedir the project's folder
 * @param server which API server to take
 */
record DemoOptions(boolean once, Path basedir, Server server) {

  /** Which API server to take. */
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
    Map<String, String> flags = new HashMap<>();
    for (String argument : arguments) {
      String[] flag = argument.split("=", 2);
      String name = flag[0].replaceFirst("^--", "");
      if (flag.length != 2 || !FLAGS.contains(name)) {
        throw new IllegalArgumentException("unknown: " + argument + ", known: " + FLAGS);
      }
      flags.put(name, flag[1]);
    }
    return new DemoOptions(
        !flags.getOrDefault("once", "false").equals("false"),
        Path.of(flags.getOrDefault("basedir", "")).toAbsolutePath(),
        server(flags.getOrDefault("server", "auto")));
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
