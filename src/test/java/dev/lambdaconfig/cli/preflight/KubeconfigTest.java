package dev.lambdaconfig.cli.preflight;

import static org.assertj.core.api.Assertions.assertThat;

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

/** Which values of KUBECONFIG a command starts with. */
final class KubeconfigTest {

  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " "})
  void withoutAValueTheClientLooksByItself(@Nullable String variable) {
    assertThat(Kubeconfig.problem(variable)).isNull();
  }

  @Test
  void oneFileOfSeveralIsEnough() throws IOException {
    Path file = Files.createFile(folder.resolve("config"));

    assertThat(
            Kubeconfig.problem(
                folder.resolve("nowhere") + File.pathSeparator + file + File.pathSeparator))
        .isNull();
  }

  @Test
  void filesThatAreNotThereAreNamed() {
    String variable = folder.resolve("a") + File.pathSeparator + folder.resolve("b");

    assertThat(Kubeconfig.problem(variable))
        .isEqualTo(
            "KUBECONFIG names "
                + variable
                + ", but no such file can be read: correct it, or unset it");
  }

  @Test
  void aFolderIsNoFile() {
    assertThat(Kubeconfig.problem(folder.toString())).contains("no such file can be read");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a: [", "[]", "kubeconfig", "clusters: 1"})
  void theOneThatIsNoKubeconfigIsNamed(String text) throws IOException {
    Path good = Files.writeString(folder.resolve("good"), "kind: Config\nclusters: []\n");
    Path bad = Files.writeString(folder.resolve("bad"), text);

    assertThat(Kubeconfig.problem(good + File.pathSeparator + bad))
        .isEqualTo("KUBECONFIG: " + bad + " is no kubeconfig: check its YAML");
  }
}
