package dev.lambdaconfig.build.image.runtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs programs of a root file system in it, on its own C library and under the paths that they
 * have in the image, with a folder of the build as {@code /tmp}.
 *
 * <p>That takes a user namespace, or root. Where neither can be had, they run as usual processes on
 * the C library of the machine.
 */
public final class Confinement {

  /** Arguments: the root, the folder for {@code /tmp}, and the command. */
  private static final String ENTER =
      """
      root=$1; tmp=$2; shift 2
      chroot=$(PATH=/usr/sbin:/sbin:$PATH command -v chroot) &&
      mount --rbind /proc "$root/proc" && mount --rbind /dev "$root/dev" &&
        mount --bind "$tmp" "$root/tmp" &&
        exec "$chroot" "$root" "$@"
      """;

  private final Path root;
  private final Path folder;
  private final List<String> prefix;

  private Confinement(Path root, Path folder, List<String> prefix) {
    this.root = root;
    this.folder = folder;
    this.prefix = prefix;
  }

  /** Returns the closest confinement that this machine allows. */
  public static Confinement of(Path root, Path folder) throws IOException, InterruptedException {
    Path tree = root.toRealPath();
    Path tmp = folder.toRealPath();
    for (List<String> user : List.of(List.<String>of(), List.of("--user", "--map-root-user"))) {
      List<String> prefix = new ArrayList<>(List.of("unshare"));
      prefix.addAll(user);
      prefix.addAll(List.of("--mount", "sh", "-c", ENTER, "sh"));
      prefix.addAll(List.of(tree.toString(), tmp.toString()));
      Confinement each = new Confinement(tree, tmp, prefix);
      if (each.works()) {
        return each;
      }
    }
    return new Confinement(tree, tmp, List.of());
  }

  private boolean works() throws InterruptedException {
    try {
      return run(Map.of(), List.of(java(), "-version")).isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether the programs see the root file system as theirs, so that paths in it are those. */
  public boolean isConfined() {
    return !prefix.isEmpty();
  }

  /** Returns how a program names a file of the root file system. */
  String inside(String path) {
    return isConfined() ? "/" + path : root.resolve(path).toString();
  }

  /** Returns how a program names a file of the folder. */
  String temporary(String name) {
    return isConfined() ? "/tmp/" + name : folder.resolve(name).toString();
  }

  /** The folder. */
  Path folder() {
    return folder;
  }

  /** Returns the JVM's command. */
  String java() {
    return inside("opt/java/bin/java");
  }

  /**
   * Runs a command to its end.
   *
   * @return what it said if it failed, else nothing
   */
  String run(Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(prefix);
    all.addAll(command);
    Path log = Files.createTempFile(folder, "run", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(all).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/bin:/bin");
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    int code = process.waitFor();
    String said = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
    return code == 0 ? "" : "exit code " + code + " of " + String.join(" ", command) + "\n" + said;
  }
}
