package dev.lambdaconfig.launcher;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The packaged operator creates its AOT cache by itself, without a cluster, AWS or network. */
@DisabledOnOs(OS.WINDOWS)
@EnabledForJreRange(min = JRE.JAVA_25)
final class AotCacheIT {

  @TempDir private Path folder = Path.of("");

  @Test
  void aTrainedCacheIsUsed() throws Exception {
    // Given
    Path launcher =
        Path.of(requireNonNull(System.getProperty("operator.jar")))
            .toAbsolutePath()
            .resolveSibling("lambda-config-operator");
    Path cache = folder.resolve("operator.aot");
    // None of these may be asked for anything.
    Shell shell =
        new Shell(folder)
            .with("JAVA_HOME", System.getProperty("java.home"))
            .with("KUBECONFIG", folder.resolve("nowhere"))
            .with("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
            .with("LAMBDA_CONFIG_LEADER_ELECT", "true");

    // When
    Shell.Result training = shell.run(launcher.toString(), "train-cache", cache.toString());

    // Then: the second start is in a mode that requires the cache
    assertThat(training.exitCode()).as(training.output()).isZero();
    assertThat(training.output()).contains("made " + cache).doesNotContain("WARN", "ERROR");
    Shell.Result start =
        shell
            .with("LAMBDA_CONFIG_AOT_CACHE", cache)
            .with("LAMBDA_CONFIG_JAVA_OPTIONS", "-XX:AOTMode=on -Xlog:class+load")
            .run(launcher.toString(), "--version");
    assertThat(start.exitCode()).as(start.output()).isZero();
    assertThat(start.output())
        .containsPattern("dev\\.lambdaconfig\\.cli\\.Main source: shared objects file");
    assertThat(folder.toFile().list()).as("what is left behind").containsExactly("operator.aot");
  }
}
