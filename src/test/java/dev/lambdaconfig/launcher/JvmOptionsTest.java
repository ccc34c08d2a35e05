package dev.lambdaconfig.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class JvmOptionsTest {

  /** An option that a Java knows as an experiment ends its start, unless that is allowed before. */
  @Test
  void optionsThatAnotherJavaDoesNotKnowOrLocksDoNotEndItsStart() throws IOException {
    assertThat(Files.readAllLines(Path.of("src/main/launcher/jvm.options")))
        .filteredOn(line -> line.startsWith("-"))
        .startsWith("-XX:+IgnoreUnrecognizedVMOptions", "-XX:+UnlockExperimentalVMOptions");
  }
}
