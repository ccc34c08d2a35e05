package dev.lambdaconfig.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The build with a script in place of Go. */
class GoBuildTest {

  @TempDir Path home;

  @ParameterizedTest
  @CsvSource({
    "go1.24,1.24.0,true",
    "go1.24.3,1.24.0,true",
    "go1.26.8,1.24.0,true",
    "go2.0,1.24.0,true",
    "go1.23.12,1.24.0,false",
    "go1.9,1.24.0,false",
    "devel +abc,1.24.0,false"
  })
  void knowsWhichGoIsNewEnough(String version, String wanted, boolean enough) {
    assertThat(GoBuild.newEnough(version, wanted)).isEqualTo(enough);
  }

  @Test
  void cachesWhatGoBuilt() throws IOException {
    var module = PinnedModule.onClassPath();
    go(
        """
        if [ "$1" = env ]; then echo go1.99.1; exit; fi
        test -f go.mod && test -f go.sum && test -f tools.go || exit 3
        while [ "$1" != -o ]; do shift; done
        echo built > "$2"; chmod +x "$2"
        """);

    var step = attempt();

    var folder =
        home.resolve(".cache/lambda-config-operator/apiserver")
            .resolve(module.kubernetes() + "-linux-amd64");
    assertThat(step)
        .isEqualTo(
            new ProviderResult.Found(
                new Source.Binaries(folder, "binaries built from Go at " + folder)));
    assertThat(folder.resolve("kube-apiserver")).hasContent("built");
  }

  @Test
  void handsOnWhatGoSaidWhereItFails() throws IOException {
    go(
        """
        if [ "$1" = env ]; then echo go1.99.1; exit; fi
        echo 'lookup module proxy: no such host' >&2; exit 1
        """);

    assertThat(attempt())
        .isEqualTo(
            new ProviderResult.Missing("go build failed:\nlookup module proxy: no such host"));
  }

  @Test
  void leavesAnOldGoAlone() throws IOException {
    go("echo go1.19.4");

    assertThat(attempt())
        .isEqualTo(
            new ProviderResult.Missing(
                home.resolve("bin/go") + " is go1.19.4; needed is 1.24.0 or newer"));
  }

  private ProviderResult attempt() {
    var host =
        new HostEnvironment(
            Map.of("PATH", home.resolve("bin") + ":/usr/bin:/bin"),
            Map.of(),
            home,
            "linux",
            "amd64",
            machine -> new DockerProbe.Silent(""),
            URI.create("http://127.0.0.1:1/"));
    var cache = new BinaryCache(host.cacheFolder(), host.platform(), progress -> {});
    return new GoBuild(host, cache, PinnedModule.onClassPath(), progress -> {}).attempt();
  }

  private void go(String script) throws IOException {
    var file = Files.createDirectories(home.resolve("bin")).resolve("go");
    Files.writeString(file, "#!/bin/sh\n" + script);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }
}
