package dev.lambdaconfig.cli.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When the process goes on as the launcher beside its jar. */
@DisabledOnOs(OS.WINDOWS)
final class LauncherCommandTest {

  private static final List<String> ARGS = List.of("run", "--workers=3");

  @TempDir private Path folder = Path.of("");

  private Path jar = Path.of("");
  private Path launcher = Path.of("");

  @BeforeEach
  void install() throws IOException {
    jar = Files.createFile(folder.resolve("lambda-config-operator.jar"));
    launcher = Files.createFile(folder.resolve("lambda-config-operator"));
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void aBareJarGoesOnWithItsArgumentsOnTheSameJava() {
    assertThat(Launcher.command(given("-jar", jar.toString()), ARGS, Map.of("HOME", "/root")))
        .containsExactly(
            "/usr/bin/env",
            "JAVA_HOME=" + System.getProperty("java.home"),
            launcher.toString(),
            "run",
            "--workers=3");
  }

  @Test
  void optionsOfTheJvmAreAChoiceToBeKept() {
    assertThat(Launcher.command(given("-Xmx64m", "-jar", jar.toString()), ARGS, Map.of()))
        .isEmpty();
    assertThat(Launcher.command(given("-cp", jar.toString()), ARGS, Map.of())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS"})
  void soAreThoseInTheEnvironment(String variable) {
    assertThat(Launcher.command(given("-jar", jar.toString()), ARGS, Map.of(variable, "-Xmx64m")))
        .isEmpty();
  }

  @Test
  void whereTheSystemDoesNotTellItsArgumentsNothingIsReplaced() {
    assertThat(Launcher.command(List.of(), ARGS, Map.of())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFileThatAnybodyCouldHaveWrittenIsNoLauncher(boolean folderIsOpen) throws IOException {
    // Given
    Files.setPosixFilePermissions(
        folderIsOpen ? folder : launcher, PosixFilePermissions.fromString("rwxr-xrwx"));

    // Then
    assertThat(Launcher.command(given("-jar", jar.toString()), ARGS, Map.of())).isEmpty();
  }

  @Test
  void aFolderOrAFileThatCannotBeRunIsNoLauncher() throws IOException {
    // Given
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rw-r--r--"));
    List<String> notExecutable = Launcher.command(given("-jar", jar.toString()), ARGS, Map.of());
    Files.delete(launcher);
    List<String> missing = Launcher.command(given("-jar", jar.toString()), ARGS, Map.of());
    Files.createDirectory(launcher);

    // When
    List<String> aFolder = Launcher.command(given("-jar", jar.toString()), ARGS, Map.of());

    // Then
    assertThat(notExecutable).isEmpty();
    assertThat(missing).isEmpty();
    assertThat(aFolder).isEmpty();
  }

  /** What {@code java} was given: these, then the arguments. */
  private static List<String> given(String... words) {
    return Stream.concat(Stream.of(words), ARGS.stream()).toList();
  }
}
