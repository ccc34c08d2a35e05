package dev.lambdaconfig.cli.launch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The launcher beside the jar, which knows how much heap, which collector and which compiler serve
 * the operator. {@code java -jar} alone gets what the JVM takes by itself: a quarter of the
 * machine's memory, and twice the memory and the CPU for the same work. So, where nobody has chosen
 * any option of the JVM, the process goes on as the launcher, under the same process id.
 */
public final class Launcher {

  private static final String NAME = "lambda-config-operator";

  /** Where options of the JVM can come from besides the command line. */
  private static final Set<String> OPTIONS =
      Set.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS");

  private Launcher() {}

  /**
   * Goes on as the launcher, or returns where that is not to be or cannot be.
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
   * The command to go on as, or nothing.
   *
   * @param given what {@code java} was given
   * @param args what of it is ours
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
