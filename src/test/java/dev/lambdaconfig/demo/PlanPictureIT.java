package dev.lambdaconfig.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.packaged.PlanJar;
import dev.lambdaconfig.simulator.LambdaSimulator;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The picture of the README shows what {@code plan} prints over the manifests of the demo. */
final class PlanPictureIT {

  private static final Path SHOWN = Path.of("docs/images/plan.ansi");

  /** One that stands for those that the simulator makes up. */
  private static final String REVISION = "\"RevisionId\": \"8f2b1c9e-4d7a-4f63-9b0e-5a1d3c7e2f60\"";

  @TempDir private Path home = Path.of("");

  @Test
  void isTheOutputOfTheCommand() throws Exception {
    // Given
    Files.createSymbolicLink(home.resolve("deploy"), Path.of("deploy").toAbsolutePath());
    try (LambdaSimulator aws = DemoFunctions.start()) {
      // When
      PlanJar.Result result =
          PlanJar.of(home, aws.endpoint())
              .plan("-f", "deploy/samples", "--color=always", "--quiet");

      // Then
      String printed = result.out().replaceAll("\"RevisionId\": \"[-0-9a-f]+\"", REVISION);
      Path written = Files.writeString(Path.of("target/plan.ansi"), printed);
      assertThat(printed)
          .as("copy %s to %s, and run mvn -Pformat", written, SHOWN)
          .isEqualTo(Files.readString(SHOWN));
      assertThat(result.exitCode()).isEqualTo(2);
    }
  }
}
