package dev.lambdaconfig.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The choice of a Java by the launcher, and the arguments it passes. The Java of these tests only
 * prints them.
 */
@DisabledOnOs(OS.WINDOWS)
final class LauncherTest {

  private static final Path SOURCES = Path.of("src/main/launcher");

  @TempDir private Path folder = Path.of("");

  private Path installed = Path.of("");

  /** The launcher and what lies beside it, in a folder that is hard to quote. */
  @BeforeEach
  void install() throws IOException {
    installed = Files.createDirectory(folder.toRealPath().resolve("it's installed"));
    for (String file : List.of("lambda-config-operator", "jvm.options")) {
      Files.copy(SOURCES.resolve(file), installed.resolve(file));
    }
    Files.setPosixFilePermissions(
        installed.resolve("lambda-config-operator"), PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.createFile(installed.resolve("lambda-config-operator.jar"));
  }

  @Test
  void allArgumentsGetThrough() throws Exception {
    // Given
    Shell shell = shell().with("JAVA_HOME", java("21.0.5"));

    // When
    Shell.Result result = start(shell, "run", "--namespaces", "a b", "");

    // Then
    assertThat(result.output().lines())
        .containsExactly(
            "java 21.0.5",
            "@" + installed + "/jvm.options",
            "-Xmx128m",
            "-jar",
            installed + "/lambda-config-operator.jar",
            "run",
            "--namespaces",
            "a b",
            "");
    assertThat(result.exitCode()).isEqualTo(3);
  }

  @Test
  void itIsFoundThroughALink() throws Exception {
    // Given
    Path link = folder.resolve("linked");
    Files.createSymbolicLink(link, Path.of("it's installed", "lambda-config-operator"));

    // When
    Shell.Result result = shell().with("JAVA_HOME", java("25")).run(link.toString());

    // Then
    assertThat(result.output().lines()).contains(installed + "/lambda-config-operator.jar");
  }

  @Test
  void anOldJavaIsPassedOverForTheOneOnThePath() throws Exception {
    // Given
    Path newer = java("21.0.5");
    Shell shell =
        shell()
            .with("JAVA_HOME", java("17.0.15"))
            .with("PATH", newer.resolve("bin") + ":/usr/bin:/bin");

    // When
    Shell.Result result = start(shell);

    // Then
    assertThat(result.output()).startsWith("java 21.0.5\n");
  }

  @Test
  void aJavaWithoutReleaseFileIsAskedItself() throws Exception {
    // Given
    Path java = java("21.0.5");
    Files.delete(java.resolve("release"));

    // When
    Shell.Result result = start(shell().with("JAVA_HOME", java));

    // Then
    assertThat(result.output()).startsWith("java 21.0.5\n");
  }

  @Test
  void theUsersOptionsComeLastSoThatTheyWin() throws Exception {
    // Given
    Shell shell =
        shell()
            .with("JAVA_HOME", java("25.0.3"))
            .with("LAMBDA_CONFIG_JAVA_OPTIONS", "-Xmx1g -Xlog:gc");

    // When
    Shell.Result result = start(shell);

    // Then
    assertThat(result.output().lines())
        .containsSubsequence(
            "@" + installed + "/jvm.options", "-Xmx128m", "-Xmx1g", "-Xlog:gc", "-jar");
  }

  @Test
  void aCacheBesideTheJarIsUsed() throws Exception {
    // Given
    Path cache = Files.createFile(installed.resolve("lambda-config-operator.aot"));

    // When
    Shell.Result result = start(shell().with("JAVA_HOME", java("25.0.3")));

    // Then
    assertThat(result.output().lines()).contains("-XX:AOTCache=" + cache);
  }

  @Test
  void aCacheInTheUsersFolderIsUsed() throws Exception {
    // Given
    Path cache =
        Files.createDirectories(folder.resolve(".cache/lambda-config-operator"))
            .resolve("lambda-config-operator.aot");
    Files.createFile(cache);

    // When
    Shell.Result result = start(shell().with("JAVA_HOME", java("25.0.3")));

    // Then
    assertThat(result.output().lines()).contains("-XX:AOTCache=" + cache);
  }

  @Test
  void aCacheOfAnotherBuildIsNotUsed() throws Exception {
    // Given
    Path cache = Files.createFile(installed.resolve("lambda-config-operator.aot"));
    Files.setLastModifiedTime(cache, FileTime.from(Instant.now().minusSeconds(60)));

    // When
    Shell.Result result = start(shell().with("JAVA_HOME", java("25.0.3")));

    // Then
    assertThat(result.output())
        .contains(cache + " is older than the jar")
        .contains("train-cache")
        .doesNotContain("-XX:AOTCache");
  }

  @Test
  void aCacheThatOthersCanWriteIsNotUsed() throws Exception {
    // Given
    Path cache = Files.createFile(installed.resolve("lambda-config-operator.aot"));
    Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rw-r--rw-"));

    // When
    Shell.Result result = start(shell().with("JAVA_HOME", java("25.0.3")));

    // Then
    assertThat(result.output())
        .contains("others can write " + cache)
        .doesNotContain("-XX:AOTCache")
        .contains("java 25.0.3");
  }

  @Test
  void neitherIsOneThatOthersCanReplaceUnlessItIsNamed() throws Exception {
    // Given
    Path cache = Files.createFile(installed.resolve("lambda-config-operator.aot"));
    Files.setPosixFilePermissions(installed, PosixFilePermissions.fromString("rwxr-xrwx"));

    // Then
    assertThat(start(shell().with("JAVA_HOME", java("25.0.3"))).output())
        .doesNotContain("-XX:AOTCache");
    assertThat(
            start(shell().with("JAVA_HOME", java("25.0.3")).with("LAMBDA_CONFIG_AOT_CACHE", cache))
                .output())
        .contains("-XX:AOTCache=" + cache);
  }

  @Test
  void withoutAHomeNoFolderOfEverybodyIsSearched() throws Exception {
    // Given: a folder in which a cache would not be safe
    Files.setPosixFilePermissions(installed, PosixFilePermissions.fromString("rwxr-xrwx"));

    // When
    Shell.Result result =
        start(shell().with("HOME", "").with("JAVA_HOME", java("25.0.3")), "train-cache");

    // Then
    assertThat(result.output()).contains("write train-cache FILE, or set HOME");
    assertThat(result.exitCode()).isEqualTo(1);
  }

  @Test
  void aJavaThatKnowsNoCacheIsSpared() throws Exception {
    // Given
    Files.createFile(installed.resolve("lambda-config-operator.aot"));

    // When
    Shell.Result result = start(shell().with("JAVA_HOME", java("24.0.1")));

    // Then
    assertThat(result.output()).doesNotContain("AOT");
  }

  @Test
  void trainingNeedsAJavaThatKnowsCaches() throws Exception {
    // When
    Shell.Result result = start(shell().with("JAVA_HOME", java("24.0.1")), "train-cache");

    // Then
    assertThat(result.output()).contains("an AOT cache needs Java 25 or newer").contains("Java 24");
    assertThat(result.exitCode()).isEqualTo(1);
  }

  @Test
  void aTrainingThatFailsLeavesTheOldCache() throws Exception {
    // Given: a Java that creates no cache
    Path cache = Files.createFile(installed.resolve("lambda-config-operator.aot"));

    // When
    Shell.Result result = start(shell().with("JAVA_HOME", java("25.0.3")), "train-cache");

    // Then
    assertThat(result.exitCode()).isNotZero();
    assertThat(cache).exists();
  }

  @Test
  void aMissingJarIsReported() throws Exception {
    // Given
    Files.delete(installed.resolve("lambda-config-operator.jar"));

    // When
    Shell.Result result = start(shell().with("JAVA_HOME", java("25.0.3")));

    // Then
    assertThat(result.output()).contains("there is no ").contains("mvn -DskipTests package");
    assertThat(result.exitCode()).isEqualTo(1);
  }

  private Shell shell() {
    return new Shell(folder);
  }

  private Shell.Result start(Shell shell, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(installed.resolve("lambda-config-operator").toString());
    command.addAll(List.of(arguments));
    return shell.run(command.toArray(String[]::new));
  }

  /** A home with a java that prints what it is called with, one argument a line. */
  private Path java(String version) throws IOException {
    Path home = Files.createDirectories(folder.resolve("jdk-" + version));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
    Files.writeString(
        java,
        """
        #!/bin/sh
        if [ "$1" = -version ]; then
          echo 'openjdk version "%1$s" 2026-01-01' >&2
          exit
        fi
        echo "java %1$s"
        printf '%%s\\n' "$@"
        exit 3
        """
            .formatted(version));
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    return home;
  }
}
