package dev.lambdaconfig.cli.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
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

  private static final Integer ROOT = 0;
  private static final int STICKY = 0x200;

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
    Path jar = Path.of(given.get(1)).toAbsolutePath();
    Path launcher = jar.resolveSibling(NAME);
    if (!Files.isExecutable(launcher) || Files.isDirectory(launcher) || !isTrusted(launcher, jar)) {
      return List.of();
    }
    List<String> command = new ArrayList<>();
    command.add("/usr/bin/env");
    command.add("JAVA_HOME=" + System.getProperty("java.home"));
    command.add(launcher.toString());
    command.addAll(args);
    return command;
  }

  /**
   * Whether only root, this user or the jar's owner can write the launcher: in a folder such as
   * /tmp anybody can put a file beside the jar.
   */
  private static boolean isTrusted(Path launcher, Path jar) {
    try {
      Object owner = Files.getAttribute(launcher, "unix:uid");
      boolean own =
          owner.equals(ROOT)
              || owner.equals(Files.getAttribute(jar, "unix:uid"))
              || owner.equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
      return own
          && !isWritableByOthers(launcher)
          && (!isWritableByOthers(jar.resolveSibling("")) || isSticky(jar.resolveSibling("")));
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isWritableByOthers(Path path) throws IOException {
    return Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_WRITE);
  }

  /** Whether only its owner can replace a file of the folder. */
  private static boolean isSticky(Path folder) throws IOException {
    return ((int) Files.getAttribute(folder, "unix:mode") & STICKY) != 0;
  }
}
