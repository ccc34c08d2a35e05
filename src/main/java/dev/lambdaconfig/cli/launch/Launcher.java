package dev.lambdaconfig.cli.launch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Replaces the process by the launcher beside the jar, under the same process id, if no option of
 * the JVM was chosen. The launcher knows which heap, collector and compiler serve the operator.
 * With {@code java -jar} alone the JVM takes a quarter of the machine's memory, and twice the
 * memory and the CPU for the same work.
 */
public final class Launcher {

  private static final String NAME = "lambda-config-operator";

  /** The environment variables from which the JVM takes options. */
  private static final Set<String> OPTIONS =
      Set.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS");

  private Launcher() {}

  /**
   * Replaces this process by the launcher; returns if there is no reason to or if that is not
   * possible.
   *
   * @param args the arguments of the operator
   */
  public static void takeOver(String[] args) {
    String[] given = ProcessHandle.current().info().arguments().orElse(new String[0]);
    List<String> command = command(List.of(given), List.of(args), System.getenv());
    if (!command.isEmpty()) {
      ProcessImage.replace(command);
    }
  }

  /**
   * Returns the command of the launcher, or an empty list if this process is to go on.
   *
   * @param given the arguments of {@code java}
   * @param args the arguments of the operator, which are the last of them
   */
  static List<String> command(
      List<String> given, List<String> args, Map<String, String> environment) {
    boolean bare =
        given.size() == args.size() + 2
            && given.getFirst().equals("-jar")
            && environment.keySet().stream().noneMatch(OPTIONS::contains);
    if (!bare) {
      return List.of();
    }
    Path launcher = Path.of(given.get(1)).toAbsolutePath().resolveSibling(NAME);
    if (!Files.isExecutable(launcher) || Files.isDirectory(launcher)) {
      return List.of();
    }
    List<String> command = new ArrayList<>();
    command.add("/usr/bin/env");
    command.add("JAVA_HOME=" + System.getProperty("java.home"));
    command.add(launcher.toString());
    command.addAll(args);
    return command;
  }
}
