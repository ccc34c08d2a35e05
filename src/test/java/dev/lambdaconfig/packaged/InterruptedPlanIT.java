package dev.lambdaconfig.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.simulator.FaultRule;
import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.simulator.LambdaSimulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C while the packaged {@code plan} reads functions. */
final class InterruptedPlanIT {

  /** What a shell reports of a process that SIGINT ended. */
  private static final int INTERRUPTED = 130;

  @TempDir private Path folder = Path.of("");

  @Test
  void endsItAndLeavesNoPartOfAPlan() throws Exception {
    try (LambdaSimulator aws = LambdaSimulator.start()) {
      // Given
      aws.createFunction(FunctionSeed.zip("orders"));
      FaultRule held = aws.faults().onAnything().always().thenHang();
      Path manifest =
          Files.writeString(
              folder.resolve("orders.yaml"),
              """
              apiVersion: lambdaconfig.dev/v1alpha1
              kind: LambdaFunctionConfig
              metadata: {name: orders}
              spec: {functionName: orders, timeout: 30}
              """);
      Path report = folder.resolve("plan.json");
      PlanJar jar = PlanJar.of(folder, aws.endpoint());
      Process plan =
          jar.start("plan", "-f", manifest.toString(), "-o", "json", "-o", "json=" + report);
      Awaitility.await("a read that AWS does not answer")
          .atMost(Duration.ofMinutes(2))
          .until(() -> held.hits() > 0);

      // When
      int sent = new ProcessBuilder("kill", "-INT", Long.toString(plan.pid())).start().waitFor();

      // Then
      assertThat(sent).isZero();
      PlanJar.Result result = jar.end(plan);
      assertThat(result.exitCode()).isEqualTo(INTERRUPTED);
      assertThat(result.out()).isEmpty();
      assertThat(report).doesNotExist();
    }
  }
}
