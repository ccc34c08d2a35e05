package dev.lambdaconfig.cluster;

import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The parts of a machine that the providers look at, so that tests can replace the machine.
 *
 * @param releaseIndex the list of official binaries
 */
record HostEnvironment(
    Map<String, String> environment,
    Map<String, String> properties,
    Path home,
    String os,
    String arch,
    DockerProbe docker,
    URI releaseIndex) {

  private static final URI ENVTEST_RELEASES =
      URI.create(
          "https://raw.githubusercontent.com/kubernetes-sigs/controller-tools/HEAD/envtest-releases.yaml");

  private static final Duration PING_LIMIT = Duration.ofMillis(1_500);

  HostEnvironment {
    environment = Map.copyOf(environment);
    properties = Map.copyOf(properties);
  }

  static HostEnvironment ofThisMachine() {
    var given = System.getProperty(GivenCluster.PROPERTY);
    return new HostEnvironment(
        System.getenv(),
        given == null ? Map.of() : Map.of(GivenCluster.PROPERTY, given),
        Path.of(System.getProperty("user.home")),
        goOs(System.getProperty("os.name")),
        goArch(System.getProperty("os.arch")),
        new DockerPing(PING_LIMIT),
        ENVTEST_RELEASES);
  }

  /**
   * A variable that is set and not blank: a shell unsets a variable for one command by an empty
   * value.
   */
  Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  Optional<String> property(String name) {
    return Optional.ofNullable(properties.get(name)).filter(value -> !value.isBlank());
  }

  Path cacheFolder() {
    return variable("XDG_CACHE_HOME")
        .map(Path::of)
        .filter(Path::isAbsolute)
        .orElseGet(() -> home.resolve(".cache"))
        .resolve("lambda-config-operator")
        .resolve("apiserver");
  }

  String platform() {
    return os + "-" + arch;
  }

  Optional<Path> executable(String name) {
    return Stream.of(variable("PATH").orElse("").split(File.pathSeparator))
        .filter(folder -> !folder.isBlank())
        .map(folder -> Path.of(folder).resolve(name))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }

  private static String goOs(String name) {
    var lower = name.toLowerCase(Locale.ROOT);
    if (lower.contains("mac")) {
      return "darwin";
    }
    return lower.contains("win") ? "windows" : lower;
  }

  private static String goArch(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "x86_64", "amd64" -> "amd64";
      case "aarch64", "arm64" -> "arm64";
      default -> name.toLowerCase(Locale.ROOT);
    };
  }
}
