package dev.lambdaconfig.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The build of the jar by the script of the hook and the action, in a copy of the repository, with
 * stand-ins for Maven and Java.
 */
final class FirstRunTest {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final String BUILDS = "builds";
  private static final String GO = "go";

  /** As Maven does, it writes the jar twice: without its libraries, and with them. */
  private static final String MVN =
      """
      #!/bin/sh
      set -eu
      echo "built by $JAVA_HOME" >> ../builds
      echo half > target/lambda-config-operator.jar
      until [ -e ../go ]; do sleep 0.05; done
      echo whole > target/lambda-config-operator.jar
      """;

  /** Prints the jar that it is to run. */
  private static final String JAVA =
      """
      #!/bin/sh
      while [ "$1" != -jar ]; do shift; done
      cat "$2"
      """;

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void copyTheRepository() throws IOException {
    for (String file : new String[] {"deploy/ci/lambda-config", launcher()}) {
      Path copy = folder.resolve("repository").resolve(file);
      Files.createDirectories(copy.resolveSibling(""));
      Files.copy(Path.of(file), copy);
    }
    executable("bin/mvn", MVN);
    executable("jdk/bin/java", JAVA);
    Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"25.0.1\"\n");
    Files.writeString(folder.resolve("a.yaml"), "apiVersion: lambdaconfig.dev/v1alpha1\n");
  }

  private static String launcher() {
    return "src/main/launcher/lambda-config-operator";
  }

  private void executable(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Process start() throws IOException {
    return new Shell(folder)
        .with("JAVA_HOME", folder.resolve("jdk"))
        .with("PATH", folder.resolve("bin") + ":/usr/bin:/bin")
        .start(
            folder.resolve("repository/deploy/ci/lambda-config").toString(),
            "validate",
            folder.resolve("a.yaml").toString());
  }

  private long builds() throws IOException {
    Path file = folder.resolve(BUILDS);
    return Files.exists(file) ? Files.readAllLines(file).size() : 0;
  }

  private static boolean waits(Process process) {
    return process
        .descendants()
        .anyMatch(
            each ->
                each.info().command().filter(name -> name.matches(".*/(flock|lockf)")).isPresent());
  }

  @Test
  void ofTwoFirstRunsOneBuilds() throws Exception {
    // Given
    Process first = start();
    Awaitility.await().atMost(PATIENCE).until(() -> builds() == 1);

    // When
    Process second = start();
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> waits(second) || builds() > 1 || !second.isAlive());
    Files.createFile(folder.resolve(GO));

    // Then
    Shell.Result built = Shell.result(first);
    assertThat(built.output()).startsWith("building ").endsWith("\nwhole\n");
    assertThat(built.exitCode()).isZero();
    assertThat(Shell.result(second)).isEqualTo(new Shell.Result(0, "whole\n"));
    assertThat(folder.resolve(BUILDS)).hasContent("built by " + folder.resolve("jdk"));
  }

  @Test
  void theNextRunUsesTheJar() throws Exception {
    Files.createFile(folder.resolve(GO));

    Shell.Result first = Shell.result(start());
    Shell.Result second = Shell.result(start());

    assertThat(first.exitCode()).as(first.output()).isZero();
    assertThat(second).isEqualTo(new Shell.Result(0, "whole\n"));
    assertThat(builds()).isOne();
  }

  @Test
  void whatAKilledBuildHasLeftIsBuiltAnew() throws Exception {
    // Given
    Process killed = start();
    Awaitility.await().atMost(PATIENCE).until(() -> builds() == 1);
    killed.descendants().forEach(ProcessHandle::destroyForcibly);
    killed.destroyForcibly().waitFor();

    // When
    Files.createFile(folder.resolve(GO));
    Shell.Result next = Shell.result(start());

    // Then
    assertThat(next.output()).endsWith("\nwhole\n");
    assertThat(builds()).isEqualTo(2);
  }
}
