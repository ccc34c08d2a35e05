package dev.lambdaconfig.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The Java that the launcher tells scripts, which needs no jar. */
@DisabledOnOs(OS.WINDOWS)
final class JavaHomeTest {

  private static final String LAUNCHER =
      Path.of("src/main/launcher/lambda-config-operator").toAbsolutePath().toString();

  @TempDir private Path folder = Path.of("");

  @Test
  void isTheOneThatWouldBeTaken() throws Exception {
    Path java = java();

    Shell.Result result = new Shell(folder).with("JAVA_HOME", java).run(LAUNCHER, "java-home");

    assertThat(result).isEqualTo(new Shell.Result(0, java + "\n"));
  }

  /** A version manager has a script on the PATH, whose folder is not that of a Java. */
  @Test
  void aShimOnThePathIsAskedForItsJava() throws Exception {
    Path java = java();
    Path shim =
        executable(
            Files.createDirectories(folder.resolve("shims")).resolve("java"),
            "echo '    java.home = %s' >&2".formatted(java));

    Shell.Result result =
        new Shell(folder)
            .with("PATH", shim.getParent() + ":/usr/bin:/bin")
            .run(LAUNCHER, "java-home");

    assertThat(result).isEqualTo(new Shell.Result(0, java + "\n"));
  }

  private Path java() throws IOException {
    Path home = Files.createDirectories(folder.resolve("jdk-98"));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"98.0.1\"\n");
    executable(Files.createDirectories(home.resolve("bin")).resolve("java"), "exit 3");
    return home;
  }

  private static Path executable(Path file, String script) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
