package dev.lambdaconfig.cli.preflight;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which values of KUBECONFIG an operator starts with. */
final class KubeconfigTest {

  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " "})
  void withoutAValueTheClientLooksByItself(@Nullable String variable) {
    assertThatCode(() -> Kubeconfig.requireReadable(variable)).doesNotThrowAnyException();
  }

  @Test
  void oneFileOfSeveralIsEnough() throws IOException {
    Path file = Files.createFile(folder.resolve("config"));

    assertThatCode(
            () ->
                Kubeconfig.requireReadable(
                    folder.resolve("nowhere") + File.pathSeparator + file + File.pathSeparator))
        .doesNotThrowAnyException();
  }

  @Test
  void filesThatAreNotThereAreNamed() {
    String variable = folder.resolve("a") + File.pathSeparator + folder.resolve("b");

    assertThatExceptionOfType(StartupException.class)
        .isThrownBy(() -> Kubeconfig.requireReadable(variable))
        .withMessageContaining("KUBECONFIG names " + variable)
        .withMessageEndingWith("correct it, or unset it to run in a Pod");
  }
}
