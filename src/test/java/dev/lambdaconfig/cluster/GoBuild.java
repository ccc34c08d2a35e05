package dev.lambdaconfig.cluster;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Provides both programs, compiled once for each machine from Go modules whose hashes the project
 * pins.
 */
record GoBuild(
    HostEnvironment host, BinaryCache cache, PinnedModule module, Consumer<String> progress)
    implements ServerProvider {

  private static final Duration LIMIT = Duration.ofMinutes(25);
  private static final Duration PROGRESS_INTERVAL = Duration.ofSeconds(15);
  private static final Pattern VERSION =
      Pattern.compile("(?:go)?(\\d+)\\.(\\d+).*", Pattern.DOTALL);

  @Override
  public String name() {
    return "build from Go modules";
  }

  @Override
  public Speed speed() {
    return Speed.MINUTES;
  }

  @Override
  public String remedy() {
    return "install Go "
        + module.go()
        + " or newer (needs a Go module proxy and some minutes, once)";
  }

  @Override
  public ProviderResult attempt() {
    var go = findGo();
    if (go.isEmpty()) {
      return new ProviderResult.Missing("no go on PATH, nor in GOROOT");
    }
    try {
      var version = version(go.get());
      if (!newEnough(version, module.go())) {
        return new ProviderResult.Missing(
            "%s is %s; needed is %s or newer".formatted(go.get(), version, module.go()));
      }
      var folder = cache.obtain(module.kubernetes(), empty -> build(go.get(), empty));
      return new ProviderResult.Found(
          new Source.Binaries(folder, "binaries built from Go at " + folder));
    } catch (FileSystemException e) {
      return new ProviderResult.Missing("cannot keep what Go builds: " + e);
    } catch (IOException e) {
      return new ProviderResult.Missing(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new ProviderResult.Missing("interrupted");
    }
  }

  static boolean newEnough(String version, String wanted) {
    var have = VERSION.matcher(version);
    var need = VERSION.matcher(wanted);
    if (!have.matches() || !need.matches()) {
      return false;
    }
    int major = Integer.compare(Integer.parseInt(have.group(1)), Integer.parseInt(need.group(1)));
    return major > 0
        || (major == 0 && Integer.parseInt(have.group(2)) >= Integer.parseInt(need.group(2)));
  }

  private Optional<Path> findGo() {
    return host.executable("go")
        .or(
            () ->
                host.variable("GOROOT")
                    .map(root -> Path.of(root, "bin", "go"))
                    .filter(Files::isExecutable));
  }

  private String version(Path go) throws IOException, InterruptedException {
    var builder = new ProcessBuilder(go.toString(), "env", "GOVERSION").redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(host.environment());
    var process = builder.start();
    try (var out = process.inputReader()) {
      var line = out.readLine();
      return process.waitFor(10, TimeUnit.SECONDS) && line != null ? line : "of unknown version";
    } finally {
      process.destroyForcibly();
    }
  }

  private void build(Path go, Path folder) throws IOException, InterruptedException {
    var source = Files.createTempDirectory("apiserver-source-");
    try {
      module.copyTo(source);
      compile(go, source, folder.resolve(BinaryFolder.ETCD), "go.etcd.io/etcd/server/v3", "");
      var release = module.kubernetes();
      var flag = " -X k8s.io/component-base/version.git";
      compile(
          go,
          source,
          folder.resolve(BinaryFolder.API_SERVER),
          "k8s.io/kubernetes/cmd/kube-apiserver",
          flag
              + "Version="
              + release
              + flag
              + "Major="
              + release.major()
              + flag
              + "Minor="
              + release.minor());
    } finally {
      Folders.delete(source);
    }
  }

  private void compile(Path go, Path source, Path target, String main, String linkerFlags)
      throws IOException, InterruptedException {
    var command =
        List.of(
            go.toString(),
            "build",
            "-v",
            "-mod=readonly",
            "-trimpath",
            "-ldflags",
            "-s -w" + linkerFlags,
            "-o",
            target.toString(),
            main);
    var log = source.resolve(target.getFileName() + ".log");
    var began = System.nanoTime();
    progress.accept(
        "building %s for Kubernetes %s from Go modules, once for this machine; takes minutes"
            .formatted(target.getFileName(), module.kubernetes()));
    try (var build = ChildProcess.start(command, source, environment(), log)) {
      while (!build.exitsWithin(PROGRESS_INTERVAL)) {
        var elapsed = Duration.ofNanos(System.nanoTime() - began);
        if (elapsed.compareTo(LIMIT) > 0) {
          throw new IOException("go build was not done after " + LIMIT.toMinutes() + " minutes");
        }
        progress.accept(
            "building %s: %d s elapsed, %d modules downloaded, %d packages compiled%s"
                .formatted(
                    target.getFileName(),
                    elapsed.toSeconds(),
                    build.log().filter(line -> line.startsWith("go: downloading")).count(),
                    build.log().filter(line -> !line.startsWith("go: ")).count(),
                    build.log().reduce((first, last) -> last).map(last -> ", " + last).orElse("")));
      }
      if (build.exitCode() != 0) {
        throw new IOException("go build failed:\n" + build.tail());
      }
    }
  }

  private Map<String, String> environment() {
    var environment = new HashMap<>(host.environment());
    // A developer's settings must not turn this into a cross or a vendored build.
    List.of("GOOS", "GOARCH", "GOEXPERIMENT", "GO111MODULE").forEach(environment::remove);
    environment.put("GOFLAGS", "-buildvcs=false");
    environment.put("GOWORK", "off");
    environment.put("CGO_ENABLED", "0");
    return environment;
  }
}
