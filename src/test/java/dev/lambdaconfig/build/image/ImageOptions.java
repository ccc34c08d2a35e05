package dev.lambdaconfig.build.image;

import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The options of the image's build, as Maven passes them; an empty one is as good as none.
 *
 * @param folder where the image is put together
 * @param archive the image
 * @param packages where downloaded packages are kept
 * @param base a tar archive to be used as base in place of the packages
 * @param jmods the modules of an architecture that is not this machine's
 */
record ImageOptions(
    Path jar,
    Path jvmOptions,
    Path billOfMaterials,
    Path lock,
    Path folder,
    Path archive,
    Path packages,
    Path base,
    Path jmods,
    List<String> mirrors,
    boolean offline,
    List<String> architectures,
    Set<String> modules,
    Instant time,
    String version,
    String description,
    String revision,
    String source) {

  private static final String PREFIX = "--";

  /** Reads {@code --name=value}. */
  static ImageOptions parse(String[] args) {
    Map<String, String> values = new HashMap<>();
    for (String arg : args) {
      int equals = arg.indexOf('=');
      if (!arg.startsWith(PREFIX) || equals < 0) {
        throw new IllegalArgumentException("not --name=value: " + arg);
      }
      values.put(arg.substring(PREFIX.length(), equals), arg.substring(equals + 1));
    }
    Path target = path(values, "target");
    List<String> architectures = list(values, "architectures");
    return new ImageOptions(
        target.resolve("lambda-config-operator.jar"),
        path(values, "basedir").resolve("src/main/launcher/jvm.options"),
        target.resolve("lambda-config-operator.cdx.json"),
        path(values, "basedir").resolve("src/main/image/packages.lock"),
        path(values, "folder"),
        path(values, "archive"),
        packages(values),
        path(values, "base"),
        path(values, "jmods"),
        list(values, "mirrors"),
        Boolean.parseBoolean(values.get("offline")),
        architectures.isEmpty() ? List.of(ofThisMachine()) : architectures,
        new TreeSet<>(list(values, "modules")),
        Instant.parse(text(values, "time")),
        text(values, "version"),
        text(values, "description"),
        text(values, "revision"),
        text(values, "source"));
  }

  private static Path packages(Map<String, String> values) {
    if (!text(values, "packages").isEmpty()) {
      return path(values, "packages");
    }
    String cache = System.getenv("XDG_CACHE_HOME");
    Path caches =
        cache == null || cache.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(cache);
    return caches.resolve("lambda-config-operator").resolve("packages");
  }

  private static String text(Map<String, String> values, String name) {
    return values.getOrDefault(name, "");
  }

  private static Path path(Map<String, String> values, String name) {
    return Path.of(text(values, name));
  }

  private static List<String> list(Map<String, String> values, String name) {
    return Stream.of(text(values, name).split(","))
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .toList();
  }

  /** Whether this machine can run images for an architecture. */
  static boolean canRun(String architecture) {
    return System.getProperty("os.name").toLowerCase(Locale.ROOT).equals("linux")
        && architecture.equals(ofThisMachine());
  }

  /** The architecture of this machine, as OCI names it. */
  private static String ofThisMachine() {
    return System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
  }
}
