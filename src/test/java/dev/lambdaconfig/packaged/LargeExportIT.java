package dev.lambdaconfig.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.cluster.ChildProcess;
import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.simulator.LambdaSimulator;
import dev.lambdaconfig.simulator.LoggedRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An export of 10,000 functions, with the heap that an operator has for as many. */
final class LargeExportIT {

  private static final int FUNCTIONS = 10_000;
  private static final int PAGE = 50;
  private static final int MOST_PER_SECOND = 10;
  private static final Duration PATIENCE = Duration.ofMinutes(8);

  @TempDir private Path folder = Path.of("");

  @Test
  void tenThousandFunctionsNeedTheirPagesTheShippedHeapAndNoMoreThanTheQuota() throws Exception {
    try (LambdaSimulator aws = LambdaSimulator.start()) {
      // Given
      for (int i = 0; i < FUNCTIONS; i++) {
        aws.createFunction(
            FunctionSeed.zip("function-" + i)
                .with("Description", "function " + i)
                .with(
                    "Environment",
                    Map.of("Variables", Map.of("A", "a".repeat(200), "B", "b" + i))));
      }
      ExportJar export =
          new ExportJar(folder.resolve("home"), folder.resolve("functions"), aws.endpoint());

      // When
      try (ChildProcess process =
          export.start(
              "true",
              List.of(OperatorJar.shippedHeap()),
              "--kustomization",
              "--aws-max-requests-per-second=" + MOST_PER_SECOND)) {
        assertThat(process.exitsWithin(PATIENCE)).as(process.tail()).isTrue();

        // Then
        assertThat(process.exitCode()).as(process.tail()).isZero();
        assertThat(process.tail()).contains("Done: 10000 manifests written");
      }
      assertThat(export.count()).isEqualTo(FUNCTIONS + 1);
      List<LoggedRequest> requests = aws.requests().all();
      assertThat(requests).hasSize(FUNCTIONS / PAGE);
      assertThat(requests).noneMatch(LoggedRequest::isThrottled);
      Instant first = requests.get(0).at();
      Instant last = requests.get(requests.size() - 1).at();
      assertThat(Duration.between(first, last))
          .as("the time of 200 requests, of which a second's worth may come at once")
          .isGreaterThan(Duration.ofSeconds(FUNCTIONS / PAGE / MOST_PER_SECOND - 2));
    }
  }
}
