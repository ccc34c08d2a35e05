package dev.lambdaconfig.feature;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.cluster.ApiServer;
import dev.lambdaconfig.packaged.OperatorJar;
import dev.lambdaconfig.simulator.FunctionSeed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The API server takes connections and answers nothing: a leader ends before another can lead. */
final class FrozenApiServerIT {

  /** Ten seconds, and what a busy machine needs; the Lease itself would be another's by then. */
  private static final Duration LIMIT = Duration.ofSeconds(40);

  private static final Pattern AGE = Pattern.compile("renewedSecondsAgo\\W+(\\d+)");

  @RegisterExtension final Stage stage = Stage.withoutOperator().onItsOwnServer();

  @TempDir Path folder = Path.of("");

  @Test
  void aLeaderWhoseApiServerHangsEndsAtOnceAndSaysWhy() throws Exception {
    // Given
    stage.aws().createFunction(FunctionSeed.zip("orders"));
    try (OperatorJar operator =
        stage.startJar(
            folder.resolve("leader"),
            Map.of(
                "LAMBDA_CONFIG_LEADER_ELECT",
                "true",
                "LAMBDA_CONFIG_LEADER_ELECTION_NAMESPACE",
                stage.namespace()))) {
      stage.apply("orders", "functionName: orders\ntimeout: 30");
      stage.awaitReady("orders");

      // When
      try (ApiServer.Outage frozen = freeze()) {
        requireNonNull(frozen);

        // Then
        assertThat(operator.exitCode(LIMIT)).as(operator::tail).isEqualTo(1);
      }
      assertThat(operator.log()).contains("the Lease could not be renewed in time");
      Matcher age = AGE.matcher(operator.log());
      assertThat(age.find()).as(operator::tail).isTrue();
      assertThat(Integer.parseInt(age.group(1))).isBetween(10, 30);
    }
  }

  private ApiServer.Outage freeze() {
    try {
      return stage.server().freeze();
    } catch (UnsupportedOperationException e) {
      return Assumptions.abort("nobody freezes a cluster that was given for tests");
    }
  }
}
