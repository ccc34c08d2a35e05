package dev.lambdaconfig.launcher;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code java -jar} continues as the launcher beside the jar. The launcher of these tests only
 * reports its call.
 */
@DisabledOnOs(OS.WINDOWS)
@EnabledForJreRange(min = JRE.JAVA_22)
final class BareJarIT {

  private static final String JAVA = System.getProperty("java.home") + "/bin/java";

  @TempDir private Path folder = Path.of("");

  private Path jar = Path.of("");

  @BeforeEach
  void install() throws IOException {
    jar = Files.createDirectory(folder.resolve("it's here")).resolve("lambda-config-operator.jar");
    Files.copy(Path.of(requireNonNull(System.getProperty("operator.jar"))), jar);
  }

  private void launcher() throws IOException {
    Path launcher = jar.resolveSibling("lambda-config-operator");
    Files.writeString(
        launcher,
        """
        #!/bin/sh
        echo "process $$"
        echo "java $JAVA_HOME"
        printf '%s\\n' "$@"
        """);
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Shell shell() {
    // It fails: there is no such cluster.
    return new Shell(folder).with("KUBECONFIG", folder.resolve("nowhere"));
  }

  /** The shell's process id is that of what it becomes. */
  private Shell.Result start(Shell shell, String java) throws IOException, InterruptedException {
    return shell.run("/bin/sh", "-c", "echo \"process $$\"; exec " + java, "sh", jar.toString());
  }

  @Test
  void theProcessGoesOnAsTheLauncherWithAllArgumentsAndTheSameJava() throws Exception {
    // Given
    launcher();

    // When
    Shell.Result result = start(shell(), JAVA + " -jar \"$1\" run --namespaces 'a b'");

    // Then
    String process = result.output().lines().findFirst().orElseThrow();
    assertThat(result.output().lines())
        .containsExactly(
            process,
            process,
            "java " + System.getProperty("java.home"),
            "run",
            "--namespaces",
            "a b");
  }

  @Test
  void whoChoosesOptionsOfTheJvmIsLeftAlone() throws Exception {
    // Given
    launcher();

    // When
    Shell.Result onTheLine = start(shell(), JAVA + " -Xmx64m -jar \"$1\"");
    Shell.Result outside =
        start(shell().with("JDK_JAVA_OPTIONS", "-Xmx64m"), JAVA + " -jar \"$1\"");

    // Then
    assertThat(onTheLine.output()).contains("cannot start: KUBECONFIG names");
    assertThat(outside.output()).contains("cannot start: KUBECONFIG names");
  }

  @Test
  void otherCommandsNeedNoOtherJvm() throws Exception {
    // Given
    launcher();

    // When
    Shell.Result result = start(shell(), JAVA + " -jar \"$1\" --version");

    // Then
    assertThat(result.output()).contains("on Java");
  }

  /** Java 24 and newer warn of a library that uses sun.misc.Unsafe. */
  @Test
  void theJvmHasNothingToWarnOfInAValidation() throws Exception {
    // Given
    Files.writeString(
        folder.resolve("orders.yaml"),
        """
        apiVersion: lambdaconfig.dev/v1alpha1
        kind: LambdaFunctionConfig
        metadata: {name: orders}
        spec: {functionName: orders, timeout: 30}
        """);

    // When
    Shell.Result result =
        start(shell(), JAVA + " -jar \"$1\" validate -f " + folder.resolve("orders.yaml"));

    // Then
    assertThat(result.output().lines().skip(1))
        .containsExactly("1 LambdaFunctionConfig: 0 errors, 0 warnings");
  }

  @Test
  void allThatIsWrongWithTheVariablesKeepsTheOperatorFromItsStart() throws Exception {
    // When
    Shell.Result result =
        start(shell().with("AWS_ENDPOINT_URL", "localhost:4566"), JAVA + " -jar \"$1\"");

    // Then
    assertThat(result.exitCode()).isOne();
    assertThat(result.output())
        .contains("cannot start: AWS_ENDPOINT_URL: 'localhost:4566' is no URL of an endpoint: ")
        .contains("; KUBECONFIG names ")
        .doesNotContain("\tat ", "is running");
  }

  @Test
  void aJarWithoutLauncherStartsByItself() throws Exception {
    // When
    Shell.Result result = start(shell(), JAVA + " -jar \"$1\"");

    // Then
    assertThat(result.output()).contains("cannot start: KUBECONFIG names");
  }
}
