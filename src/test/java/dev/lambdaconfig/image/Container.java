package dev.lambdaconfig.image;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdaconfig.cluster.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs the image's command in its root file system as a container runtime would: read-only, with a
 * folder of the test as {@code /tmp}, as the image's user, with nothing but the image's
 * environment.
 *
 * <p>That takes root, or a user namespace that knows the user by that number. Where neither can be
 * had, the image's own dynamic linker runs the command as a usual process, so that the image's C
 * library still serves it.
 */
final class Container {

  private static final String ENTER =
      """
      root=$1; tmp=$2; user=$3; shift 3
      chroot=$(PATH=/usr/sbin:/sbin:$PATH command -v chroot) &&
        mount --bind "$root" "$root" && mount --rbind /proc "$root/proc" &&
        mount --rbind /dev "$root/dev" && mount --bind "$tmp" "$root/tmp" &&
        mount -o remount,bind,ro "$root" && exec "$chroot" $user "$root" "$@"
      """;

  private static final List<List<String>> WAYS =
      List.of(
          List.of("--mount"),
          List.of("--user", "--map-user=65532", "--map-group=65532", "--keep-caps", "--mount"));

  private final UnpackedImage image;
  private final Path tmp;
  private final List<String> enter;

  private Container(UnpackedImage image, Path tmp, List<String> enter) {
    this.image = image;
    this.tmp = tmp;
    this.enter = enter;
  }

  /** Returns the closest to a container that this machine allows. */
  static Container of(UnpackedImage image, Path tmp) throws IOException, InterruptedException {
    Path folder = Files.createDirectories(tmp).toRealPath();
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    String user = image.config().at("/config/User").asText();
    for (List<String> way : WAYS) {
      List<String> enter = new ArrayList<>(List.of("unshare"));
      enter.addAll(way);
      enter.addAll(List.of("sh", "-c", ENTER, "sh", image.root().toString(), folder.toString()));
      // In the second way the user is that one already.
      enter.add(way.contains("--user") ? "" : "--userspec=" + user + " --groups=");
      Container each = new Container(image, folder, enter);
      ChildProcess probe = each.start(Map.of(), List.of("/opt/java/bin/java", "-version"));
      boolean works = probe.exitsWithin(Duration.ofMinutes(1)) && probe.exitCode() == 0;
      probe.close();
      if (works) {
        return each;
      }
    }
    return new Container(image, folder, List.of());
  }

  /** Whether it runs in the image's root, read-only, as the image's user. */
  boolean isConfined() {
    return !enter.isEmpty();
  }

  /** The folder that is its {@code /tmp}. */
  Path tmp() {
    return tmp;
  }

  /** Returns how the command names a file of that folder. */
  String inTmp(String name) {
    return isConfined() ? "/tmp/" + name : tmp.resolve(name).toString();
  }

  /** Starts the image's command with more variables and arguments. */
  ChildProcess startOperator(Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(entrypoint());
    command.addAll(List.of(arguments));
    return start(environment, command);
  }

  /** Runs the image's command to its end; returns what it said, and its exit code. */
  String runOperator(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    ChildProcess process = startOperator(environment, arguments);
    try (process) {
      if (!process.exitsWithin(Duration.ofMinutes(2))) {
        throw new AssertionError("it does not end: " + process.tail());
      }
      return process.log().collect(Collectors.joining("\n")) + "\nexit code " + process.exitCode();
    }
  }

  private List<String> entrypoint() throws IOException {
    List<String> command = new ArrayList<>();
    image.config().at("/config/Entrypoint").forEach(word -> command.add(word.asText()));
    return command;
  }

  ChildProcess start(Map<String, String> environment, List<String> command) throws IOException {
    Map<String, String> all = new LinkedHashMap<>();
    for (JsonNode variable : image.config().at("/config/Env")) {
      String[] parts = variable.asText().split("=", 2);
      all.put(parts[0], parts[1]);
    }
    all.putAll(environment);
    List<String> whole = new ArrayList<>(enter);
    if (isConfined()) {
      whole.addAll(command);
    } else {
      whole.addAll(byItsOwnLinker());
      // Paths of the image, where they begin a word or follow = or @.
      command.forEach(
          word -> whole.add(word.replaceFirst("(^|[=@])/(?=opt|app)", "$1" + image.root() + "/")));
    }
    Path log = Files.createTempFile(tmp, "container", ".log");
    return ChildProcess.start(whole, Files.createTempDirectory(tmp, "run"), all, log);
  }

  private List<String> byItsOwnLinker() throws IOException {
    return List.of(
        find("ld-linux-*.so.*").toString(),
        "--library-path",
        find("libc.so.6").resolveSibling("").toString());
  }

  private Path find(String name) throws IOException {
    var pattern = image.root().getFileSystem().getPathMatcher("glob:" + name);
    try (Stream<Path> files = Files.walk(image.root())) {
      return files
          .filter(file -> pattern.matches(file.getFileName()))
          .findFirst()
          .orElseThrow(() -> new IOException("the image has no " + name));
    }
  }
}
